"""Wald statistic and interval with t or normal reference.

Estimand: none of its own; turns an estimate, its standard error and its degrees of freedom into a test and an interval.

Formula: ``t = (b - b0) / se``; ``p = 2 P(T_df > |t|)``; ``b +- q se`` with ``q`` the ``(1 + level) / 2`` quantile of
``T_df``, of the normal where ``df`` is ``None``.

Assumptions: the estimate is near normal on the scale given, so bounded quantities are passed on the logit or log scale.

Edge cases: degrees of freedom need not be whole (Satterthwaite) and must be positive.

Source: any textbook; the distributions are those of :mod:`scipy.special`.

Checked against: R ``qt`` and ``pt`` at whole and fractional degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import ndtr, ndtri, stdtr, stdtrit


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
