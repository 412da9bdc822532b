"""The frozen result of a grouped logit, and the inference that any combination of its coefficients allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.cluster_covariance import ClusterCovariance, SatterthwaiteMoments
from kbkit.methods.counts import FloatArray, IntArray, check_level
from kbkit.methods.wald import wald_test
from kbkit.results import Estimate, Undefined

Covariance = ClusterCovariance | Literal["model", "quasi"]

# The covariances that take rows, not clusters, as independent.
WITHOUT_CLUSTERS = frozenset({"model", "quasi"})

# The numbers of a table, in its order.
TABLE_COLUMNS = ("estimate", "std_error", "df", "statistic", "p_value", "lower", "upper")

# A variance that is this small a part of the model's is rounding: nothing informs the combination.
_NO_VARIANCE = 1e-10


class Uncertainty(NamedTuple):
    """Standard error of a combination of coefficients and the degrees of freedom of its t, ``None`` for the normal."""

    std_error: float
    df: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class BinomialFit:
    """A fitted logit of grouped counts. Log odds throughout; the probability scale is in ``standardisation``.

    Attributes:
        names: terms, in the order of the columns of ``design``.
        log_odds: coefficients, log odds per unit of a column, shape ``(columns,)``.
        log_odds_covariance: their covariance by the chosen method, shape ``(columns, columns)``.
        covariance: the method chosen, for example ``"CR2"``.
        dispersion: Pearson dispersion of the rows, 1 for binomial counts.
        deviance: residual deviance.
        df_resid: rows with measured units minus columns.
        n_rows: rows with measured units.
        n_clusters: clusters with measured units; ``None`` without clusters.
        absorbs_clusters: whether some cluster has a level of its own in the design (fixed effects of clusters), so that
            the covariance cannot see how much levels differ between clusters.
        level: coverage of the intervals in ``table``.
        cases: cases of every row handed in, shape ``(rows,)``.
        n: measured units of every row handed in, shape ``(rows,)``.
        design: design matrix handed in, shape ``(rows, columns)``.
        cluster: cluster codes of every row handed in, shape ``(rows,)``; ``None`` without clusters.
        model_covariance: covariance were the counts binomial, shape ``(columns, columns)``.
        moments: what gives the CR2 degrees of freedom; ``None`` for other covariances.
    """

    names: tuple[str, ...]
    log_odds: FloatArray = field(repr=False)
    log_odds_covariance: FloatArray = field(repr=False)
    covariance: Covariance
    dispersion: float
    deviance: float
    df_resid: int
    n_rows: int
    n_clusters: int | None
    absorbs_clusters: bool
    level: float
    cases: FloatArray = field(repr=False)
    n: FloatArray = field(repr=False)
    design: FloatArray = field(repr=False)
    cluster: IntArray | None = field(repr=False)
    model_covariance: FloatArray = field(repr=False)
    moments: SatterthwaiteMoments | None = field(repr=False)

    @property
    def method(self) -> str:
        """Name of model and covariance, as results carry it."""
        return f"binomial_logit_{self.covariance}"

    @property
    def coefficients(self) -> pd.Series[float]:
        """``log_odds``, indexed by ``names``."""
        return pd.Series(self.log_odds, index=list(self.names), name="estimate")

    @property
    def covariance_matrix(self) -> pd.DataFrame:
        """``log_odds_covariance``, indexed by ``names`` twice."""
        return pd.DataFrame(self.log_odds_covariance, index=list(self.names), columns=list(self.names))

    @property
    def table(self) -> pd.DataFrame:
        """One row per term, columns :data:`TABLE_COLUMNS`, ``level`` and ``method``.

        ``df`` is infinite for the normal. Where nothing informs the variance of a term, its estimate stands alone.
        """
        rows = [self.linear_combination(weights=unit) for unit in np.eye(len(self.names))]
        cells = [[getattr(row, column, None) for column in TABLE_COLUMNS] for row in rows]
        table = pd.DataFrame(cells, index=pd.Index(self.names, name="term"), columns=list(TABLE_COLUMNS), dtype=float)
        if self.covariance == "model":
            table["df"] = np.inf
        return table.assign(estimate=self.log_odds, level=self.level, method=self.method)

    @property
    def satterthwaite_df(self) -> pd.Series[float] | None:
        """CR2 degrees of freedom of every term, indexed by ``names``; ``None`` for other covariances."""
        return self.table["df"] if self.moments is not None else None

    def uncertainty(self, weights: FloatArray) -> Uncertainty | Undefined:
        """Return standard error and degrees of freedom of ``weights' b``.

        Args:
            weights: coefficients of the combination, for example a delta-method gradient, shape ``(columns,)``.
        """
        variance = float(weights @ self.log_odds_covariance @ weights)
        if variance <= _NO_VARIANCE * float(weights @ self.model_covariance @ weights):
            return Undefined(reason="no_variance")
        if self.moments is None:
            return Uncertainty(float(np.sqrt(variance)), self._reference_df())
        df = self.moments.degrees_of_freedom(weights)
        return Undefined(reason="no_variance") if df is None else Uncertainty(float(np.sqrt(variance)), df)

    def linear_combination(
        self, *, weights: ArrayLike, null: float = 0.0, level: float | None = None
    ) -> Estimate | Undefined:
        """Estimate and test a combination of coefficients, in log odds.

        Args:
            weights: coefficients of the combination, shape ``(columns,)``.
            null: value to test against.
            level: coverage of the interval; that of the fit where not given.

        Raises:
            ValueError: ``weights`` does not have one value per column, or ``level`` is outside (0, 1).
        """
        vector, coverage = np.asarray(weights, dtype=np.float64), check_level(self.level if level is None else level)
        if vector.shape != (len(self.names),):
            raise ValueError(f"weights must have {len(self.names)} values, not shape {vector.shape}")
        uncertainty = self.uncertainty(vector)
        if isinstance(uncertainty, Undefined):
            return uncertainty
        estimate = float(vector @ self.log_odds)
        std_error, df = uncertainty
        test = wald_test(estimate=estimate, std_error=std_error, df=df, level=coverage, null=null)
        return Estimate(
            estimate=estimate,
            std_error=std_error,
            df=df,
            statistic=test.statistic,
            p_value=test.p_value,
            lower=test.lower,
            upper=test.upper,
            level=coverage,
            method=self.method,
        )

    def _reference_df(self) -> float | None:
        if self.covariance == "model":
            return None
        if self.covariance == "quasi":
            return float(self.df_resid)
        return None if self.n_clusters is None else self.n_clusters - 1.0
