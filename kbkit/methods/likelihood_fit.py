"""The frozen result of a likelihood model, and the inference that any combination of its coefficients allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.binomial_fit import TABLE_COLUMNS
from kbkit.methods.counts import check_level
from kbkit.methods.wald import wald_test
from kbkit.results import Estimate


@dataclass(frozen=True, kw_only=True, eq=False)
class LikelihoodFit:
    """A logit with a likelihood for what varies beyond chance. Log odds throughout.

    Attributes:
        names: terms, in the order of the columns of the design.
        coefficients: log odds per unit of a column, indexed by ``names``.
        covariance_matrix: the coefficients' block of the inverse observed information, indexed by ``names`` twice.
        dispersion: Pearson dispersion of the rows about the fitted proportions, against binomial variation.
        log_likelihood: the maximum, binomial coefficients included.
        n_rows: rows with measured units.
        n_clusters: groups of the outermost level; ``None`` where rows are taken as independent.
        df: degrees of freedom of the t tests, ``None`` for the normal.
        level: coverage of the intervals in ``table``.
        method: name of the model.
    """

    names: tuple[str, ...]
    coefficients: pd.Series[float]
    covariance_matrix: pd.DataFrame
    dispersion: float
    log_likelihood: float
    n_rows: int
    n_clusters: int | None
    df: float | None
    level: float
    method: str

    @property
    def deviance(self) -> float:
        """Minus twice the log-likelihood: differences between nested models are likelihood ratio statistics."""
        return -2 * self.log_likelihood

    @property
    def table(self) -> pd.DataFrame:
        """One row per term, columns :data:`TABLE_COLUMNS`, ``level`` and ``method``.

        ``df`` is infinite for the normal.
        """
        rows = [self.linear_combination(weights=unit) for unit in np.eye(len(self.names))]
        cells = [[getattr(row, column) for column in TABLE_COLUMNS] for row in rows]
        table = pd.DataFrame(cells, index=pd.Index(self.names, name="term"), columns=list(TABLE_COLUMNS), dtype=float)
        return table.assign(df=np.inf if self.df is None else self.df, level=self.level, method=self.method)

    def linear_combination(self, *, weights: ArrayLike, null: float = 0.0, level: float | None = None) -> Estimate:
        """Estimate and test a combination of coefficients, in log odds.

        Args:
            weights: coefficients of the combination, not all 0, shape ``(columns,)``.
            null: value to test against.
            level: coverage of the interval; that of the fit where not given.

        Raises:
            ValueError: ``weights`` does not have one value per column or is 0, or ``level`` is outside (0, 1).
        """
        vector, coverage = np.asarray(weights, dtype=np.float64), check_level(self.level if level is None else level)
        if vector.shape != (len(self.names),) or not vector.any():
            raise ValueError(f"weights must have {len(self.names)} values, not all 0")
        estimate = float(vector @ self.coefficients.to_numpy())
        std_error = float(np.sqrt(vector @ self.covariance_matrix.to_numpy() @ vector))
        test = wald_test(estimate=estimate, std_error=std_error, df=self.df, level=coverage, null=null)
        return Estimate(
            estimate=estimate,
            std_error=std_error,
            df=self.df,
            statistic=test.statistic,
            p_value=test.p_value,
            lower=test.lower,
            upper=test.upper,
            level=coverage,
            method=self.method,
        )
