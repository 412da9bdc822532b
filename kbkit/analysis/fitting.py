"""The one model of the comparison, fitted to whatever rows and ladder are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kbkit.analysis.design import Covariates, TierAs, build_design
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows
from kbkit.methods import BinomialFit, fit_binomial
from kbkit.methods.binomial import Solver
from kbkit.methods.binomial_fit import Covariance
from kbkit.results import Undefined


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """One model of stunting on tier, with the tier as a category and as a score, and what entered it."""

    rows: Rows
    confounders: tuple[str, ...]
    district_effects: bool
    by_category: BinomialFit | Undefined
    by_score: BinomialFit | Undefined


def fit_crude(rows: Rows, *, plan: AnalysisPlan) -> Fitted:
    """Fit the tier and the period alone to all usable rows."""
    return _fit_both(rows, (), district_effects=False, plan=plan)


def fit_adjusted(covariates: Covariates, *, plan: AnalysisPlan) -> Fitted:
    """Fit the primary model."""
    return _fit_both(covariates.rows, covariates.confounders, district_effects=covariates.district_effects, plan=plan)


def _fit_both(rows: Rows, confounders: tuple[str, ...], *, district_effects: bool, plan: AnalysisPlan) -> Fitted:
    by_category, by_score = (
        fit_rows(rows, tier_as, confounders, district_effects=district_effects, plan=plan, solver="statsmodels")
        for tier_as in ("category", "score")
    )
    return Fitted(
        rows=rows,
        confounders=confounders,
        district_effects=district_effects,
        by_category=by_category,
        by_score=by_score,
    )


def fit_rows(
    rows: Rows,
    tier_as: TierAs,
    confounders: tuple[str, ...],
    *,
    district_effects: bool,
    plan: AnalysisPlan,
    covariance: Covariance = "CR2",
    solver: Solver = "newton",
) -> BinomialFit | Undefined:
    """Fit stunted among measured children on the tier, the period, confounders and districts, as the plan says.

    Args:
        rows: usable rows, one a village and period.
        tier_as: ``"score"`` or ``"category"``, see :func:`build_design`.
        confounders: covariates of ``rows``.
        district_effects: whether districts enter as fixed effects.
        plan: gives the level of intervals.
        covariance: ``CR2`` for whatever is inferred from; ``model`` costs less where only the estimate is used.
        solver: statsmodels for the crude and the primary model, own steps for their many refits.
    """
    design, names = build_design(rows, tier_as=tier_as, confounders=confounders, district_effects=district_effects)
    return fit_binomial(
        cases=rows.stunted,
        n=rows.measured,
        design=design,
        names=names,
        cluster=rows.district,
        covariance=covariance,
        level=plan.level,
        solver=solver,
    )
