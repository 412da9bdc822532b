"""Children of a regency: measured, stunted, by tier, district and period; surveys beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kbkit.results.estimates import Estimated, Undefined

Count = int | Undefined | None
"""A count; ``None`` where nothing was reported, ``Undefined("suppressed")`` where the cell is too small to show."""

Share = float | Undefined | None
"""A share; ``None`` and ``Undefined("suppressed")`` as of a count."""

_ROUNDING: Final = 0.0005
"""Half of the last place that a share is shown with."""


@dataclass(frozen=True, kw_only=True)
class ChildCoverage:
    """Children of a group of villages in one period.

    ``coverage`` is measured over target in the villages where both are known; ``None`` where no target is.
    """

    villages: int
    villages_measured: int
    children_target: int | None
    children_measured: int | None
    children_stunted: Count
    children_severely_stunted: Count
    coverage: float | None
    prevalence: Estimated
    design_effect: float | None

    @property
    def children_unmeasured(self) -> int:
        """Children of the target who were not measured."""
        return (self.children_target or 0) - (self.children_measured or 0)

    @property
    def target_is_whole(self) -> bool:
        """Whether coverage is all measured children over the whole target, as it is where every village reports."""
        if not self.children_target or self.children_measured is None or self.coverage is None:
            return True
        return abs(self.children_measured / self.children_target - self.coverage) < _ROUNDING


@dataclass(frozen=True, kw_only=True)
class TierChildren:
    """Children in the villages of one tier (``None``: villages without Kampung KB)."""

    tier: str | None
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class DistrictChildren:
    """Children in the villages of one district."""

    district_code: str
    district_name: str
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class PeriodChildren:
    """Children of the regency in one period."""

    period: str
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class Stunting:
    """Children by tier, district and period, from the registry."""

    latest: ChildCoverage
    tiers: tuple[TierChildren, ...]
    districts: tuple[DistrictChildren, ...]
    periods: tuple[PeriodChildren, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyValue:
    """A survey's prevalence for the regency; never joined to the registry's series."""

    survey: str
    year: int
    prevalence: float
    lower: float | None
    upper: float | None
    publisher: str | None
    band: str


@dataclass(frozen=True, kw_only=True)
class TierProfile:
    """What differs between tiers before any child is measured: disadvantage and measuring coverage.

    Shares and index are unweighted means over villages of the latest period; ``None`` where no village has a value.
    """

    tier: str
    villages: int
    idm: float | None
    water_unimproved: Share
    toilet_unimproved: Share
    coverage: float | None
