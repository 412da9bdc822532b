"""Families at risk of stunting, from Verval KRS. A description only: the risk holds contraception, as tiers do."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.analysis.disclosure import SMALLEST_SHOWN, SUPPRESSED
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


def describe_families(families: pd.DataFrame, villages: pd.DataFrame) -> FamiliesAtRisk | None:
    """Describe the families of the latest semester; ``None`` where no village reports them.

    Args:
        families: table ``families`` of a dataset.
        villages: table ``villages``.
    """
    known = families.dropna(subset=["families_target", "families_at_risk"])
    if known.empty or not known["families_target"].sum():
        return None
    latest = known[known["semester"] == known["semester"].max()].drop_duplicates("village_code")
    latest = latest.merge(villages[["village_code", "district_code", "district_name"]], on="village_code")
    districts = [_describe(rows, str(name)) for (_, name), rows in latest.groupby(["district_code", "district_name"])]
    return FamiliesAtRisk(
        semester=str(latest["semester"].iloc[0]),
        whole=_describe(latest, ""),
        factors=tuple(_describe_factor(latest, name, in_tier) for name, in_tier in FACTORS),
        districts=_hide_second(districts),
    )


def _describe(rows: pd.DataFrame, name: str) -> DistrictFamilies:
    target, at_risk = (int(rows[column].sum()) for column in ("families_target", "families_at_risk"))
    shown, share = _disclose(at_risk, target)
    return DistrictFamilies(
        district_name=name, villages=len(rows), families_target=target, families_at_risk=shown, share=share
    )


def _describe_factor(rows: pd.DataFrame, name: str, in_tier: bool) -> RiskFactor:
    known = rows.dropna(subset=[name])
    if known.empty:
        return RiskFactor(name=name, families=None, share=None, in_tier=in_tier)
    families, share = _disclose(int(known[name].sum()), int(known["families_target"].sum()))
    return RiskFactor(name=name, families=families, share=share, in_tier=in_tier)


def _disclose(part: int, whole: int) -> tuple[Count, float | None]:
    if 0 < part < SMALLEST_SHOWN:
        return SUPPRESSED, None
    return part, part / whole if whole else None


def _hide_second(districts: list[DistrictFamilies]) -> tuple[DistrictFamilies, ...]:
    """Hide the next smallest district where a single hidden one would follow from the total."""
    hidden = [district for district in districts if not isinstance(district.families_at_risk, int)]
    shown = [district for district in districts if isinstance(district.families_at_risk, int)]
    if len(hidden) != 1 or not shown:
        return tuple(districts)
    second = min(shown, key=lambda district: (district.families_at_risk == 0, district.families_at_risk))
    return tuple(_cover(district) if district is second else district for district in districts)


def _cover(district: DistrictFamilies) -> DistrictFamilies:
    return DistrictFamilies(
        district_name=district.district_name,
        villages=district.villages,
        families_target=district.families_target,
        families_at_risk=SUPPRESSED,
        share=None,
    )
