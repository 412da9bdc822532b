"""Villages as small areas: each with a shrunken prevalence, its interval, and where it stands in the funnel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Undefined

Position = Literal["above", "between", "below"]
"""Where an interval, or a share beside its limits, lies as a whole."""


@dataclass(frozen=True, kw_only=True)
class VillageRate:
    """The prevalence of one village's measured children, drawn towards the mean of the regency's villages.

    Where the village's number of stunted children is hidden, every value spans the numbers that it might be (1-4, 5-9,
    ...), and is the same for each of them.

    Attributes:
        hidden: whether the number is hidden.
        children_measured: measured children.
        share_low: smallest share of stunted children that it may be; equal to ``share_high`` unless hidden.
        share_high: largest such share.
        low: smallest shrunken prevalence; equal to ``high`` unless hidden.
        high: largest shrunken prevalence.
        lower: lower limit of the interval, of the smallest number where hidden.
        upper: upper limit of the interval, of the largest number where hidden.
        position: of the interval to the regency's prevalence.
        funnel: of the share to the limits of the funnel; ``between`` where there is no funnel.
    """

    village_code: str
    village_name: str
    district_name: str
    hidden: bool
    children_measured: int
    share_low: float
    share_high: float
    low: float
    high: float
    lower: float
    upper: float
    position: Position
    funnel: Position

    @property
    def middle(self) -> float:
        """The shrunken prevalence, or the middle of its range; what villages are ordered by."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, kw_only=True)
class FunnelLimit:
    """Limits at one number of measured children, to three decimals."""

    children_measured: int
    lower: float
    upper: float
    binomial_lower: float
    binomial_upper: float


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Limits within which villages lie that differ as villages usually do.

    Attributes:
        overdispersion: winsorised; 1 where villages differ as much as chance alone would have it.
        level: coverage of the limits.
        limits: by number of measured children, rising.
        outside_binomial: villages outside the limits that leave overdispersion out.
    """

    overdispersion: float
    level: float
    limits: tuple[FunnelLimit, ...]
    outside_binomial: int


@dataclass(frozen=True, kw_only=True)
class SmallAreas:
    """The villages of the latest period.

    Attributes:
        prevalence: of the regency's measured children, 0-1.
        prior_mean: mean of the villages, to three decimals.
        prior_children: children that the mean of the villages weighs as much as, to two significant digits.
        level: coverage of the intervals.
        rates: measured villages by their shrunken prevalence.
        overlapping_highest: other villages whose interval overlaps that of the village with the highest prevalence.
        classes: inner limits of the classes of a map, rising.
        funnel: the limits, or why there are none.
    """

    prevalence: float
    prior_mean: float
    prior_children: int
    level: float
    rates: tuple[VillageRate, ...]
    overlapping_highest: int
    classes: tuple[float, ...]
    funnel: Funnel | Undefined

    def count(self, position: Position) -> int:
        """Return how many intervals lie there."""
        return sum(rate.position == position for rate in self.rates)

    def count_funnel(self, position: Position) -> int:
        """Return how many shares lie there."""
        return sum(rate.funnel == position for rate in self.rates)

    @property
    def hidden(self) -> int:
        """How many villages have a hidden number."""
        return sum(rate.hidden for rate in self.rates)
