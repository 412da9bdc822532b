"""The one model of the comparison, fitted to whatever rows and ladder are asked for."""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.design import build_design
from kbkit.analysis.plan import AnalysisPlan
from kbkit.methods import BinomialFit, fit_binomial
from kbkit.results import Undefined


def fit_rows(
    rows: pd.DataFrame, tier_as: str, confounders: tuple[str, ...], *, district_effects: bool, plan: AnalysisPlan
) -> BinomialFit | Undefined:
    """Fit stunted among measured children on the tier, the period, confounders and districts, as the plan says.

    Args:
        rows: usable rows, one a village and period.
        tier_as: ``"score"`` or ``"category"``, see :func:`build_design`.
        confounders: numeric columns of ``rows``.
        district_effects: whether districts enter as fixed effects.
        plan: gives the level of intervals.
    """
    design, names = build_design(rows, tier_as=tier_as, confounders=confounders, district_effects=district_effects)
    return fit_binomial(
        cases=rows["children_stunted"].astype(float).to_numpy(),
        n=rows["children_measured"].astype(float).to_numpy(),
        design=design,
        names=names,
        cluster=rows["district_code"].to_numpy(),
        covariance="CR2",
        level=plan.level,
    )
