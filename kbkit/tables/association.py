"""Tables of tier and stunting: what differs before, and the two models side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kbkit.document import Cell, Column, Row, Table
from kbkit.results import Undefined
from kbkit.results.association import Association, Model, Sensitivity, Specification
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.tables.sources import computed_from, portal_source
from kbkit.text import MISSING, Voice


def tabulate_profiles(findings: Findings, *, voice: Voice) -> Table:
    """Disadvantage and measuring coverage of each tier's villages."""
    period = findings.timing.latest_period
    name = voice.style.period(period) if period else MISSING
    return Table(
        name="tier_profiles",
        title=voice.say("tables.profiles_title", period=name),
        columns=(
            Column(title=voice.say("tables.tier"), weight=1.6),
            Column(title=voice.say("tables.villages"), align="end"),
            Column(title=voice.say("tables.idm"), align="end"),
            Column(title=voice.say("tables.water"), align="end", weight=1.3),
            Column(title=voice.say("tables.toilet"), align="end", weight=1.3),
            Column(title=voice.say("tables.coverage"), align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.tier(profile.tier)),
                    cells.count(profile.villages, voice=voice),
                    cells.decimal(profile.idm, voice=voice, digits=3),
                    cells.share(profile.water_unimproved, voice=voice),
                    cells.share(profile.toilet_unimproved, voice=voice),
                    cells.share(profile.coverage, voice=voice),
                )
            )
            for profile in findings.profiles
        ),
        notes=(voice.say("tables.note_profiles"),),
        source=computed_from(
            portal_source(findings, voice=voice), voice.say("tables.source_families", period=name), voice=voice
        ),
    )


def tabulate_models(
    findings: Findings, association: Association, crude: Model, adjusted: Model, *, voice: Voice
) -> Table:
    """Standardised prevalence and difference by tier and the trend, first unadjusted, then adjusted."""
    interval = voice.say("tables.interval", level=voice.level(findings.level))
    prevalence, difference = voice.say("tables.prevalence"), voice.say("tables.difference")
    return Table(
        name="tier_models",
        title=voice.say("tables.models_title"),
        columns=(
            Column(title=voice.say("tables.model"), weight=2.0),
            Column(title=voice.say("tables.tier"), weight=2.6),
            Column(title="%", align="end", group=prevalence),
            Column(title=interval, align="end", group=prevalence, weight=1.4),
            Column(title=voice.say("tables.points"), align="end", group=difference),
            Column(title=interval, align="end", group=difference, weight=1.6),
        ),
        rows=(*_model_rows(crude, voice), *_model_rows(adjusted, voice)),
        notes=_notes(association, adjusted, voice),
        source=computed_from(
            portal_source(findings, voice=voice), voice.say("tables.source_registry_periods"), voice=voice
        ),
    )


def _model_rows(model: Model, voice: Voice) -> tuple[Row, ...]:
    name = cells.label(voice.say(f"names.model_{model.name}"))
    tiers = [
        Row(
            cells=(
                name,
                cells.label(voice.tier(tier.tier)),
                *cells.prevalence(tier.prevalence, voice=voice),
                *cells.difference(tier.difference, voice=voice),
            )
        )
        for tier in model.tiers
    ]
    trend = (name, cells.label(voice.say("tables.per_step")), Cell(text=""), Cell(text=""))
    return *tiers, Row(kind="total", cells=(*trend, *cells.difference(model.slope, voice=voice)))


def _notes(association: Association, adjusted: Model, voice: Voice) -> tuple[str, ...]:
    notes = [voice.say("tables.note_models", reference=voice.tier(association.reference_tier))]
    if not isinstance(adjusted.slope, Undefined) and adjusted.slope.df is not None:
        notes.append(voice.say("tables.note_models_df", df=voice.style.decimal(adjusted.slope.df, 1)))
    if association.verdict == "unclear" and isinstance(adjusted.detectable, float):
        detectable = voice.style.decimal(100 * adjusted.detectable, 1)
        notes.append(voice.say("association.detectable_beside", detectable=detectable))
    return tuple(notes)


def tabulate_sensitivity(findings: Findings, sensitivity: Sensitivity, *, voice: Voice) -> Table:
    """The difference between highest and lowest tier under every specification."""
    interval = voice.say("tables.interval", level=voice.level(findings.level))
    return Table(
        name="sensitivity",
        title=voice.say("tables.sensitivity_title"),
        columns=(
            Column(title=voice.say("tables.specification"), weight=3.4),
            Column(title=voice.say("tables.villages"), align="end"),
            Column(title=voice.say("tables.measurements"), align="end", weight=1.2),
            Column(title=voice.say("tables.points"), align="end"),
            Column(title=interval, align="end", weight=1.7),
        ),
        rows=tuple(_specification_rows(sensitivity, voice)),
        notes=(voice.say("tables.note_sensitivity"),),
        source=computed_from(
            portal_source(findings, voice=voice), voice.say("tables.source_registry_periods"), voice=voice
        ),
    )


def _specification_rows(sensitivity: Sensitivity, voice: Voice) -> Iterator[Row]:
    """Yield the primary specification, then the others under the heading of what they vary."""
    for group, members in groupby(sensitivity.specifications, key=lambda item: item.group):
        heading = cells.label(voice.say(f"names.specification_group_{group}"))
        rows = [_specification_row(item, voice) for item in members]
        if group == "covariates":
            yield rows.pop(0)
        yield Row(kind="group", cells=(heading, *(Cell(text="") for _ in range(4))))
        yield from rows


def _specification_row(specification: Specification, voice: Voice) -> Row:
    return Row(
        cells=(
            cells.label(voice.say(f"names.specification_{specification.name}")),
            cells.count(specification.villages, voice=voice),
            cells.count(specification.rows, voice=voice),
            *cells.difference(specification.difference, voice=voice),
        )
    )
