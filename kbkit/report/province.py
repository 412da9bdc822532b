"""The report over the regencies of a batch."""

from __future__ import annotations

from functools import cached_property

from kbkit.document import Block, Box, Bullets, Document, Heading, Paragraph, plain
from kbkit.figures import draw_slopes
from kbkit.report.section import Section
from kbkit.results import Undefined
from kbkit.results.association import side_of_zero
from kbkit.results.province import Pooled, ProvinceFindings
from kbkit.tables import tabulate_regencies
from kbkit.text import Language, Voice


class ProvinceReport:
    """The summary over regencies in one language."""

    def __init__(self, findings: ProvinceFindings, language: Language) -> None:
        self.findings = findings
        self._voice = Voice(language)

    @cached_property
    def title(self) -> Section:
        """Title page, with the warning where data are simulated."""
        voice = self._voice
        document = Document(
            language=voice.language,
            title=voice.say("province.title"),
            subtitle=", ".join(line.name for line in self.findings.regencies),
            details=((voice.say("report.detail_plan"), ", ".join(self.findings.plan_hashes)),),
            running_head=voice.say("province.title"),
            stamp=voice.say("names.stamp_simulated") if self.findings.simulated else "",
            words=voice.document_words(),
        )
        if not self.findings.simulated:
            return self._section((document,))
        warning = Paragraph(spans=plain(voice.say("report.simulated")))
        box = Box(title=voice.say("report.simulated_title"), tone="simulated", children=(warning,))
        return self._section((document, box))

    @cached_property
    def summary(self) -> Section:
        """The pooled answer, the forest of slopes and the table of regencies."""
        voice = self._voice
        table = tabulate_regencies(self.findings, voice=voice)
        figure = draw_slopes(self.findings, voice=voice, source=table.source)
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
        return voice.say(f"province.answer_{_side(pooled)}", **_words(pooled, voice, self.findings.level))


def compose_province(findings: ProvinceFindings, *, language: Language) -> ProvinceReport:
    """Return the report over regencies, whose sections a notebook shows."""
    return ProvinceReport(findings, language)


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
