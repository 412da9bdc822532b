"""The reporting checklist of the study, filled from the run.

Items are those of STROBE (von Elm E et al., PLoS Medicine 2007;4(10):e296) with the additions of RECORD for routinely
collected data (Benchimol EI et al., PLoS Medicine 2015;12(10):e1001885), in words of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kbkit.document import Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.text import MISSING, Voice

Status = Literal["reported", "withheld", "office"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item: its number in the statements, its name in the catalogues, and the chapters that answer it."""

    number: str
    name: str
    places: tuple[str, ...]
    needs: Literal["", "comparison", "office"] = ""


_DIGITS: Final = 16
"""Of a digest; with 64 bits two regencies' data do not meet by chance."""

ITEMS: Final = (
    Item(number="1; R1.1–R1.3", name="title_item", places=("report.summary",)),
    Item(number="2", name="background", places=("report.introduction",)),
    Item(number="3", name="objectives", places=("report.introduction",)),
    Item(number="4", name="design", places=("report.introduction", "report.association")),
    Item(number="5", name="setting", places=("report.introduction", "report.villages")),
    Item(number="6; R6.1–R6.3", name="participants", places=("report.quality", "report.villages")),
    Item(number="7; R7.1", name="variables", places=("report.annex_rubric", "report.annex_circularity")),
    Item(number="8", name="sources", places=("report.introduction_sources_title", "report.annex_provenance")),
    Item(number="9", name="bias", places=("limits.title",)),
    Item(number="10", name="size", places=("report.quality",)),
    Item(number="11", name="quantities", places=("report.annex_rubric",)),
    Item(
        number="12; R12.1–R12.3",
        name="methods",
        places=("report.quality", "report.association", "methods_used.heading"),
    ),
    Item(number="13; R13.1", name="flow", places=("report.quality",)),
    Item(number="14", name="descriptive", places=("report.association_profiles",)),
    Item(number="15", name="outcomes", places=("report.stunting",)),
    Item(number="16", name="main_results", places=("report.association_compared",), needs="comparison"),
    Item(number="17", name="other_analyses", places=("report.sensitivity_title",), needs="comparison"),
    Item(number="18", name="key_results", places=("report.summary", "report.conclusion")),
    Item(number="19; R19.1", name="limitations", places=("limits.title",)),
    Item(number="20", name="interpretation", places=("report.conclusion",)),
    Item(number="21", name="generalisability", places=("limits.title",)),
    Item(number="22", name="funding", places=(), needs="office"),
    Item(number="R22.1", name="access", places=("report.annex_provenance",)),
)
"""In the order of the statements; R numbers are those of RECORD."""


def tabulate_checklist(findings: Findings, *, voice: Voice) -> Table:
    """What a reader who checks the study looks for, whether this report has it, and where."""
    values = _values(findings, voice)
    return Table(
        name="checklist",
        title=voice.say("checklist.title"),
        columns=(
            Column(title=voice.say("checklist.number"), weight=1.3),
            Column(title=voice.say("checklist.item"), weight=2.6),
            Column(title=voice.say("checklist.answer"), weight=4),
            Column(title=voice.say("checklist.place"), weight=2.4),
        ),
        rows=tuple(_row(item, _status(item, findings), values, voice) for item in ITEMS),
        source=voice.say("checklist.source"),
    )


def _row(item: Item, status: Status, values: dict[str, str], voice: Voice) -> Row:
    answer = f"checklist.{item.name}_answer" if status == "reported" else f"checklist.{status}"
    places = "; ".join(voice.say(place) for place in item.places) or voice.say("report.none")
    return Row(
        cells=(
            cells.label(item.number),
            cells.label(voice.say(f"checklist.{item.name}")),
            cells.label(voice.say(answer, **values)),
            cells.label(voice.say("report.summary") if status == "withheld" else places),
        )
    )


def _status(item: Item, findings: Findings) -> Status:
    if item.needs == "office":
        return "office"
    return "withheld" if item.needs == "comparison" and findings.association.adjusted is None else "reported"


def _values(findings: Findings, voice: Voice) -> dict[str, str]:
    timing, provenance, coverage = findings.timing, findings.provenance, findings.coverage
    periods = [voice.style.period(period) for period in timing.periods]
    snapshots = [voice.style.date(date) for date in timing.snapshot_dates]
    return {
        "regency": findings.regency.name,
        "villages": voice.count(coverage.villages),
        "with_both": voice.count(coverage.with_both),
        "periods": ", ".join(periods) or MISSING,
        "snapshots": ", ".join(snapshots) or MISSING,
        "rubric": findings.classification.rubric_version if findings.classification else MISSING,
        "files": voice.count(len(provenance.files)),
        "digest": provenance.data_digest[:_DIGITS],
        "unmatched": voice.count(findings.quality.unmatched_rows),
        "plan": provenance.plan_hash,
        "version": provenance.tool_version,
        "level": voice.level(findings.level),
    }
