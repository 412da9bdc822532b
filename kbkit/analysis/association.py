"""Tier and stunting: crude and adjusted comparison, and what may be concluded.

Primary model: grouped logit of stunted among measured children, one row a village and period, on the tier, the period,
the pre-specified confounders and, where most districts hold two tiers, the districts; covariance CR2 clustered on the
district with Satterthwaite degrees of freedom; shown as standardised prevalences and their differences.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from kbkit.analysis.children import as_estimate
from kbkit.analysis.circularity import describe_circularity, find_refused
from kbkit.analysis.comparability import find_obstacles, list_rules
from kbkit.analysis.controls import run_controls
from kbkit.analysis.design import DUMMY_TERMS, SCORE_TERM, Covariates, choose_covariates, tier_settings
from kbkit.analysis.detection import describe_detection
from kbkit.analysis.disclosure import Disclosure
from kbkit.analysis.fitting import Fitted, fit_adjusted, fit_crude
from kbkit.analysis.plan import BOOTSTRAP_DRAWS, POWER, AnalysisPlan
from kbkit.analysis.reporting import describe_reporting
from kbkit.analysis.rows import Rows, usable_rows
from kbkit.analysis.sensitivity import find_disagreements, run_sensitivity
from kbkit.analysis.shifts import describe_shifts
from kbkit.domain.tiers import REFERENCE_TIER, TIERS
from kbkit.methods import (
    BinomialFit,
    adjusted_prevalence,
    minimum_detectable_difference,
    prevalence_contrasts,
    prevalence_slope,
    score_wild_bootstrap,
)
from kbkit.results import Contrasted, Estimated, Undefined
from kbkit.results.association import Association, Model, Sample, TierEstimate, Verdict
from kbkit.results.geography import Outlines


def compare_tiers(
    rows: Rows,
    *,
    has_tiers: bool,
    plan: AnalysisPlan,
    cautions: tuple[Undefined, ...],
    disclosure: Disclosure,
    indicators: pd.DataFrame | None = None,
    outlines: Outlines | None = None,
) -> Association:
    """Compare stunting between tiers, or say why not.

    Args:
        rows: rows of all villages and periods, hidden numbers replaced (:mod:`kbkit.analysis.stand_ins`).
        has_tiers: whether any Kampung KB of the regency is classified.
        plan: the analysis plan.
        cautions: what weakens a reading of the data whatever the comparison shows.
        disclosure: what of the latest period is hidden.
        indicators: table ``village_indicators``, for the negative controls of the plan.
        outlines: the regency's boundaries, which tell who is whose neighbour.
    """
    described = Association(
        verdict="withheld",
        reasons=(*find_obstacles(rows, has_tiers=has_tiers, plan=plan), *_hidden_tiers(rows, disclosure)),
        cautions=cautions,
        deviations=(*find_refused(plan), *plan.deviations()),
        reference_tier=REFERENCE_TIER.value,
        sample=None,
        crude=None,
        adjusted=None,
        sensitivity=None,
        rules=list_rules(rows, adjusted=None, plan=plan),
        circularity=describe_circularity(rows, plan=plan),
        reporting=describe_reporting(rows, disclosure=disclosure, level=plan.level),
        detection=None,
        shifts=(),
        controls=(),
    )
    return described if described.reasons else _compare(described, rows, indicators, outlines, plan)


def _hidden_tiers(rows: Rows, disclosure: Disclosure) -> tuple[Undefined, ...]:
    """Refuse to model tiers whose numbers are hidden, or small over all periods: the crude model gives them back."""
    usable = usable_rows(rows)
    sums = np.bincount(usable.tier, weights=usable.stunted, minlength=len(TIERS))
    small = any(disclosure.rule.hides(int(number)) for number in sums)
    if not small and (not disclosure.tiers or len(rows.names.periods) > 1):
        return ()
    return (Undefined(reason="tiers_hidden", details={"smallest": disclosure.rule.smallest}),)


def _compare(
    described: Association,
    rows: Rows,
    indicators: pd.DataFrame | None,
    outlines: Outlines | None,
    plan: AnalysisPlan,
) -> Association:
    usable = usable_rows(rows)
    covariates = choose_covariates(usable, plan=plan)
    crude, primary = fit_crude(usable, plan=plan), fit_adjusted(covariates, plan=plan)
    adjusted = _describe_model("adjusted", primary, plan)
    verdict, doubts = _conclude(adjusted, districts=covariates.rows.n_districts, plan=plan)
    sensitivity = run_sensitivity(
        usable, covariates=covariates, crude=crude, primary=primary, plan=plan, outlines=outlines
    )
    return replace(
        described,
        verdict=verdict,
        cautions=doubts + find_disagreements(verdict, sensitivity) + described.cautions,
        deviations=described.deviations + covariates.deviations,
        sample=_describe_sample(rows, covariates),
        crude=_describe_model("crude", crude, plan),
        adjusted=adjusted,
        sensitivity=sensitivity,
        rules=list_rules(rows, adjusted=adjusted, plan=plan),
        detection=describe_detection(rows, adjusted=adjusted, sensitivity=sensitivity, plan=plan),
        shifts=describe_shifts(covariates, plan=plan),
        controls=() if indicators is None else run_controls(usable, indicators=indicators, plan=plan),
    )


def _describe_sample(rows: Rows, covariates: Covariates) -> Sample:
    counted, used = rows.has_prevalence, covariates.rows
    return Sample(
        rows=len(used),
        villages=used.n_villages,
        districts=used.n_districts,
        districts_with_two_tiers=covariates.districts_with_two_tiers,
        children_measured=int(used.measured.sum()),
        without_tier=int((counted & (rows.tier < 0)).sum()),
        not_measured=int((~counted).sum()),
        without_covariate=covariates.without_covariate,
    )


def _describe_model(name: Literal["crude", "adjusted"], fitted: Fitted, plan: AnalysisPlan) -> Model:
    by_category, slope = fitted.by_category, _slope(fitted.by_score, plan)
    return Model(
        name=name,
        tiers=_tier_estimates(by_category, plan),
        steps=_steps(by_category, plan),
        slope=slope,
        bootstrap_p=_bootstrap_p(fitted.by_score, fitted.rows.n_districts, plan),
        detectable=_detectable(slope, plan),
        terms=fitted.confounders,
        district_effects=fitted.district_effects,
        dispersion=by_category.dispersion if isinstance(by_category, BinomialFit) else None,
    )


def _tier_estimates(fit: BinomialFit | Undefined, plan: AnalysisPlan) -> tuple[TierEstimate, ...]:
    if isinstance(fit, Undefined):
        return tuple(TierEstimate(tier=tier.value, prevalence=fit, difference=fit) for tier in TIERS)
    settings = tier_settings(fit.design, fit.names)
    prevalences = adjusted_prevalence(fit, settings=settings, level=plan.level)
    contrasts = prevalence_contrasts(fit, settings=settings, reference=REFERENCE_TIER.value, level=plan.level)
    differences = {contrast.setting: contrast.difference for contrast in contrasts}
    reference = Undefined(reason="reference")
    return tuple(
        TierEstimate(
            tier=tier.value,
            prevalence=_plain(prevalences[tier.value]),
            difference=differences.get(tier.value, reference),
        )
        for tier in TIERS
    )


def _steps(fit: BinomialFit | Undefined, plan: AnalysisPlan) -> tuple[Contrasted, ...]:
    """Contrast every tier with the one below it."""
    pairs = [(upper.value, lower.value) for lower, upper in pairwise(TIERS)]
    if isinstance(fit, Undefined):
        return tuple(fit for _ in pairs)
    settings = tier_settings(fit.design, fit.names)
    contrasts = prevalence_contrasts(fit, settings=settings, pairs=pairs, level=plan.level)
    return tuple(contrast.difference for contrast in contrasts)


def _plain(value: Estimated) -> Estimated:
    return value if isinstance(value, Undefined) else as_estimate(value)


def _slope(fit: BinomialFit | Undefined, plan: AnalysisPlan) -> Contrasted:
    if isinstance(fit, Undefined):
        return fit
    return prevalence_slope(fit, term=SCORE_TERM, lowest=0, highest=len(DUMMY_TERMS), level=plan.level)


def _bootstrap_p(fit: BinomialFit | Undefined, districts: int, plan: AnalysisPlan) -> float | Undefined:
    if isinstance(fit, Undefined):
        return fit
    if districts < plan.districts_minimum:
        details = {"districts": districts, "needed": plan.districts_minimum}
        return Undefined(reason="few_districts_no_test", details=details)
    test = score_wild_bootstrap(fit, term=SCORE_TERM, draws=BOOTSTRAP_DRAWS, seed=plan.seed)
    return test if isinstance(test, Undefined) else test.p_value


def _detectable(slope: Contrasted, plan: AnalysisPlan) -> float | Undefined:
    if isinstance(slope, Undefined) or slope.std_error is None:
        return Undefined(reason="no_variance")
    return minimum_detectable_difference(std_error=slope.std_error, df=slope.df, level=plan.level, power=POWER)


def _conclude(model: Model, *, districts: int, plan: AnalysisPlan) -> tuple[Verdict, tuple[Undefined, ...]]:
    """Decide by the adjusted slope: interval and bootstrap test must agree, on enough clusters."""
    slope = model.slope
    if isinstance(slope, Undefined) or slope.lower is None or slope.upper is None or slope.df is None:
        return "unclear", (Undefined(reason="adjusted_failed"),)
    if districts < plan.districts_minimum:
        details = {"districts": districts, "needed": plan.districts_minimum}
        return "unclear", (Undefined(reason="few_districts_no_test", details=details),)
    if slope.df < plan.df_minimum:
        return "unclear", (Undefined(reason="df_low", details={"df": slope.df, "needed": plan.df_minimum}),)
    if slope.lower <= 0 <= slope.upper:
        return "unclear", ()
    if not _agrees(model.bootstrap_p, plan):
        p = model.bootstrap_p if isinstance(model.bootstrap_p, float) else 1.0
        return "unclear", (Undefined(reason="bootstrap_disagrees", details={"p": p}),)
    return ("lower" if slope.estimate < 0 else "higher"), ()


def _agrees(p_value: float | Undefined, plan: AnalysisPlan) -> bool:
    return not isinstance(p_value, Undefined) and p_value < 1 - plan.level
