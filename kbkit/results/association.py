"""Tier and stunting in the findings: whether a comparison was made, what it shows, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Contrasted, Estimated, Undefined
from kbkit.results.stunting import ChildCoverage


@dataclass(frozen=True, kw_only=True)
class TierEstimate:
    """Standardised prevalence of a tier and its difference from the reference tier."""

    tier: str
    prevalence: Estimated
    difference: Contrasted


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model of stunting on tier.

    Attributes:
        name: ``crude`` or ``adjusted``.
        tiers: by tier, lowest first, from the model with the tier as a category.
        steps: every tier against the one below it, from the same model, lowest first.
        slope: difference in prevalence per step of the tier, from the model with the tier as a score 0-3.
        bootstrap_p: p-value of the slope by score wild cluster bootstrap, null imposed.
        detectable: smallest true difference per step that this design finds in 80 of 100 tries.
        terms: names of the covariates beside the tier.
        district_effects: districts enter as fixed effects.
        dispersion: Pearson dispersion of the model with the tier as a category.
    """

    name: Literal["crude", "adjusted"]
    tiers: tuple[TierEstimate, ...]
    steps: tuple[Contrasted, ...]
    slope: Contrasted
    bootstrap_p: float | Undefined
    detectable: float | Undefined
    terms: tuple[str, ...]
    district_effects: bool
    dispersion: float | None


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


@dataclass(frozen=True, kw_only=True)
class PurgedTier:
    """Villages of one tier in the latest period, by their place on the purged ladders.

    ``without_contraception`` counts them by tier, lowest first; ``without_output`` by how many of input and process are
    good (0, 1, 2). Villages without all twelve scores are in ``villages`` only.
    """

    tier: str
    villages: int
    without_contraception: tuple[int, ...]
    without_output: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Circularity:
    """The guard against comparing the tier with its own parts.

    Attributes:
        refused: outcomes and covariates of the plan that share components with the tier, kept out.
        purged: tiers against the purged ladders.
        changed_without_contraception: villages whose tier is another without the contraception indicators.
        cross_sector_variants: why the score of other sectors cannot be computed as it was meant.
    """

    refused: tuple[Undefined, ...]
    purged: tuple[PurgedTier, ...]
    changed_without_contraception: int
    cross_sector_variants: Undefined


@dataclass(frozen=True, kw_only=True)
class TierMeasuring:
    """Measuring coverage (D/S) of a tier, as counted and standardised to the covariates of the primary model."""

    tier: str
    counted: float | None
    adjusted: Estimated


@dataclass(frozen=True, kw_only=True)
class Overturning:
    """What the unmeasured of the highest tier would have to be like for the difference to be none.

    Attributes:
        coverage: measured share of the highest tier, standardised.
        prevalence: standardised prevalence of the highest tier among the measured.
        needed: excess prevalence of its unmeasured children over its measured ones that brings the difference over the
            whole ladder to 0, the other tiers being as measured; negative where they would have to have less.
        to_limit: the excess that brings the interval to 0; 0 where it holds 0 already.
    """

    coverage: float
    prevalence: float
    needed: float
    to_limit: float

    @property
    def possible(self) -> bool:
        """Whether the needed prevalence of the unmeasured lies between 0 and 1."""
        return 0 <= self.prevalence + self.needed <= 1


@dataclass(frozen=True, kw_only=True)
class Detection:
    """The guard against detection: who is measured, and what the unmeasured would have to be like."""

    tiers: tuple[TierMeasuring, ...]
    overturning: Overturning | Undefined


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """The guard against silence: tier Dasar of the latest period, villages that entered nothing apart."""

    nothing_entered: ChildCoverage
    entered: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class Shift:
    """What one covariate moves: the difference per step with it alone, and with all others but it."""

    term: str
    alone: float | Undefined
    without: float | Undefined


@dataclass(frozen=True, kw_only=True)
class NegativeControl:
    """A comparison that must show nothing, declared in the plan.

    ``outcome``: the tier against another share of the village, highest against lowest. ``exposure``: another quantity
    of the village against stunting, per standard deviation.
    """

    role: Literal["outcome", "exposure"]
    indicator: str
    villages: int
    difference: Contrasted


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of when tiers are compared and tested: what it asks for, and what this regency has."""

    name: str
    needed: float
    found: float | None

    @property
    def met(self) -> bool:
        """Whether the rule is met."""
        return self.found is not None and self.found >= self.needed


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Rows of the comparison and what was left out of it."""

    rows: int
    villages: int
    districts: int
    districts_with_two_tiers: int
    children_measured: int
    without_tier: int
    not_measured: int
    without_covariate: int


Verdict = Literal["withheld", "lower", "higher", "unclear"]


@dataclass(frozen=True, kw_only=True)
class Association:
    """Tier and stunting: whether a comparison can be made, and what it shows.

    ``reasons`` say why not, in order of weight; ``cautions`` what weakens a comparison that was made; ``deviations``
    where the pre-specified plan was changed or could not be followed. ``shifts`` say what moved the crude comparison.
    """

    verdict: Verdict
    reasons: tuple[Undefined, ...]
    cautions: tuple[Undefined, ...]
    deviations: tuple[Undefined, ...]
    reference_tier: str
    sample: Sample | None
    crude: Model | None
    adjusted: Model | None
    sensitivity: Sensitivity | None
    rules: tuple[Rule, ...]
    circularity: Circularity | None
    reporting: Reporting | None
    detection: Detection | None
    shifts: tuple[Shift, ...]
    controls: tuple[NegativeControl, ...]
