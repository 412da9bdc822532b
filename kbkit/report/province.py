"""The report over the regencies of a batch."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Final

from kbkit.document import Block, Box, Bullets, Document, Heading, Paragraph, Span, plain
from kbkit.figures import draw_slopes
from kbkit.report.composition import save_blocks
from kbkit.report.section import Section
from kbkit.results import Contrast, Undefined
from kbkit.results.association import side_of_zero
from kbkit.results.province import Pooled, ProvinceFindings
from kbkit.tables import tabulate_contrasts, tabulate_regencies, tabulate_shrunken
from kbkit.text import Language, Voice
from kbkit.text.stamp import stamp

_MOST_NAMED: Final = 60
"""Regencies that a title page names and a figure of one page draws; of more the table alone tells."""


class ProvinceReport:
    """The summary over regencies in one language."""

    def __init__(self, findings: ProvinceFindings, language: Language, report_file: str = "") -> None:
        self.findings = findings
        self._report_file = report_file
        self._voice = Voice(language)

    @cached_property
    def title(self) -> Section:
        """Title page, with the warning where data are simulated."""
        voice = self._voice
        document = Document(
            language=voice.language,
            title=voice.say("province.title"),
            subtitle=self._regencies(),
            details=(
                (voice.say("province.provinces"), ", ".join(self.findings.provinces)),
                (voice.say("report.detail_plan"), ", ".join(self.findings.plan_hashes)),
            ),
            running_head=voice.say("province.title"),
            stamp=stamp(
                data_status="simulated" if self.findings.simulated else "actual",
                edition=self.findings.edition,
                language=voice.language,
            ),
            words=voice.document_words(),
        )
        if not self.findings.simulated:
            return self._section((document,))
        warning = Paragraph(spans=plain(voice.say("report.simulated")))
        box = Box(title=voice.say("report.simulated_title"), tone="simulated", children=(warning,))
        return self._section((document, box))

    def _regencies(self) -> str:
        """Name the regencies, or say how many they are where their names would fill the page."""
        names = [line.name for line in self.findings.regencies]
        few = len(names) <= _MOST_NAMED
        named = ", ".join(names) if few else self._voice.say("province.number", number=self._voice.count(len(names)))
        if len(self.findings.provinces) != 1:
            return named
        return self._voice.say("province.of_one", province=self.findings.provinces[0], regencies=named)

    @cached_property
    def details(self) -> Section:
        """Every tier in every regency that was compared, slopes drawn towards the mean, the way to every report."""
        voice, findings = self._voice, self.findings
        if not any(family.tests for family in findings.families):
            return self._section(self._links())
        tests = {family.name: voice.count(family.tests) for family in findings.families}
        blocks: list[Block] = [
            Heading(level=1, text=voice.say("province.contrasts"), numbering="none"),
            Paragraph(spans=plain(voice.say("province.rules", **tests))),
        ]
        if any(line.contrasts for line in findings.regencies):
            blocks.append(tabulate_contrasts(findings, voice=voice))
        if any(not isinstance(line.shrunken, Undefined) for line in findings.regencies):
            blocks.append(tabulate_shrunken(findings, voice=voice))
        return self._section((*blocks, *self._links()))

    def _links(self) -> tuple[Block, ...]:
        """One link a regency, relative to the folder of this report beside theirs."""
        voice = self._voice
        if not self._report_file:
            return ()
        items = tuple(
            (
                Span(
                    text=voice.say("province.report_link", name=line.name, code=line.code),
                    href=f"../{line.code}/{self._report_file}",
                ),
            )
            for line in self.findings.regencies
        )
        return Heading(level=2, text=voice.say("province.reports")), Bullets(items=items)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections in the order of the report."""
        return self.title, self.summary, self.details

    def save(self, folder: str | Path) -> None:
        """Write ``province.json``, every figure as SVG and every table as CSV."""
        self.findings.save(folder)
        save_blocks((block for section in self.sections for block in section.blocks), Path(folder))

    @cached_property
    def summary(self) -> Section:
        """The pooled answer, the forest of slopes and the table of regencies."""
        voice = self._voice
        table = tabulate_regencies(self.findings, voice=voice)
        compared = sum(isinstance(line.slope, Contrast) for line in self.findings.regencies)
        figure = draw_slopes(self.findings, voice=voice, source=table.source) if compared <= _MOST_NAMED else None
        caveats = ("pooling", "counting", "display")
        return self._section(
            (
                Heading(level=1, text=voice.say("province.summary"), numbering="none"),
                Paragraph(spans=plain(self._answer()), style="lead"),
                *([figure] if figure else []),
                table,
                Heading(level=2, text=voice.say("province.reading")),
                Bullets(items=tuple(plain(voice.say(f"province.caveat_{name}")) for name in caveats)),
            )
        )

    def _section(self, blocks: tuple[Block, ...]) -> Section:
        return Section(blocks, language=self._voice.language)

    def _answer(self) -> str:
        voice, pooled = self._voice, self.findings.pooled
        if isinstance(pooled, Undefined):
            return voice.say("province.answer_none", reason=voice.reason(pooled))
        side = _side(pooled)
        sentence = voice.say(f"province.answer_{side}", **_words(pooled, voice, self.findings.level))
        if side != "unclear" or isinstance(pooled.detectable, Undefined):
            return sentence
        detectable = voice.style.decimal(100 * pooled.detectable, 1)
        return f"{sentence} {voice.say('province.answer_unclear_detectable', detectable=detectable)}"


def compose_province(findings: ProvinceFindings, *, language: Language, report_file: str = "") -> ProvinceReport:
    """Return the report over regencies, whose sections a notebook shows.

    Args:
        findings: of the regencies together.
        language: of the report.
        report_file: name of the report in every regency's folder, which links lead to; empty for no links.
    """
    return ProvinceReport(findings, language, report_file)


def _side(pooled: Pooled) -> str:
    side = side_of_zero(pooled.mean)
    return "unclear" if side == "undefined" else side


def _words(pooled: Pooled, voice: Voice, level: float) -> dict[str, str]:
    return {
        "regencies": voice.count(pooled.regencies),
        "difference": voice.difference(pooled.mean),
        "level": voice.level(level),
        "interval": voice.difference_interval(pooled.mean),
        "prediction": voice.style.points_interval(pooled.prediction_lower, pooled.prediction_upper),
        "i2": voice.style.percent(pooled.i2, 0),
    }
