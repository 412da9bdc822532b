"""Tables of families at risk of stunting."""

from __future__ import annotations

from kbkit.document import Column, Row, Table
from kbkit.results.families import DistrictFamilies, FamiliesAtRisk
from kbkit.results.stunting import Count
from kbkit.tables import cells
from kbkit.text import Voice


def tabulate_risk_factors(families: FamiliesAtRisk, *, voice: Voice) -> Table:
    """List the factors of the risk, and which of them are also in the tier."""
    return Table(
        name="risk_factors",
        title=voice.say("stunting.factors_title", semester=semester(families, voice=voice)),
        columns=(
            Column(title=voice.say("stunting.factor"), weight=3.4),
            Column(title=voice.say("stunting.families"), align="end"),
            Column(title=voice.say("stunting.of_target"), align="end", weight=1.2),
            Column(title=voice.say("stunting.in_tier"), weight=2.2),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.say(f"stunting.factor_{factor.name}")),
                    cells.count(factor.families, voice=voice),
                    cells.share(factor.share, voice=voice),
                    cells.label(voice.say("stunting.in_tier_yes" if factor.in_tier else "stunting.in_tier_no")),
                )
            )
            for factor in families.factors
        ),
        notes=(voice.say("stunting.note_factors"),),
        source=voice.say("stunting.source_families", semester=semester(families, voice=voice)),
    )


def tabulate_families_by_district(families: FamiliesAtRisk, *, voice: Voice) -> Table:
    """Target families and families at risk by district."""
    hidden = any(not isinstance(district.families_at_risk, int) for district in families.districts)
    total = _row(families.whole, voice.say("tables.total"), "total", voice)
    return Table(
        name="families_at_risk",
        title=voice.say("stunting.families_title", semester=semester(families, voice=voice)),
        columns=(
            Column(title=voice.say("tables.district"), weight=2.4),
            Column(title=voice.say("tables.flow_villages"), align="end", weight=1.2),
            Column(title=voice.say("stunting.families_target"), align="end", weight=1.2),
            Column(title=voice.say("stunting.families_at_risk"), align="end", weight=1.2),
            Column(title=voice.say("stunting.of_target"), align="end", weight=1.2),
        ),
        rows=(*(_row(district, district.district_name, "body", voice) for district in families.districts), total),
        notes=(voice.say("tables.note_suppressed"),) if hidden else (),
        source=voice.say("stunting.source_families", semester=semester(families, voice=voice)),
    )


def semester(families: FamiliesAtRisk, *, voice: Voice) -> str:
    """Return the semester in words: ``semester 2 tahun 2024``."""
    year, _, half = families.semester.partition("-S")
    return voice.say("stunting.semester", half=half, year=year)


def _row(district: DistrictFamilies, name: str, kind: str, voice: Voice) -> Row:
    at_risk: Count = district.families_at_risk
    return Row(
        kind="total" if kind == "total" else "body",
        cells=(
            cells.label(name),
            cells.count(district.villages, voice=voice),
            cells.count(district.families_target, voice=voice),
            cells.count(at_risk, voice=voice),
            cells.share(district.share, voice=voice),
        ),
    )
