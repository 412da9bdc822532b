"""The sensitivity set in the findings: does the answer depend on the choices?

Every specification gives the same quantity, so that all stand on one axis; what has no place on it stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Contrasted, Undefined

SpecificationGroup = Literal["covariates", "estimators", "rows", "unmeasured", "ladders"]


@dataclass(frozen=True, kw_only=True)
class Specification:
    """One specification of the sensitivity set: highest against lowest level of its ladder.

    ``group`` says what it varies: covariates, the estimator, the rows, what is assumed of the unmeasured, the ladder.
    """

    name: str
    group: SpecificationGroup
    rows: int
    villages: int
    difference: Contrasted
    ratio: Contrasted


@dataclass(frozen=True, kw_only=True)
class HiddenConfounding:
    """E-values: the prevalence ratio by which an unrecorded trait would have to go with the tier and with stunting.

    ``estimate`` is what would explain the whole ratio away, ``limit`` what would bring its interval to 1.
    """

    estimate: float
    limit: float


def side_of_zero(difference: Contrasted) -> Literal["lower", "higher", "unclear", "undefined"]:
    """Return on which side of zero an interval lies wholly."""
    if isinstance(difference, Undefined) or difference.lower is None or difference.upper is None:
        return "undefined"
    return "lower" if difference.upper < 0 else "higher" if difference.lower > 0 else "unclear"


@dataclass(frozen=True, kw_only=True)
class LeaveOneOut:
    """Range of the primary difference when each district is left out in turn, and the district behind each end."""

    lowest: float
    highest: float
    without_lowest: str
    without_highest: str


@dataclass(frozen=True, kw_only=True)
class Weighting:
    """What the weights of one propensity model rest on, and the balance that they leave.

    Attributes:
        model: ``ordinal`` or ``multinomial``.
        effective_rows: effective number of measurements of the tier that has the fewest.
        largest_share: the largest share of a tier's weight that one measurement has.
        lowest_probability: the lowest chance that a measurement had of any tier.
        before: the largest standardised difference between a tier and all, before weighting.
        after: the same, after weighting.
    """

    model: Literal["ordinal", "multinomial"]
    effective_rows: float
    largest_share: float
    lowest_probability: float
    before: float
    after: float


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """Robustness value: the share of what is left of tier and of stunting that a hidden trait would have to explain.

    ``estimate`` takes the whole difference away, ``significance`` leaves it within chance of nothing; ``partial_r2`` is
    the share of stunting that the tier itself explains.
    """

    estimate: float
    significance: float
    partial_r2: float


@dataclass(frozen=True, kw_only=True)
class Permutation:
    """Tiers dealt out anew among the villages of each district, latest period; ``p_value`` two-sided."""

    p_value: float
    villages: int
    districts: int


@dataclass(frozen=True, kw_only=True)
class Resemblance:
    """Moran's I of what the primary model leaves of each village: its slope on the mean of the neighbours.

    Attributes:
        estimate: Moran's I, 1 where every village is as its neighbours.
        expected: its expectation where neighbours are as alike as any two villages.
        p_value: two-sided, from random orders of the villages.
        permutations: random orders drawn.
        villages: villages with a neighbour.
    """

    estimate: float
    expected: float
    p_value: float
    permutations: int
    villages: int


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """The sensitivity set, and what stands beside it because it has no place on its axis.

    Attributes:
        specifications: in the order of the plan.
        leave_one_out: range of the primary difference without each district.
        hidden_confounding: E-values of the primary prevalence ratio.
        robustness: robustness values of the linear probability model.
        permutation: test by dealing tiers out anew within districts.
        residual_moran: resemblance of neighbours in what is left over; undefined where no map says who is a neighbour.
        weighting: diagnostics of the two propensity models, where they could be fitted.
    """

    specifications: tuple[Specification, ...]
    leave_one_out: LeaveOneOut | None
    hidden_confounding: HiddenConfounding | Undefined
    robustness: Robustness | Undefined
    permutation: Permutation | Undefined
    residual_moran: Resemblance | Undefined
    weighting: tuple[Weighting, ...]
