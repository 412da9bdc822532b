"""Tables of the guards: rules, silence, purged tiers, who is measured, and what moved the crude comparison."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.tiers import TIERS
from kbkit.results import Undefined
from kbkit.results.association import Association, Circularity, Detection, Model, Reporting, Shift
from kbkit.results.findings import Findings
from kbkit.results.stunting import ChildCoverage
from kbkit.tables import cells
from kbkit.tables.sources import computed_from, portal_source, registry_source
from kbkit.text import MISSING, Voice


def tabulate_rules(findings: Findings, *, voice: Voice) -> Table:
    """When tiers are compared and tested, beside what the regency has."""
    return Table(
        name="comparison_rules",
        title=voice.say("association.rules_table", regency=findings.regency.name),
        columns=(
            Column(title=voice.say("association.rule"), weight=3.6),
            Column(title=voice.say("association.rule_needed"), align="end"),
            Column(title=voice.say("association.rule_found"), align="end"),
            Column(title=voice.say("association.rule_met")),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.say(f"association.rule_{rule.name}")),
                    Cell(text=f"≥ {_plain(rule.needed, voice)}", value=rule.needed),
                    Cell(text=MISSING if rule.found is None else _plain(rule.found, voice), value=rule.found),
                    cells.label(
                        MISSING
                        if rule.found is None
                        else voice.say("association.rule_yes" if rule.met else "association.rule_no")
                    ),
                )
            )
            for rule in findings.association.rules
        ),
        source=_source(findings, voice),
    )


def _plain(value: float, voice: Voice) -> str:
    return voice.style.decimal(value, 0 if float(value).is_integer() else 1)


def tabulate_reporting(findings: Findings, reporting: Reporting, *, voice: Voice) -> Table:
    """Tier Dasar, villages that entered nothing apart."""
    period = findings.timing.latest_period
    prevalence = voice.say("tables.prevalence")
    return Table(
        name="dasar_by_reporting",
        title=voice.say("association.reporting_table", period=voice.style.period(period) if period else MISSING),
        columns=(
            Column(title=voice.say("association.reporting_part"), weight=2.4),
            Column(title=voice.say("tables.villages_measured"), align="end", weight=1.6),
            Column(title=voice.say("tables.coverage"), align="end"),
            Column(title="%", align="end", group=prevalence),
            Column(
                title=voice.say("tables.interval", level=voice.level(findings.level)),
                align="end",
                group=prevalence,
                weight=1.6,
            ),
        ),
        rows=(
            _part("association.reporting_nothing", reporting.nothing_entered, voice),
            _part("association.reporting_entered", reporting.entered, voice),
        ),
        source=_source(findings, voice),
    )


def _part(key: str, children: ChildCoverage, voice: Voice) -> Row:
    villages = voice.say(
        "tables.villages_measured_of",
        measured=voice.count(children.villages_measured),
        total=voice.count(children.villages),
    )
    return Row(
        cells=(
            cells.label(voice.say(key)),
            Cell(text=villages, value=children.villages_measured),
            cells.share(children.coverage, voice=voice),
            *cells.prevalence(children.prevalence, voice=voice),
        )
    )


def tabulate_purged(findings: Findings, circularity: Circularity, *, voice: Voice) -> Table:
    """Villages by the tier as printed and by the purged ladders."""
    contraception = voice.say("association.purged_without_contraception")
    output = voice.say("association.purged_without_output")
    return Table(
        name="purged_tiers",
        title=voice.say("association.purged_table"),
        columns=(
            Column(title=voice.say("association.purged_tier"), weight=1.5),
            Column(title=voice.say("tables.villages"), align="end"),
            *(Column(title=voice.tier(tier.value), align="end", group=contraception, weight=1.3) for tier in TIERS),
            *(Column(title=str(place), align="end", group=output, weight=0.6) for place in range(3)),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.tier(row.tier)),
                    *(
                        cells.count(value, voice=voice)
                        for value in (row.villages, *row.without_contraception, *row.without_output)
                    ),
                )
            )
            for row in circularity.purged
        ),
        source=computed_from(portal_source(findings, voice=voice), voice=voice),
    )


def tabulate_measuring(findings: Findings, detection: Detection, *, voice: Voice) -> Table:
    """Measuring coverage by tier, as counted and standardised."""
    adjusted = voice.say("association.detection_adjusted")
    return Table(
        name="coverage_by_tier",
        title=voice.say("association.detection_table"),
        columns=(
            Column(title=voice.say("tables.tier"), weight=1.6),
            Column(title=voice.say("association.detection_counted"), align="end"),
            Column(title="%", align="end", group=adjusted),
            Column(
                title=voice.say("tables.interval", level=voice.level(findings.level)),
                align="end",
                group=adjusted,
                weight=1.4,
            ),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.tier(tier.tier)),
                    cells.share(tier.counted, voice=voice),
                    *cells.prevalence(tier.adjusted, voice=voice),
                )
            )
            for tier in detection.tiers
        ),
        source=_all_periods(findings, voice),
    )


def tabulate_shifts(
    findings: Findings, association: Association, crude: Model, adjusted: Model, *, voice: Voice
) -> Table:
    """The difference per step with each covariate alone, and with all but it."""
    alone, without = voice.say("association.shifts_alone"), voice.say("association.shifts_without")
    return Table(
        name="shifts",
        title=voice.say("association.shifts_table"),
        columns=(
            Column(title=voice.say("association.shifts_term"), weight=2.6),
            Column(title=alone, align="end"),
            Column(title=without, align="end", weight=1.3),
        ),
        rows=(
            _end_row("association.shifts_crude", crude, voice),
            *(_shift_row(shift, voice) for shift in association.shifts),
            _end_row("association.shifts_adjusted", adjusted, voice),
        ),
        notes=(voice.say("association.shifts_note"),),
        source=_all_periods(findings, voice),
    )


def _shift_row(shift: Shift, voice: Voice) -> Row:
    return Row(
        cells=(cells.label(voice.terms((shift.term,))), *(_points(v, voice) for v in (shift.alone, shift.without)))
    )


def _end_row(key: str, model: Model, voice: Voice) -> Row:
    slope = model.slope if isinstance(model.slope, Undefined) else model.slope.estimate
    return Row(kind="total", cells=(cells.label(voice.say(key)), _points(slope, voice), Cell(text="")))


def _points(value: float | Undefined, voice: Voice) -> Cell:
    known = None if isinstance(value, Undefined) else value
    return Cell(text=voice.style.points(known), value=known)


def _source(findings: Findings, voice: Voice) -> str:
    return computed_from(portal_source(findings, voice=voice), registry_source(findings, voice=voice), voice=voice)


def _all_periods(findings: Findings, voice: Voice) -> str:
    periods = voice.say("tables.source_registry_periods")
    return computed_from(portal_source(findings, voice=voice), periods, voice=voice)
