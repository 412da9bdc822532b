"""Tables of children: by district, tier and period; surveys."""

from __future__ import annotations

from collections.abc import Iterable

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.stunting import MEASURED_MINIMUM
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.results.stunting import ChildCoverage, Stunting
from kbkit.tables import cells
from kbkit.tables.sources import computed_from, portal_source, registry_source
from kbkit.text import MISSING, Voice


def tabulate_children_by_district(findings: Findings, stunting: Stunting, *, voice: Voice) -> Table:
    """Children of the latest period by district, with the regency's total."""
    rows = [(district.district_name, district.children) for district in stunting.districts]
    return Table(
        name="children_by_district",
        title=voice.say("tables.children_by_district_title", period=_period(findings, voice)),
        columns=_columns(voice.say("tables.district"), findings, voice),
        rows=(*_rows(rows, voice), _total(stunting.latest, voice)),
        notes=_notes(rows, "note_interval_villages", voice),
        source=computed_from(registry_source(findings, voice=voice), voice=voice),
    )


def tabulate_children_by_tier(findings: Findings, stunting: Stunting, *, voice: Voice) -> Table:
    """Children of the latest period by tier, with the regency's total."""
    rows = [(voice.tier(group.tier), group.children) for group in stunting.tiers]
    return Table(
        name="children_by_tier",
        title=voice.say("tables.children_by_tier_title", period=_period(findings, voice)),
        columns=_columns(voice.say("tables.tier"), findings, voice),
        rows=(*_rows(rows, voice), _total(stunting.latest, voice)),
        notes=_notes(rows, "note_interval_districts", voice),
        source=computed_from(portal_source(findings, voice=voice), registry_source(findings, voice=voice), voice=voice),
    )


def tabulate_children_by_period(findings: Findings, stunting: Stunting, *, voice: Voice) -> Table:
    """Children of the regency by period."""
    rows = [(voice.style.period(period.period), period.children) for period in stunting.periods]
    return Table(
        name="children_by_period",
        title=voice.say("tables.children_by_period_title"),
        columns=_columns(voice.say("tables.period"), findings, voice),
        rows=tuple(_rows(rows, voice)),
        notes=_notes(rows, "note_interval_districts", voice),
        source=computed_from(voice.say("tables.source_registry_periods"), voice=voice),
    )


def _period(findings: Findings, voice: Voice) -> str:
    period = findings.timing.latest_period
    return voice.style.period(period) if period else MISSING


def _columns(first: str, findings: Findings, voice: Voice) -> tuple[Column, ...]:
    children, prevalence = voice.say("tables.children"), voice.say("tables.prevalence")
    return (
        Column(title=first, weight=2.2),
        Column(title=voice.say("tables.villages_measured"), align="end", weight=1.6),
        Column(title=voice.say("tables.target"), align="end", group=children),
        Column(title=voice.say("tables.measured"), align="end", group=children),
        Column(title=voice.say("tables.coverage"), align="end", group=children),
        Column(title=voice.say("tables.stunted"), align="end", group=children),
        Column(title="%", align="end", group=prevalence),
        Column(
            title=voice.say("tables.interval", level=voice.level(findings.level)),
            align="end",
            group=prevalence,
            weight=1.6,
        ),
    )


def _rows(groups: Iterable[tuple[str, ChildCoverage]], voice: Voice) -> Iterable[Row]:
    return (Row(cells=(cells.label(name), *_cells(children, voice))) for name, children in groups)


def _total(children: ChildCoverage, voice: Voice) -> Row:
    return Row(kind="total", cells=(cells.label(voice.say("tables.total")), *_cells(children, voice)))


def _cells(children: ChildCoverage, voice: Voice) -> tuple[Cell, ...]:
    measured, total = voice.style.count(children.villages_measured), voice.style.count(children.villages)
    return (
        cells.label(voice.say("tables.villages_measured_of", measured=measured, total=total)),
        cells.count(children.children_target, voice=voice),
        cells.count(children.children_measured, voice=voice),
        cells.share(children.coverage, voice=voice),
        cells.count(children.children_stunted, voice=voice),
        *cells.prevalence(children.prevalence, voice=voice),
    )


def _notes(groups: Iterable[tuple[str, ChildCoverage]], clusters: str, voice: Voice) -> tuple[str, ...]:
    hidden = any(isinstance(children.children_stunted, Undefined) for _, children in groups)
    notes = [
        voice.say("tables.note_coverage"),
        voice.say(f"tables.{clusters}"),
        voice.say("tables.note_missing", minimum=voice.style.count(MEASURED_MINIMUM)),
    ]
    return (*notes, voice.say("tables.note_suppressed")) if hidden else tuple(notes)


def tabulate_surveys(findings: Findings, *, voice: Voice) -> Table:
    """Survey values, by year; one row a published value."""
    return Table(
        name="surveys",
        title=voice.say("tables.surveys_title"),
        columns=(
            Column(title=voice.say("tables.survey")),
            Column(title=voice.say("tables.year"), align="end", weight=0.7),
            Column(title=voice.say("tables.prevalence"), align="end"),
            Column(title=voice.say("tables.interval", level=voice.level(findings.level)), align="end", weight=1.3),
            Column(title=voice.say("tables.band"), weight=1.3),
            Column(title=voice.say("tables.publisher"), weight=2.2),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(value.survey),
                    Cell(text=str(value.year), value=value.year),
                    cells.share(value.prevalence, voice=voice),
                    cells.label(voice.style.interval(value.lower, value.upper)),
                    cells.label(voice.say(f"names.band_{value.band}")),
                    cells.label(value.publisher or MISSING),
                )
            )
            for value in findings.surveys
        ),
        notes=(voice.say("tables.note_surveys"),),
        source=voice.say("tables.source_survey"),
    )
