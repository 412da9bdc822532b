"""Terms estimated on all rows and without each cluster: their covariance and their table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kbkit.methods.binomial_fit import TABLE_COLUMNS
from kbkit.methods.counts import FloatArray
from kbkit.methods.wald import wald_test

# A standard error below this is rounding: the outcome follows the model exactly.
_NO_ERROR = 1e-12


def jackknife_covariance(whole: FloatArray, without: Sequence[FloatArray]) -> FloatArray | None:
    """Return ``(G - 1) / G sum_j (b_(j) - b)(b_(j) - b)'``, ``None`` where a term does not vary.

    Args:
        whole: coefficients on all rows, shape ``(terms,)``.
        without: coefficients without each of the clusters, each of shape ``(terms,)``.
    """
    spread = np.stack(without) - whole
    covariance: FloatArray = (len(spread) - 1) / len(spread) * spread.T @ spread
    return covariance if (np.sqrt(np.diag(covariance)) >= _NO_ERROR).all() else None


def describe_terms(
    estimates: FloatArray, covariance: FloatArray, *, terms: Sequence[str], df: float, level: float, method: str
) -> pd.DataFrame:
    """Return one row per term with :data:`TABLE_COLUMNS`, ``level`` and ``method``."""
    cells = []
    for estimate, error in zip(estimates.tolist(), np.sqrt(np.diag(covariance)).tolist(), strict=True):
        test = wald_test(estimate=estimate, std_error=error, df=df, level=level)
        cells.append((estimate, error, df, test.statistic, test.p_value, test.lower, test.upper))
    table = pd.DataFrame(cells, index=pd.Index(terms, name="term"), columns=list(TABLE_COLUMNS), dtype=float)
    return table.assign(level=level, method=method)
