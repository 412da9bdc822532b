"""Beta-binomial logit: counts that vary between rows more than chance would make them.

Estimand: coefficients of ``logit E(cases / n) = X b``, log odds per unit of a column, and the correlation ``r`` of two
units of one row.

Formula: maximum likelihood of ``x ~ Binomial(n, q)`` with ``q ~ Beta(p f, (1 - p) f)``, ``p = expit(X b)``,
``f = (1 - r) / r``, whose log-likelihood is ``sum_i log C(n, x) + B(x, pf) + B(n - x, (1 - p) f) - B(n, f)`` with
``B(k, a) = log Gamma(k + a) - log Gamma(a)``, over ``b`` and ``logit r``. The variance of a row is
``n p (1 - p) (1 + (n - 1) r)``. Covariance: inverse of the observed information; normal tests and intervals, for ``r``
on the logit scale.

Assumptions: **independent rows**, and a beta distribution of the rows' proportions. Villages of one kecamatan resemble
each other, which this model does not know: its standard errors are too small where tiers go by kecamatan. It stands
beside the primary analysis as a check of the weights that rows get.

Edge cases: rows with ``n = 0`` are left out; rows with ``n = 1`` inform ``b`` only. Where the counts vary no more than
binomial ones the likelihood is highest at ``r = 0``, on the border: told by its slope there,
``sum x (x - 1) / 2p + (n - x) (n - x - 1) / 2 (1 - p) - n (n - 1) / 2`` at the binomial fit, which must be positive,
else ``Undefined("no_overdispersion")``; the binomial fit is then the estimate. Further ``nothing_measured``,
``rank_deficient``, ``no_residual_df`` and ``separation`` as in :mod:`kbkit.methods.binomial`, and ``not_converged``.

Source: Skellam, Journal of the Royal Statistical Society B 1948, 10:257-261; Williams, Biometrics 1975, 31:949-952;
Crowder, Applied Statistics 1978, 27:34-37 (regression); Tarone, Biometrika 1979, 66:585-590 (slope at ``r = 0``).

Checked against: R glmmTMB 1.1.5 ``betabinomial`` and VGAM 1.1-7 ``betabinomial`` on the villages and on lme4's cbpp;
gradient against finite differences; the binomial fit as the limit of no over-dispersion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import expit, gammaln, logit, polygamma

from kbkit.methods.binomial import estimate_dispersion, fit_binomial
from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.counts import FloatArray
from kbkit.methods.likelihood_fit import LikelihoodFit
from kbkit.methods.likelihood_search import Peak, find_peak
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import logit_limits
from kbkit.results import Estimate, Undefined

# Where the search for the correlation begins when the counts vary much, or hardly more than chance.
_LEAST_START, _MOST_START = 1e-4, 0.5

METHOD = "beta_binomial_logit"


@dataclass(frozen=True, kw_only=True, eq=False)
class BetaBinomialFit(LikelihoodFit):
    """A fitted beta-binomial logit.

    Attributes:
        icc: correlation of two units of one row, 0-1.
    """

    icc: Estimate


def fit_beta_binomial(
    *, cases: ArrayLike, n: ArrayLike, design: ArrayLike, names: Sequence[str], level: float = DEFAULT_LEVEL
) -> BetaBinomialFit | Undefined:
    """Fit the beta-binomial logit of ``cases`` among ``n`` on ``design``, rows taken as independent.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``; rows with 0 are left out.
        design: numeric design matrix with its constant, shape ``(rows, columns)``.
        names: one unique term per column.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: the arrays do not fit together, ``design`` is not finite, or ``level`` is outside (0, 1).
    """
    binomial = fit_binomial(
        cases=cases, n=n, design=design, names=names, covariance="model", level=level, solver="newton"
    )
    if isinstance(binomial, Undefined):
        return binomial
    rows = _Rows.measured(binomial)
    if rows.slope_without_correlation(rows.start(binomial)[:-1]) <= 0:
        return Undefined(reason="no_overdispersion")
    peak = find_peak(
        rows.log_likelihood, start=rows.start(binomial), scale=rows.scale(binomial), information=rows.information
    )
    if peak is None:
        return Undefined(reason="not_converged")
    return _describe_fit(rows, binomial, peak)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """Rows with measured units."""

    cases: FloatArray
    n: FloatArray
    design: FloatArray

    @classmethod
    def measured(cls, fit: BinomialFit) -> _Rows:
        kept = fit.n > 0
        return cls(cases=fit.cases[kept], n=fit.n[kept], design=fit.design[kept])

    def slope_without_correlation(self, coefficients: FloatArray) -> float:
        """Return the derivative of the log-likelihood in the correlation, where that is 0."""
        fitted, rest = expit(self.design @ coefficients), self.n - self.cases
        both_cases = self.cases * (self.cases - 1) / fitted
        both_free = rest * (rest - 1) / (1 - fitted)
        return float(np.sum(both_cases + both_free - self.n * (self.n - 1))) / 2

    def start(self, fit: BinomialFit) -> FloatArray:
        """Return the binomial coefficients and the correlation that their dispersion suggests, as a logit."""
        correlation = (fit.dispersion - 1) / max(float(self.n.mean()) - 1, 1.0)
        return np.append(fit.log_odds, logit(np.clip(correlation, _LEAST_START, _MOST_START)))

    def scale(self, fit: BinomialFit) -> FloatArray:
        """Return about the root of the covariance of the estimate; the logit of a correlation is known to some 0.3."""
        columns = len(fit.names)
        scale = np.diag(np.full(columns + 1, 0.3))
        scale[:columns, :columns] = np.linalg.cholesky(max(fit.dispersion, 1.0) * fit.model_covariance)
        return scale

    @cached_property
    def log_combinations(self) -> float:
        """Return the part of the log-likelihood that no parameter moves."""
        rest = self.n - self.cases
        return float(np.sum(gammaln(self.n + 1) - gammaln(self.cases + 1) - gammaln(rest + 1)))

    def log_likelihood(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        """Return log-likelihood and gradient in ``b`` and ``logit r``."""
        fitted, precision = expit(self.design @ parameters[:-1]), np.exp(-parameters[-1])
        rest, a, c = self.n - self.cases, fitted * precision, (1 - fitted) * precision
        value = _log_rising(self.cases, a) + _log_rising(rest, c) - _log_rising(self.n, precision)
        by_a, by_c, by_precision = _rise(self.cases, a), _rise(rest, c), _rise(self.n, precision)
        in_linear = precision * fitted * (1 - fitted) * (by_a - by_c)
        in_correlation = -np.sum(a * by_a + c * by_c - precision * by_precision)
        gradient = np.append(self.design.T @ in_linear, in_correlation)
        return float(np.sum(value)) + self.log_combinations, gradient

    def information(self, parameters: FloatArray) -> FloatArray:
        """Return minus the second derivatives of the log-likelihood in ``b`` and ``logit r``."""
        fitted, precision = expit(self.design @ parameters[:-1]), np.exp(-parameters[-1])
        rest, a, c = self.n - self.cases, fitted * precision, (1 - fitted) * precision
        slope, by_a, by_c = precision * fitted * (1 - fitted), _rise(self.cases, a), _rise(rest, c)
        a_twice, c_twice = _rise(self.cases, a, order=1), _rise(rest, c, order=1)
        in_linear = slope * (1 - 2 * fitted) * (by_a - by_c) + slope**2 * (a_twice + c_twice)
        across = self.design.T @ (slope * (c * c_twice - a * a_twice - by_a + by_c))
        of_parts = a * by_a + a**2 * a_twice + c * by_c + c**2 * c_twice
        of_whole = precision * _rise(self.n, precision) + precision**2 * _rise(self.n, precision, order=1)
        linear = self.design.T @ (in_linear[:, None] * self.design)
        return -np.block([[linear, across[:, None]], [across[None, :], np.sum(of_parts - of_whole)]])


def _log_rising(count: FloatArray, base: FloatArray | float) -> FloatArray:
    """Return ``log(base (base + 1) ... (base + count - 1))``."""
    rising: FloatArray = gammaln(count + base) - gammaln(base)
    return rising


def _rise(count: FloatArray, base: FloatArray | float, *, order: int = 0) -> FloatArray:
    """Return the first derivative of :func:`_log_rising` in ``base``, or the second for ``order=1``."""
    rise: FloatArray = polygamma(order, count + base) - polygamma(order, base)
    return rise


def _describe_fit(rows: _Rows, binomial: BinomialFit, peak: Peak) -> BetaBinomialFit | Undefined:
    names = list(binomial.names)
    fitted = expit(rows.design @ peak.parameters[:-1])
    dispersion = estimate_dispersion(cases=rows.cases, n=rows.n, fitted=fitted, n_parameters=len(names))
    if isinstance(dispersion, Undefined):
        return dispersion
    return BetaBinomialFit(
        names=binomial.names,
        coefficients=pd.Series(peak.parameters[:-1], index=names, name="estimate"),
        covariance_matrix=pd.DataFrame(peak.covariance[:-1, :-1], index=names, columns=names),
        dispersion=dispersion,
        log_likelihood=peak.log_likelihood,
        n_rows=rows.n.size,
        n_clusters=None,
        df=None,
        level=binomial.level,
        method=METHOD,
        icc=_describe_correlation(peak, binomial.level),
    )


def _describe_correlation(peak: Peak, level: float) -> Estimate:
    correlation = float(expit(peak.parameters[-1]))
    std_error = float(np.sqrt(peak.covariance[-1, -1])) * correlation * (1 - correlation)
    lower, upper = logit_limits(proportion=correlation, std_error=std_error, df=None, level=level)
    return Estimate(
        estimate=correlation, std_error=std_error, lower=lower, upper=upper, level=level, method=f"{METHOD}_icc"
    )
