"""Results of several places pooled, with the variation between places.

Estimand: the mean ``mu`` of the distribution that the true values of places come from, their variance ``tau^2``, and
the range in which the true value of one more place of the kind is expected (prediction interval).

Formula: for ``k`` estimates ``y_i`` with variances ``v_i`` and ``w_i = 1 / (v_i + tau^2)``, ``mu = sum w y / sum w``.
``tau^2``: REML maximises ``-1/2 (sum log(v + tau^2) + log sum w + sum w (y - mu)^2)``, ML the same without
``log sum w``, PM solves ``sum w (y - mu)^2 = k - 1`` and DL is the first step of PM from 0,
``(Q - (k - 1)) / (S1 - S2 / S1)`` with ``S1, S2`` the sums of ``1/v`` and ``1/v^2`` and ``Q`` the sum at ``tau^2 = 0``;
none goes below 0. Standard error: ``1 / sqrt(sum w)`` with the normal; with Knapp-Hartung
``sqrt(max(1, q) / sum w)``, ``q = sum w (y - mu)^2 / (k - 1)``, with t(k - 1). ``I^2 = tau^2 / (tau^2 + s^2)`` with the
typical variance ``s^2 = (k - 1) S1 / (S1^2 - S2)``. Prediction interval: ``mu +- t(k - 1) sqrt(tau^2 + se^2)``.

Assumptions: places are independent and their true values near normal; each ``v_i`` is known. Both matter most when
``k`` is small, and then ``tau^2`` itself is hardly known: the prediction interval holds its level only roughly.

Edge cases: ``max(1, q)`` is a choice of this library: where estimates agree better than chance allows, plain
Knapp-Hartung makes the interval shorter than a common-effect analysis would, which no one should believe; the price is
an interval that is too long at times. The prediction interval takes t(k - 1) throughout; Higgins' t(k - 2) does not
exist for two places, and the normal is short. One result: ``Undefined("too_few_estimates")``. An extra one with a huge
variance changes next to nothing. With equal variances all weights are equal whatever ``tau^2`` is.

Source: DerSimonian & Laird, Controlled Clinical Trials 1986, 7:177-188; Paule & Mandel, Journal of Research of the
National Bureau of Standards 1982, 87:377-385; Viechtbauer, Journal of Educational and Behavioral Statistics 2005,
30:261-293 (ML, REML); Knapp & Hartung, Statistics in Medicine 2003, 22:2693-2710; Roever, Knapp & Friede, BMC Medical
Research Methodology 2015, 15:99 (the guard); Higgins & Thompson, Statistics in Medicine 2002, 21:1539-1558 (I^2).

Checked against: R metafor 3.8-1 ``rma`` with ``test = "z"`` and ``"adhoc"`` (Knapp-Hartung with the guard) and
``predict`` on the thirteen BCG trials, on three of them and on results that agree too well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtrc

from kbkit.methods.counts import FloatArray, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import critical_value, wald_test
from kbkit.results import Estimate, Undefined

HeterogeneityMethod = Literal["REML", "DL", "PM", "ML"]

# Points at which the likelihood is looked at before the best is refined: it can have more than one peak.
_GRID = 200


@dataclass(frozen=True, kw_only=True)
class PooledEstimate(Estimate):
    """The mean over places.

    Attributes:
        tau2: variance of the true values between places, in the unit of the estimates squared.
        i2: share of the variance of the estimates that lies between places, 0-1.
        q: Cochran's ``Q``, the weighted squares about the mean without variation between places.
        q_p_value: p-value of the test that all places share one value, chi-squared with k - 1 degrees of freedom.
        prediction_lower: lower limit for the true value of one more place.
        prediction_upper: upper limit for the true value of one more place.
        n_estimates: places pooled.
    """

    tau2: float
    i2: float
    q: float
    q_p_value: float
    prediction_lower: float
    prediction_upper: float
    n_estimates: int


def pool_random_effects(
    *,
    estimate: ArrayLike,
    variance: ArrayLike,
    method: HeterogeneityMethod = "REML",
    knapp_hartung: bool = True,
    level: float = DEFAULT_LEVEL,
) -> PooledEstimate | Undefined:
    """Pool estimates of several places.

    Args:
        estimate: one estimate a place, on a scale where it is near normal, shape ``(places,)``.
        variance: squared standard error of every estimate, shape ``(places,)``.
        method: estimator of the variance between places.
        knapp_hartung: whether the interval allows for ``tau2`` being estimated (t, never shorter than without).
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: the arrays do not fit together, a variance is not positive, or ``level`` is outside (0, 1).
    """
    check_level(level)
    values, variances = _check_estimates(estimate, variance)
    count = values.size
    if count < 2:
        return Undefined(reason="too_few_estimates", details={"estimates": count, "needed": 2})
    tau2 = _ESTIMATORS[method](values, variances)
    mean, squares, weight = _pool(values, variances, tau2)
    inflation = max(1.0, squares / (count - 1)) if knapp_hartung else 1.0
    std_error, df = sqrt(inflation / weight), count - 1.0
    test = wald_test(estimate=mean, std_error=std_error, df=df if knapp_hartung else None, level=level)
    half = critical_value(level=level, df=df) * sqrt(tau2 + std_error**2)
    q = _pool(values, variances, 0.0)[1]
    return PooledEstimate(
        estimate=mean,
        std_error=std_error,
        df=df if knapp_hartung else None,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=test.lower,
        upper=test.upper,
        level=level,
        method=f"random_effects_{method}" + ("_knapp_hartung" if knapp_hartung else ""),
        tau2=tau2,
        i2=tau2 / (tau2 + _typical_variance(variances)),
        q=q,
        q_p_value=float(chdtrc(df, q)),
        prediction_lower=mean - half,
        prediction_upper=mean + half,
        n_estimates=count,
    )


def _check_estimates(estimate: ArrayLike, variance: ArrayLike) -> tuple[FloatArray, FloatArray]:
    values, variances = np.asarray(estimate, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    if values.ndim != 1 or values.shape != variances.shape or not np.isfinite(values).all():
        raise ValueError(f"estimate and variance must be finite vectors of one length, not {values} and {variances}")
    if not (np.isfinite(variances).all() and (variances > 0).all()):
        raise ValueError("every variance must be positive: leave out what could not be estimated")
    return values, variances


def _pool(values: FloatArray, variances: FloatArray, tau2: float) -> tuple[float, float, float]:
    """Return the weighted mean, the weighted squares about it and the sum of weights."""
    weights = 1 / (variances + tau2)
    mean = float(weights @ values / weights.sum())
    return mean, float(weights @ (values - mean) ** 2), float(weights.sum())


def _typical_variance(variances: FloatArray) -> float:
    weights = 1 / variances
    return float((weights.size - 1) * weights.sum() / (weights.sum() ** 2 - weights @ weights))


def _dersimonian_laird(values: FloatArray, variances: FloatArray) -> float:
    weights = 1 / variances
    excess = _pool(values, variances, 0.0)[1] - (values.size - 1)
    return max(0.0, excess / float(weights.sum() - weights @ weights / weights.sum()))


def _paule_mandel(values: FloatArray, variances: FloatArray) -> float:
    def excess(tau2: float) -> float:
        return _pool(values, variances, tau2)[1] - (values.size - 1)

    return _root(excess, 0.0, _upper_bound(values)) if excess(0.0) > 0 else 0.0


def _likelihood_estimator(*, restricted: bool) -> Callable[[FloatArray, FloatArray], float]:
    """Return the estimator that maximises the likelihood, the restricted one if so."""

    def log_likelihood(values: FloatArray, variances: FloatArray, tau2: float) -> float:
        _, squares, weight = _pool(values, variances, tau2)
        penalty = np.log(weight) if restricted else 0.0
        return -float(np.log(variances + tau2).sum() + penalty + squares) / 2

    def score(values: FloatArray, variances: FloatArray, tau2: float) -> float:
        weights = 1 / (variances + tau2)
        mean, _, weight = _pool(values, variances, tau2)
        penalty = float(weights @ weights) / weight if restricted else 0.0
        return float(weights**2 @ (values - mean) ** 2 - weights.sum() + penalty) / 2

    def estimate(values: FloatArray, variances: FloatArray) -> float:
        bound = _upper_bound(values)
        if bound <= np.finfo(np.float64).eps * variances.min():
            return 0.0
        grid = np.append(0.0, np.geomspace(bound * 1e-9, bound, _GRID))
        best = int(np.argmax([log_likelihood(values, variances, tau2) for tau2 in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, _GRID)]
        if score(values, variances, low) <= 0:
            return 0.0
        return _root(lambda tau2: score(values, variances, tau2), low, high)

    return estimate


def _upper_bound(values: FloatArray) -> float:
    """Return a variance that no estimator reaches: k times the whole of the squares about the plain mean."""
    return float(values.size * np.sum((values - values.mean()) ** 2))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-15 * high, rtol=1e-14))


_ESTIMATORS: dict[HeterogeneityMethod, Callable[[FloatArray, FloatArray], float]] = {
    "REML": _likelihood_estimator(restricted=True),
    "ML": _likelihood_estimator(restricted=False),
    "DL": _dersimonian_laird,
    "PM": _paule_mandel,
}
