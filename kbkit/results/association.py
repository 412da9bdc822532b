"""Tier and stunting in the findings: whether a comparison was made, what it shows, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Contrasted, Estimated, Undefined
from kbkit.results.guards import (
    Circularity,
    Detection,
    NegativeControl,
    Overturning,
    PurgedTier,
    Reporting,
    Shift,
    TierMeasuring,
)
from kbkit.results.sensitivity import (
    HiddenConfounding,
    LeaveOneOut,
    Permutation,
    Resemblance,
    Robustness,
    Sensitivity,
    Specification,
    SpecificationGroup,
    Weighting,
    side_of_zero,
)

__all__ = [
    "Association",
    "Circularity",
    "Detection",
    "HiddenConfounding",
    "LeaveOneOut",
    "Model",
    "NegativeControl",
    "Overturning",
    "Permutation",
    "PurgedTier",
    "Reporting",
    "Resemblance",
    "Robustness",
    "Rule",
    "Sample",
    "Sensitivity",
    "Shift",
    "Specification",
    "SpecificationGroup",
    "TierEstimate",
    "TierMeasuring",
    "Verdict",
    "Weighting",
    "side_of_zero",
]


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
