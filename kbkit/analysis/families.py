"""Families at risk of stunting, from Verval KRS. A description only: the risk holds contraception, as tiers do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
_COUNTS: Final = ("families_target", "families_at_risk", *(name for name, _ in FACTORS))

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


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
    semester = str(known["semester"].max())
    latest = known[known["semester"] == semester].drop_duplicates("village_code")
    counts = {name: latest[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in _COUNTS}
    districts = _by_district(latest, villages)
    at_risk = counts["families_at_risk"]
    whole, hidden = hide_parts([int(at_risk[rows].sum()) for rows in districts.values()], rule=rule)
    everywhere = np.any(list(districts.values()), axis=0)
    return FamiliesAtRisk(
        semester=semester,
        whole=_describe(counts, everywhere, "", hidden=whole, rule=rule),
        factors=tuple(_describe_factor(counts, everywhere, name, in_tier, rule) for name, in_tier in FACTORS),
        districts=tuple(
            _describe(counts, rows, name, hidden=place in hidden, rule=rule)
            for place, (name, rows) in enumerate(districts.items())
        ),
    )


def _by_district(latest: pd.DataFrame, villages: pd.DataFrame) -> dict[str, BoolArray]:
    """Return by name, in the order of the codes, which rows are of a district."""
    places = zip(villages["district_code"], villages["district_name"], strict=True)
    district_of = dict(zip(villages["village_code"], places, strict=True))
    found = [district_of.get(code) for code in latest["village_code"]]
    districts = sorted({place for place in found if place is not None})
    return {name: np.array([place == (code, name) for place in found]) for code, name in districts}


def _describe(
    counts: Mapping[str, FloatArray], rows: BoolArray, name: str, *, hidden: bool, rule: SmallCells
) -> DistrictFamilies:
    target, at_risk = (int(counts[column][rows].sum()) for column in ("families_target", "families_at_risk"))
    shown, share = _disclose(at_risk, target, hidden=hidden, rule=rule)
    return DistrictFamilies(
        district_name=name, villages=int(rows.sum()), families_target=target, families_at_risk=shown, share=share
    )


def _describe_factor(
    counts: Mapping[str, FloatArray], rows: BoolArray, name: str, in_tier: bool, rule: SmallCells
) -> RiskFactor:
    known = rows & ~np.isnan(counts[name])
    if not known.any():
        return RiskFactor(name=name, families=None, share=None, in_tier=in_tier)
    affected, target = (int(counts[column][known].sum()) for column in (name, "families_target"))
    families, share = _disclose(affected, target, hidden=rule.hides(affected), rule=rule)
    return RiskFactor(name=name, families=families, share=share, in_tier=in_tier)


def _disclose(part: int, whole: int, *, hidden: bool, rule: SmallCells) -> tuple[Count, float | None]:
    if hidden:
        return suppressed(rule), None
    return part, part / whole if whole else None
