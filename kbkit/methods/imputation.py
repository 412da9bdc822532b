"""Results of several completed data sets pooled by Rubin's rules.

Estimand: what the analysis estimates, with the uncertainty that the missing values add.

Formula: for ``m`` completed data sets with estimates ``q_i`` and variances ``u_i``: estimate ``mean q``, within ``u``
the mean variance, between ``b = sum (q_i - mean q)^2 / (m - 1)``, total ``T = u + (1 + 1/m) b``, share of the missing
values ``a = (1 + 1/m) b / T``. Degrees of freedom (Barnard & Rubin) ``1 / (1/d + 1/e)`` with ``d = (m - 1) / a^2`` and
``e = (v + 1) / (v + 3) v (1 - a)``, where ``v`` are those of the analysis of complete data; ``d`` alone where that
analysis uses the normal. Fraction of missing information ``(r + 2 / (df + 3)) / (r + 1)`` with ``r = a / (1 - a)``.

Assumptions: imputations are proper draws given everything the analysis uses, clusters included, and values are missing
at random given that. With clusters ``v`` is the clusters' degrees of freedom, not rows less columns.

Edge cases: imputations that agree exactly add nothing (``a = 0``): degrees of freedom are then ``e``, or the normal.
One completed data set hides what is missing: ``Undefined("too_few_estimates")``.

Source: Rubin, Multiple Imputation for Nonresponse in Surveys, 1987; Barnard & Rubin, Biometrika 1999, 86:948-955.

Checked against: R mice 3.15.0 ``pool.scalar``, with small and with infinite complete-data degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import wald_test
from kbkit.results import Estimate, Undefined


@dataclass(frozen=True, kw_only=True)
class ImputedEstimate(Estimate):
    """An estimate over completed data sets.

    Attributes:
        within: mean variance of the completed data sets.
        between: variance of the estimates between them.
        missing_information: fraction of the information that the missing values take, 0-1.
        n_imputations: completed data sets.
    """

    within: float
    between: float
    missing_information: float
    n_imputations: int


def pool_imputations(
    *, estimates: ArrayLike, variances: ArrayLike, df: float | None = None, level: float = DEFAULT_LEVEL
) -> ImputedEstimate | Undefined:
    """Pool one estimate over completed data sets.

    Args:
        estimates: estimate of every completed data set, shape ``(imputations,)``.
        variances: squared standard errors, shape ``(imputations,)``.
        df: degrees of freedom of the analysis were the data complete; ``None`` for the normal.
        level: coverage of the interval, 0-1.

    Raises:
        ValueError: the arrays do not fit together, a variance or ``df`` is not positive, or ``level`` is outside
            (0, 1).
    """
    check_level(level)
    values, squares = _check_imputations(estimates, variances, df)
    count = values.size
    if count < 2:
        return Undefined(reason="too_few_estimates", details={"estimates": count, "needed": 2})
    within, between = float(squares.mean()), float(values.var(ddof=1))
    total = within + (1 + 1 / count) * between
    share = (1 + 1 / count) * between / total
    pooled_df = _degrees_of_freedom(share, count, df)
    test = wald_test(estimate=float(values.mean()), std_error=total**0.5, df=pooled_df, level=level)
    ratio = share / (1 - share)
    return ImputedEstimate(
        estimate=float(values.mean()),
        std_error=total**0.5,
        df=pooled_df,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=test.lower,
        upper=test.upper,
        level=level,
        method="rubin_barnard",
        within=within,
        between=between,
        missing_information=(ratio + (0.0 if pooled_df is None else 2 / (pooled_df + 3))) / (ratio + 1),
        n_imputations=count,
    )


def _check_imputations(estimates: ArrayLike, variances: ArrayLike, df: float | None) -> tuple[FloatArray, FloatArray]:
    values, squares = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if values.ndim != 1 or values.shape != squares.shape or not np.isfinite(values).all():
        raise ValueError(f"estimates and variances must be finite vectors of one length, not {values}, {squares}")
    if not (np.isfinite(squares).all() and (squares > 0).all()) or (df is not None and not df > 0):
        raise ValueError(f"variances and df must be positive, not {squares}, {df}")
    return values, squares


def _degrees_of_freedom(share: float, count: int, complete: float | None) -> float | None:
    """Return the degrees of freedom of Barnard & Rubin; ``None`` for the normal."""
    inverse = share**2 / (count - 1)
    if complete is not None:
        inverse += (complete + 3) / ((complete + 1) * complete * (1 - share))
    return 1 / inverse if inverse > 0 else None
