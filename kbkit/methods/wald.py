"""Wald statistic and interval with t or normal reference, on the scale where an estimate is near normal.

Estimand: none of its own; turns an estimate, its standard error and its degrees of freedom into a test and an interval.

Formula: ``t = (b - b0) / se``; ``p = 2 P(T_df > |t|)``; ``b +- q se`` with ``q`` the ``(1 + level) / 2`` quantile of
``T_df``, of the normal where ``df`` is ``None``. A ratio is tested and bounded as its logarithm, the standard error of
the ratio itself is ``ratio * se(log ratio)``. A proportion ``p`` is bounded as its logit, with ``se / (p (1 - p))``.

Assumptions: the estimate is near normal on the scale named, and ``df`` describes how well its variance is known.

Edge cases: degrees of freedom need not be whole (Satterthwaite). Standard errors and degrees of freedom are positive
and proportions strictly between 0 and 1: a caller that cannot say so returns ``Undefined`` before.

Source: Wald, Transactions of the American Mathematical Society 1943, 54:426-482; the distributions are those of
:mod:`scipy.special`.

Checked against: R 4.2.2 ``qt`` and ``pt`` at whole and fractional degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from scipy.special import expit, logit, ndtr, ndtri, stdtr, stdtrit

from kbkit.results import Contrast


@dataclass(frozen=True, kw_only=True)
class WaldTest:
    """Statistic, two-sided p-value and limits, on the scale of the estimate."""

    statistic: float
    p_value: float
    lower: float
    upper: float


def quantile(*, probability: float, df: float | None) -> float:
    """Return the quantile of t with ``df`` degrees of freedom, of the normal for ``df=None``."""
    return float(ndtri(probability) if df is None else stdtrit(df, probability))


def critical_value(*, level: float, df: float | None) -> float:
    """Return the half width, in standard errors, of an interval with coverage ``level``."""
    return quantile(probability=(1 + level) / 2, df=df)


def two_sided_p(*, statistic: float, df: float | None) -> float:
    """Return the two-sided p-value of a statistic with t or normal reference."""
    tail = -abs(statistic)
    return 2 * float(ndtr(tail) if df is None else stdtr(df, tail))


def wald_test(*, estimate: float, std_error: float, df: float | None, level: float, null: float = 0.0) -> WaldTest:
    """Test ``estimate`` against ``null`` and give its symmetric interval."""
    statistic = (estimate - null) / std_error
    half = critical_value(level=level, df=df) * std_error
    return WaldTest(
        statistic=statistic,
        p_value=two_sided_p(statistic=statistic, df=df),
        lower=estimate - half,
        upper=estimate + half,
    )


def logit_limits(*, proportion: float, std_error: float, df: float | None, level: float) -> tuple[float, float]:
    """Return the limits of a proportion, symmetric on the logit scale and so inside 0-1."""
    centre = logit(proportion)
    half = critical_value(level=level, df=df) * std_error / (proportion * (1 - proportion))
    return float(expit(centre - half)), float(expit(centre + half))


def difference_contrast(
    *, estimate: float, std_error: float, df: float | None, level: float, term: str, method: str
) -> Contrast:
    """Return a difference of proportions, tested against 0."""
    test = wald_test(estimate=estimate, std_error=std_error, df=df, level=level)
    return Contrast(
        term=term,
        scale="difference",
        estimate=estimate,
        std_error=std_error,
        df=df,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=test.lower,
        upper=test.upper,
        level=level,
        method=method,
    )


def ratio_contrast(
    *, log_ratio: float, log_error: float, df: float | None, level: float, term: str, method: str
) -> Contrast:
    """Return a ratio from its logarithm and that logarithm's standard error, tested against 1."""
    test = wald_test(estimate=log_ratio, std_error=log_error, df=df, level=level)
    return Contrast(
        term=term,
        scale="ratio",
        estimate=exp(log_ratio),
        std_error=exp(log_ratio) * log_error,
        df=df,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=exp(test.lower),
        upper=exp(test.upper),
        level=level,
        method=method,
    )
