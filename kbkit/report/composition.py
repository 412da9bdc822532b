"""``compose_report``: findings to a report's sections, shown in a notebook and saved beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from kbkit.document import Block, Figure, Table
from kbkit.report.annexes import compose_annexes
from kbkit.report.answer import compose_association, compose_conclusion
from kbkit.report.classification import compose_classification
from kbkit.report.emblem import read_emblem
from kbkit.report.front import compose_introduction, compose_quality, compose_title
from kbkit.report.meeting import FILE_NAME, write_meeting_workbook
from kbkit.report.plan import compose_plan
from kbkit.report.programme import compose_programme
from kbkit.report.questions import compose_questions
from kbkit.report.section import Section
from kbkit.report.stunting import compose_stunting
from kbkit.report.summary import compose_summary
from kbkit.report.villages import compose_villages
from kbkit.results.findings import Findings
from kbkit.text import Language, Voice


class Compose(Protocol):
    """Composes the blocks of a section."""

    def __call__(self, findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
        """Return the section's blocks."""


class Report:
    """A regency's report in one language. Each section is composed, and its figures drawn, once."""

    def __init__(self, findings: Findings, language: Language, logo: str = "") -> None:
        self.findings = findings
        self._voice = Voice(language)
        self._logo = logo

    def _section(self, compose: Compose) -> Section:
        return Section(compose(self.findings, voice=self._voice), language=self._voice.language)

    @cached_property
    def title(self) -> Section:
        """Title page."""
        emblem = read_emblem(self._logo, office=self.findings.office, voice=self._voice)
        return self._section(partial(compose_title, emblem=emblem))

    @cached_property
    def summary(self) -> Section:
        """Executive summary."""
        return self._section(compose_summary)

    @cached_property
    def questions(self) -> Section:
        """Ten questions, with the places of all other sections that answer them."""
        blocks = (block for section in self._content for block in section.blocks)
        return Section(compose_questions(blocks, voice=self._voice), language=self._voice.language)

    @cached_property
    def quality(self) -> Section:
        """Quality of the data."""
        return self._section(compose_quality)

    @cached_property
    def introduction(self) -> Section:
        """Purpose, legal basis, sources."""
        return self._section(compose_introduction)

    @cached_property
    def villages(self) -> Section:
        """The area and its coverage by Kampung KB."""
        return self._section(compose_villages)

    @cached_property
    def programme(self) -> Section:
        """The programme as the data describe it: second part of the chapter on the area."""
        return self._section(compose_programme)

    @cached_property
    def classification(self) -> Section:
        """Tiers."""
        return self._section(compose_classification)

    @cached_property
    def stunting(self) -> Section:
        """Stunting from registry and survey."""
        return self._section(compose_stunting)

    @cached_property
    def association(self) -> Section:
        """Tier and stunting."""
        return self._section(compose_association)

    @cached_property
    def plan(self) -> Section:
        """Priority problems and the draft of a joint plan."""
        return self._section(compose_plan)

    @cached_property
    def conclusion(self) -> Section:
        """Conclusion and next steps."""
        return self._section(compose_conclusion)

    @cached_property
    def annexes(self) -> Section:
        """Annexes."""
        return self._section(compose_annexes)

    @property
    def _content(self) -> tuple[Section, ...]:
        return (
            self.summary,
            self.quality,
            self.introduction,
            self.villages,
            self.programme,
            self.classification,
            self.stunting,
            self.association,
            self.plan,
            self.conclusion,
            self.annexes,
        )

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections in the order of the report."""
        summary, *others = self._content
        return self.title, summary, self.questions, *others

    def save(self, folder: str | Path) -> None:
        """Write ``findings.json``, every figure as SVG, every table as CSV and the workbook of the meeting.

        Each file appears whole or not at all.
        """
        place = Path(folder)
        self.findings.save(place)
        save_blocks((block for section in self.sections for block in section.blocks), place)
        _write_whole(place / FILE_NAME, write_meeting_workbook(self.findings, voice=self._voice))


def compose_report(findings: Findings, *, language: Language, logo: str = "") -> Report:
    """Return the report on findings in a language; its sections are what a notebook shows.

    Args:
        findings: of the regency.
        language: of the report.
        logo: file with the mark of the office (PNG, SVG or JPEG) for the cover; empty for none.
    """
    return Report(findings, language, logo)


def save_blocks(blocks: Iterable[Block], folder: Path) -> None:
    """Write every figure among blocks as SVG and every table as CSV below a folder."""
    for block in blocks:
        if isinstance(block, Figure):
            _write(folder / "figures" / f"{block.name}.svg", block.svg)
        elif isinstance(block, Table):
            _write(folder / "tables" / f"{block.name}.csv", _as_csv(block))


def _as_csv(table: Table) -> str:
    """Return a table's values at full precision, semicolons between them as Indonesian spreadsheets expect.

    Text that a spreadsheet would run as a formula is quoted with an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow([_heading(column.group, column.title) for column in table.columns])
    for row in table.rows:
        if row.kind != "group":
            writer.writerow([_harmless(cell.value if cell.value is not None else "") for cell in row.cells])
    return buffer.getvalue()


def _heading(group: str, title: str) -> str:
    return f"{group}: {title}" if group else title


def _harmless(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _write(path: Path, text: str) -> None:
    encoded = text.encode("utf-8-sig" if path.suffix == ".csv" else "utf-8")
    _write_whole(path, encoded)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    aside.write_bytes(content)
    aside.replace(path)
