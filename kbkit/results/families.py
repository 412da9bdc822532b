"""Families at risk of stunting (Verval KRS): a description, never an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from kbkit.results.stunting import Count


@dataclass(frozen=True, kw_only=True)
class RiskFactor:
    """Target families with one factor; factors overlap and are never added.

    ``in_tier`` says that the factor is contraception or follows from it, and so is also in the tier.
    """

    name: str
    families: Count
    share: float | None
    in_tier: bool


@dataclass(frozen=True, kw_only=True)
class DistrictFamilies:
    """Families of the villages of one district; of the regency where ``district_name`` is empty."""

    district_name: str
    villages: int
    families_target: int
    families_at_risk: Count
    share: float | None


@dataclass(frozen=True, kw_only=True)
class FamiliesAtRisk:
    """Families of the latest semester, in the villages that report both target families and families at risk."""

    semester: str
    whole: DistrictFamilies
    factors: tuple[RiskFactor, ...]
    districts: tuple[DistrictFamilies, ...]
