"""The specifications of the sensitivity set that answer the primary question by another estimator.

All use the rows and covariates of the primary model. A mixed logit and the weights have no fixed effects of districts:
a mixed logit has intercepts instead, and a tier that a district lacks could not be weighted for. The beta-binomial
model takes rows as independent and so ignores districts; its interval is too narrow and is shown with that warning.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from kbkit.analysis.design import SCORE_TERM, Covariates, build_design
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import FloatArray
from kbkit.analysis.specifications import LEVELS, as_specification, at_level
from kbkit.methods import (
    PrevalenceContrast,
    TierMeans,
    augmented_tier_means,
    fit_beta_binomial,
    fit_logistic_mixed,
    generalized_propensity,
    linear_probability,
    marginal_contrast,
    robustness_value,
)
from kbkit.methods.likelihood_fit import LikelihoodFit
from kbkit.results import Contrast, Undefined
from kbkit.results.sensitivity import Robustness, Specification, Weighting

_Design = tuple[FloatArray, tuple[str, ...]]
_Model = Literal["ordinal", "multinomial"]


def specify_mixed(covariates: Covariates, *, plan: AnalysisPlan) -> Specification:
    """Mixed logit with intercepts of districts and villages, t(G - 1)."""
    design, names = _design(covariates, district_effects=False)
    cases, n = covariates.rows.stunted, covariates.rows.measured
    groups = [covariates.rows.district, covariates.rows.village]
    fit = fit_logistic_mixed(cases=cases, n=n, design=design, names=names, groups=groups, level=plan.level)
    return as_specification("mixed", "estimators", covariates.rows, _across(fit, (design, names), n))


def specify_beta_binomial(covariates: Covariates, *, plan: AnalysisPlan) -> Specification:
    """Beta-binomial logit, rows independent."""
    design, names = _design(covariates, district_effects=covariates.district_effects)
    cases, n = covariates.rows.stunted, covariates.rows.measured
    fit = fit_beta_binomial(cases=cases, n=n, design=design, names=names, level=plan.level)
    return as_specification("beta_binomial", "estimators", covariates.rows, _across(fit, (design, names), n))


def specify_linear(covariates: Covariates, *, plan: AnalysisPlan) -> tuple[Specification, Robustness | Undefined]:
    """Linear probability over the whole ladder, and the robustness value of its classical t."""
    design, names = _design(covariates, district_effects=covariates.district_effects)
    # In steps of the whole ladder the coefficient is the contrast of its ends.
    design[:, names.index(SCORE_TERM)] /= LEVELS
    cases, n = covariates.rows.stunted, covariates.rows.measured
    cluster = covariates.rows.district
    fit = linear_probability(
        cases=cases, n=n, design=design, names=names, cluster=cluster, term=SCORE_TERM, level=plan.level
    )
    if isinstance(fit, Undefined):
        return as_specification("linear_probability", "estimators", covariates.rows, fit), fit
    no_ratio = Undefined(reason="no_ratio")
    contrast = PrevalenceContrast(setting="3", reference="0", difference=fit.slope, ratio=no_ratio)
    value = robustness_value(t=fit.classical_t, df=fit.df_resid, alpha=1 - plan.level)
    robustness = Robustness(estimate=value.estimate, significance=value.significance, partial_r2=value.partial_r2)
    return as_specification("linear_probability", "estimators", covariates.rows, contrast), robustness


def specify_weighted(
    covariates: Covariates, model: _Model, *, plan: AnalysisPlan
) -> tuple[Specification, Weighting | None]:
    """Weights by the chance of the tier, augmented by a logit, and what the weights rest on."""
    design, names = _design(covariates, district_effects=False)
    columns = [place for place, name in enumerate(names) if name not in ("constant", SCORE_TERM)]
    cases, n = covariates.rows.stunted, covariates.rows.measured
    name = f"augmented_{model}"
    propensity = generalized_propensity(
        tier=covariates.rows.score,
        design=design[:, columns],
        names=[names[place] for place in columns],
        model=model,
    )
    if isinstance(propensity, Undefined):
        return as_specification(name, "estimators", covariates.rows, propensity), None
    cluster = covariates.rows.district
    means = augmented_tier_means(cases=cases, n=n, cluster=cluster, propensity=propensity, level=plan.level)
    if isinstance(means, Undefined):
        return as_specification(name, "estimators", covariates.rows, means), None
    return as_specification(name, "estimators", covariates.rows, means.contrasts[-1]), _describe_weights(model, means)


def _describe_weights(model: _Model, means: TierMeans) -> Weighting:
    overlap = means.overlap
    return Weighting(
        model=model,
        effective_rows=float(overlap.tiers["effective_rows"].min()),
        largest_share=float(overlap.tiers["largest_share"].max()),
        lowest_probability=float(overlap.tiers["lowest_probability"].min()),
        before=float(np.nanmax(np.abs(overlap.before.to_numpy()))),
        after=float(np.nanmax(np.abs(overlap.after.to_numpy()))),
    )


def _design(covariates: Covariates, *, district_effects: bool) -> _Design:
    return build_design(
        covariates.rows, tier_as="score", confounders=covariates.confounders, district_effects=district_effects
    )


def _across(fit: LikelihoodFit | Undefined, design: _Design, n: FloatArray) -> PrevalenceContrast | Undefined:
    if isinstance(fit, Undefined):
        return fit
    high, low = (at_level(*design, value) for value in (LEVELS, 0.0))
    contrast = marginal_contrast(fit, design=high, reference=low, weights=n)
    return contrast if isinstance(contrast.difference, Contrast) else Undefined(reason="no_variance")
