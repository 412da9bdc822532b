"""Who is measured: coverage by tier, and what the unmeasured would have to be like to overturn the difference.

A tier that measures more of its children finds other children. Coverage is therefore compared between tiers with the
covariates of the primary model, and the difference in stunting is asked how much it takes to bring it to nothing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kbkit.analysis.children import as_estimate
from kbkit.analysis.design import choose_covariates, tier_settings
from kbkit.analysis.fitting import fit_rows
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows
from kbkit.domain.tiers import TIERS
from kbkit.methods import adjusted_prevalence
from kbkit.results import Contrasted, Estimate, Estimated, Undefined
from kbkit.results.association import Model
from kbkit.results.guards import Detection, Overturning, TierMeasuring
from kbkit.results.sensitivity import Sensitivity


def describe_detection(panel: Rows, *, adjusted: Model, sensitivity: Sensitivity, plan: AnalysisPlan) -> Detection:
    """Describe coverage by tier, counted and standardised, and the coverage gap that would overturn the difference.

    Args:
        panel: rows of all villages and periods.
        adjusted: the adjusted model.
        sensitivity: gives the primary difference over the whole ladder.
        plan: gives the covariates.
    """
    rows = panel.take((panel.tier >= 0) & (panel.target > 0) & ~np.isnan(panel.measured))
    standardised = _standardise(rows, plan)
    tiers = tuple(
        TierMeasuring(tier=tier.value, counted=_counted(rows, place), adjusted=standardised[tier.value])
        for place, tier in enumerate(TIERS)
    )
    (primary,) = (item.difference for item in sensitivity.specifications if item.name == "primary")
    return Detection(tiers=tiers, overturning=_overturn(primary, tiers[-1].adjusted, adjusted.tiers[-1].prevalence))


def _counted(rows: Rows, place: int) -> float | None:
    own = rows.tier == place
    return float(rows.measured[own].sum() / rows.target[own].sum()) if own.any() else None


def _standardise(rows: Rows, plan: AnalysisPlan) -> dict[str, Estimated]:
    """Return the measured share of the target by tier, standardised; measured beyond the target counts as all."""
    covering = replace(rows, stunted=np.minimum(rows.measured, rows.target), measured=rows.target)
    chosen = choose_covariates(covering, plan=plan)
    fit = fit_rows(chosen.rows, "category", chosen.confounders, district_effects=chosen.district_effects, plan=plan)
    if isinstance(fit, Undefined):
        return {tier.value: fit for tier in TIERS}
    shares = adjusted_prevalence(fit, settings=tier_settings(fit.design, fit.names), level=plan.level)
    return {tier: as_estimate(share) if isinstance(share, Estimate) else share for tier, share in shares.items()}


def _overturn(difference: Contrasted, coverage: Estimated, prevalence: Estimated) -> Overturning | Undefined:
    """Solve ``difference + (1 - coverage) * excess = 0`` for the excess, and the same for the interval's near limit."""
    if isinstance(difference, Undefined):
        return difference
    if isinstance(coverage, Undefined):
        return coverage
    if isinstance(prevalence, Undefined):
        return prevalence
    if difference.lower is None or difference.upper is None:
        return Undefined(reason="no_variance")
    if coverage.estimate >= 1:
        return Undefined(reason="all_measured")
    near = min(max(0.0, difference.lower), difference.upper)
    unmeasured = 1 - coverage.estimate
    return Overturning(
        coverage=coverage.estimate,
        prevalence=prevalence.estimate,
        needed=-difference.estimate / unmeasured,
        to_limit=-near / unmeasured,
    )
