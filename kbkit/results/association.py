"""Tier and stunting in the findings: whether a comparison was made, what it shows, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Contrasted, Estimated, Undefined


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
        slope: difference in prevalence per step of the tier, from the model with the tier as a score 0-3.
        bootstrap_p: p-value of the slope by score wild cluster bootstrap, null imposed.
        detectable: smallest true difference per step that this design finds in 80 of 100 tries.
        terms: names of the covariates beside the tier.
        district_effects: districts enter as fixed effects.
        dispersion: Pearson dispersion of the model with the tier as a category.
    """

    name: Literal["crude", "adjusted"]
    tiers: tuple[TierEstimate, ...]
    slope: Contrasted
    bootstrap_p: float | Undefined
    detectable: float | Undefined
    terms: tuple[str, ...]
    district_effects: bool
    dispersion: float | None


@dataclass(frozen=True, kw_only=True)
class Specification:
    """One specification of the sensitivity set: highest against lowest level of its ladder."""

    name: str
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
class Sensitivity:
    """The sensitivity set.

    ``changed_without_contraception`` counts villages of the latest period whose place on the ladder is another when
    the contraception indicators are left out of the output index.
    """

    specifications: tuple[Specification, ...]
    leave_one_out: LeaveOneOut | None
    changed_without_contraception: int
    hidden_confounding: HiddenConfounding | Undefined


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
    where the pre-specified plan could not be followed.
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
