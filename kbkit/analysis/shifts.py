"""What moved the crude comparison: each covariate alone beside the tier, and all of them without it."""

from __future__ import annotations

from kbkit.analysis.design import SCORE_TERM, Covariates
from kbkit.analysis.fitting import fit_rows
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows
from kbkit.analysis.specifications import LEVELS
from kbkit.methods import prevalence_slope
from kbkit.results import Undefined
from kbkit.results.guards import Shift

DISTRICT = "district"
"""Name of the districts among the covariates."""


def describe_shifts(covariates: Covariates, *, plan: AnalysisPlan) -> tuple[Shift, ...]:
    """Return the slope with every covariate alone, and with all others but it, on the rows of the adjusted model."""
    terms = (*covariates.confounders, *((DISTRICT,) if covariates.district_effects else ()))
    return tuple(
        Shift(
            term=term,
            alone=_slope(covariates.rows, (term,), plan),
            without=_slope(covariates.rows, tuple(other for other in terms if other != term), plan),
        )
        for term in terms
    )


def _slope(rows: Rows, terms: tuple[str, ...], plan: AnalysisPlan) -> float | Undefined:
    confounders = tuple(term for term in terms if term != DISTRICT)
    fit = fit_rows(rows, "score", confounders, district_effects=DISTRICT in terms, plan=plan, covariance="model")
    if isinstance(fit, Undefined):
        return fit
    slope = prevalence_slope(fit, term=SCORE_TERM, lowest=0, highest=LEVELS, level=plan.level)
    return slope if isinstance(slope, Undefined) else slope.estimate
