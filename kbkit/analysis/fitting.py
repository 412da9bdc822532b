"""The one model of the comparison, fitted to whatever rows and ladder are asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kbkit.analysis.design import FloatArray, TierAs, build_design
from kbkit.analysis.plan import AnalysisPlan
from kbkit.methods import BinomialFit, fit_binomial
from kbkit.methods.binomial_fit import Covariance
from kbkit.results import Undefined


def counts(rows: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return stunted and measured children of every row."""
    stunted, measured = (rows[name].to_numpy(dtype=np.float64) for name in ("children_stunted", "children_measured"))
    return stunted, measured


def fit_rows(
    rows: pd.DataFrame,
    tier_as: TierAs,
    confounders: tuple[str, ...],
    *,
    district_effects: bool,
    plan: AnalysisPlan,
    covariance: Covariance = "CR2",
) -> BinomialFit | Undefined:
    """Fit stunted among measured children on the tier, the period, confounders and districts, as the plan says.

    Args:
        rows: usable rows, one a village and period.
        tier_as: ``"score"`` or ``"category"``, see :func:`build_design`.
        confounders: numeric columns of ``rows``.
        district_effects: whether districts enter as fixed effects.
        plan: gives the level of intervals.
        covariance: ``CR2`` for whatever is inferred from; ``model`` costs less where only the estimate is used.
    """
    design, names = build_design(rows, tier_as=tier_as, confounders=confounders, district_effects=district_effects)
    cases, n = counts(rows)
    return fit_binomial(
        cases=cases,
        n=n,
        design=design,
        names=names,
        cluster=rows["district_code"].to_numpy(),
        covariance=covariance,
        level=plan.level,
    )
