"""Tables of tiers: by district, over snapshots, and the rule."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.circularity import OVERLAPS
from kbkit.domain.tiers import TIERS, Tier
from kbkit.results.classification import Classification, TierCounts
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.tables.sources import computed_from_portal
from kbkit.text import Voice


def tabulate_tiers_by_district(findings: Findings, classification: Classification, *, voice: Voice) -> Table:
    """Villages of every district by tier."""
    date = classification.snapshots[-1].snapshot_date
    rows = [
        Row(cells=(cells.label(district.district_name), *_counts(district.counts, voice)))
        for district in classification.districts
    ]
    total = Row(kind="total", cells=(cells.label(voice.say("tables.total")), *_counts(classification.total, voice)))
    return Table(
        name="tiers_by_district",
        title=voice.say("tables.tiers_by_district_title", date=voice.style.date(date)),
        columns=(
            Column(title=voice.say("tables.district"), weight=2.4),
            *_tier_columns(voice),
            Column(title=voice.say("tables.total"), align="end"),
        ),
        rows=(*rows, total),
        source=computed_from_portal(findings, voice=voice),
    )


def _tier_columns(voice: Voice) -> tuple[Column, ...]:
    group = voice.say("tables.tier")
    tiers = (Column(title=voice.tier(tier.value), align="end", group=group, weight=1.4) for tier in TIERS)
    return *tiers, Column(title=voice.say("tables.no_kampung_kb"), align="end", weight=1.4)


def _counts(counts: TierCounts, voice: Voice) -> tuple[Cell, ...]:
    values = [getattr(counts, tier.value) for tier in TIERS] + [counts.none]
    return tuple(cells.count(value, voice=voice) for value in (*values, sum(values)))


def tabulate_snapshots(findings: Findings, classification: Classification, *, voice: Voice) -> Table:
    """Tiers at every snapshot and the moves since the one before."""
    moves = voice.say("tables.moves")
    return Table(
        name="tier_snapshots",
        title=voice.say("tables.snapshots_title"),
        columns=(
            Column(title=voice.say("tables.snapshot"), weight=2.2),
            *_tier_columns(voice),
            Column(title=voice.say("tables.rose"), align="end", group=moves),
            Column(title=voice.say("tables.fell"), align="end", group=moves),
            Column(title=voice.say("tables.stayed"), align="end", group=moves),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.style.date(snapshot.snapshot_date)),
                    *_counts(snapshot.counts, voice)[:-1],
                    *(cells.count(moved, voice=voice) for moved in (snapshot.rose, snapshot.fell, snapshot.stayed)),
                )
            )
            for snapshot in classification.snapshots
        ),
        source=computed_from_portal(findings, voice=voice),
    )


def tabulate_rule(*, voice: Voice) -> Table:
    """The decision table from indices to tier."""
    conditions = {
        Tier.DASAR: "rubric_none_good",
        Tier.BERKEMBANG: "rubric_input_process",
        Tier.MANDIRI: "rubric_mandiri",
        Tier.BERKELANJUTAN: "rubric_all",
    }
    return Table(
        name="classification_rule",
        title=voice.say("tables.rubric_title"),
        columns=(
            Column(title=voice.say("tables.tier")),
            Column(title=voice.say("tables.rubric_condition"), weight=3),
        ),
        rows=tuple(
            Row(cells=(cells.label(voice.tier(tier.value)), cells.label(voice.say(f"tables.{conditions[tier]}"))))
            for tier in TIERS
        ),
        source=voice.say("tables.source_rule"),
    )


def tabulate_overlaps(*, voice: Voice) -> Table:
    """Where the rubric touches measures around stunting."""
    return Table(
        name="circularity",
        title=voice.say("tables.circularity_title"),
        columns=(
            Column(title=voice.say("tables.indicator"), weight=1.3),
            Column(title=voice.say("tables.touches"), weight=1.6),
            Column(title=voice.say("tables.link")),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.say(f"circularity.{overlap.score}")),
                    cells.label(voice.say(f"circularity.{overlap.quantity}")),
                    cells.label(", ".join(voice.say(f"circularity.{link}") for link in overlap.links)),
                )
            )
            for overlap in OVERLAPS
        ),
        source=voice.say("tables.source_rule"),
    )
