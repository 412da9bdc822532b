"""Villages and children from the exports to the comparison: the flow of a STROBE diagram, as a table."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.results.stunting import Count
from kbkit.tables import cells
from kbkit.tables.sources import computed_from, portal_source, registry_source
from kbkit.text import MISSING, Voice


def tabulate_participants(findings: Findings, *, voice: Voice) -> Table:
    """How many villages and children remain at each step, and how many villages leave at it."""
    return Table(
        name="participants",
        title=voice.say("checklist.flow_title"),
        columns=(
            Column(title=voice.say("checklist.flow_step"), weight=4.6),
            Column(title=voice.say("checklist.flow_villages"), align="end", weight=1.6),
            Column(title=voice.say("checklist.flow_left"), align="end", weight=1.6),
            Column(title=voice.say("checklist.flow_children"), align="end", weight=1.8),
        ),
        rows=_rows(findings, voice),
        notes=_notes(findings, voice),
        source=computed_from(
            voice.say("tables.source_register", vintage=findings.provenance.register_vintage),
            portal_source(findings, voice=voice),
            registry_source(findings, voice=voice),
            voice=voice,
        ),
    )


def _rows(findings: Findings, voice: Voice) -> tuple[Row, ...]:
    coverage, stunting = findings.coverage, findings.stunting
    period = findings.timing.latest_period
    name = voice.style.period(period) if period else MISSING
    target = None if stunting is None else stunting.latest.children_target
    measured = None if stunting is None else stunting.latest.children_measured
    steps: list[tuple[str, int, Count]] = [
        (voice.say("checklist.flow_register"), coverage.villages, target),
        (voice.say("checklist.flow_measured", period=name), coverage.with_measurement, measured),
        (voice.say("checklist.flow_with_tier"), coverage.with_both, _in_tiers(findings)),
    ]
    before = [None, *(villages for _, villages, _ in steps)]
    return tuple(
        Row(
            cells=(
                cells.label(text),
                cells.count(villages, voice=voice),
                Cell(text="") if earlier is None else cells.count(earlier - villages, voice=voice),
                cells.count(children, voice=voice),
            )
        )
        for (text, villages, children), earlier in zip(steps, before, strict=False)
    )


def _in_tiers(findings: Findings) -> int | None:
    if findings.stunting is None:
        return None
    return sum(group.children.children_measured or 0 for group in findings.stunting.tiers if group.tier is not None)


def _notes(findings: Findings, voice: Voice) -> tuple[str, ...]:
    quality = findings.quality
    notes = [voice.say("checklist.flow_note")]
    if quality.unmatched_rows:
        rows, children = voice.count(quality.unmatched_rows), voice.count(quality.unmatched_children_measured)
        notes.append(voice.say("checklist.flow_unmatched", rows=rows, children=children))
    sensitivity = findings.association.sensitivity
    primary = (
        next((item for item in sensitivity.specifications if item.name == "primary"), None) if sensitivity else None
    )
    if primary is not None:
        villages, rows = voice.count(primary.villages), voice.count(primary.rows)
        notes.append(voice.say("checklist.flow_compared", villages=villages, rows=rows))
    return tuple(notes)
