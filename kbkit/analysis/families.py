"""Families at risk of stunting, from Verval KRS. A description only: the risk holds contraception, as tiers do."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.analysis.disclosure import suppressed
from kbkit.analysis.joint_disclosure import hide_parts
from kbkit.domain.editions import SmallCells
from kbkit.results.families import DistrictFamilies, FamiliesAtRisk, RiskFactor
from kbkit.results.stunting import Count

FACTORS: Final = (
    ("water_unimproved", False),
    ("toilet_unimproved", False),
    ("four_too", True),
    ("not_modern_contraception", True),
)
"""Factors of the verification, and whether they are contraception or follow from it: four-too counts only where no
modern method is used. The parts of four-too overlap and are left out."""


def describe_families(families: pd.DataFrame, villages: pd.DataFrame, *, rule: SmallCells) -> FamiliesAtRisk | None:
    """Describe the families of the latest semester; ``None`` where no village reports them.

    Args:
        families: table ``families`` of a dataset.
        villages: table ``villages``.
        rule: of the edition.
    """
    known = families.dropna(subset=["families_target", "families_at_risk"])
    if known.empty or not known["families_target"].sum():
        return None
    latest = known[known["semester"] == known["semester"].max()].drop_duplicates("village_code")
    latest = latest.merge(villages[["village_code", "district_code", "district_name"]], on="village_code")
    named = {str(name): rows for (_, name), rows in latest.groupby(["district_code", "district_name"])}
    whole, hidden = hide_parts([int(rows["families_at_risk"].sum()) for rows in named.values()], rule=rule)
    return FamiliesAtRisk(
        semester=str(latest["semester"].iloc[0]),
        whole=_describe(latest, "", hidden=whole, rule=rule),
        factors=tuple(_describe_factor(latest, name, in_tier, rule) for name, in_tier in FACTORS),
        districts=tuple(
            _describe(rows, name, hidden=place in hidden, rule=rule) for place, (name, rows) in enumerate(named.items())
        ),
    )


def _describe(rows: pd.DataFrame, name: str, *, hidden: bool, rule: SmallCells) -> DistrictFamilies:
    target, at_risk = (int(rows[column].sum()) for column in ("families_target", "families_at_risk"))
    shown, share = _disclose(at_risk, target, hidden=hidden, rule=rule)
    return DistrictFamilies(
        district_name=name, villages=len(rows), families_target=target, families_at_risk=shown, share=share
    )


def _describe_factor(rows: pd.DataFrame, name: str, in_tier: bool, rule: SmallCells) -> RiskFactor:
    known = rows.dropna(subset=[name])
    if known.empty:
        return RiskFactor(name=name, families=None, share=None, in_tier=in_tier)
    affected = int(known[name].sum())
    families, share = _disclose(affected, int(known["families_target"].sum()), hidden=rule.hides(affected), rule=rule)
    return RiskFactor(name=name, families=families, share=share, in_tier=in_tier)


def _disclose(part: int, whole: int, *, hidden: bool, rule: SmallCells) -> tuple[Count, float | None]:
    if hidden:
        return suppressed(rule), None
    return part, part / whole if whole else None
