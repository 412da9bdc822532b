"""Robustness value: how strong an unmeasured confounder would have to be to change a linear coefficient.

Estimand: the share of residual variance, of exposure and of outcome alike, that an unmeasured confounder would have to
explain to take away the share ``q`` of the estimate; and to leave it no longer different from what then remains, at
level ``1 - alpha``. Beside it the share of outcome variance that the exposure alone explains.

Formula: ``f = |t| / sqrt(df)``, ``f_q = q f``, ``RV = (sqrt(g^4 + 4 g^2) - g^2) / 2`` with ``g = f_q`` for the estimate
and ``g = f_q - c``, ``c = t*(1 - alpha/2; df - 1) / sqrt(df - 1)``, for significance; 0 where ``g < 0``. Where the
confounder need not explain as much of the outcome as of the exposure (``f_q > 1 / c``) the value for significance is
``(f_q^2 - c^2) / (1 + f_q^2)``. Partial ``R^2 = t^2 / (t^2 + df)``.

Assumptions: ``t`` and ``df`` are those of ordinary least squares with its classical standard error: partial ``R^2`` is
a matter of the fit, not of the sandwich, and a clustered ``t`` put in gives a number without this meaning. The
confounder is linear in its association with both.

Edge cases: ``t = 0`` gives 0: no confounder is needed. ``df`` of 1 or less leaves no critical value and is refused.

Source: Cinelli & Hazlett, Journal of the Royal Statistical Society B 2020, 82:39-67; Cinelli & Hazlett, Biometrika
2025, 112:asaf004 (significance where the outcome need not be explained as well).

Checked against: the example printed in Cinelli & Hazlett 2020, section 5 (exposure to violence in Darfur, t = 4.18 on
783 degrees of freedom: 13.9 %, 7.6 %, partial R2 2.2 %); the bias formula, which at the value takes away the estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from kbkit.methods.wald import critical_value

# Size of a two-sided test, the convention that the intervals of this library follow too.
DEFAULT_ALPHA = 0.05


@dataclass(frozen=True, kw_only=True)
class RobustnessValue:
    """What a confounder would need, as shares of residual variance, 0-1.

    Attributes:
        estimate: to take away the share ``q`` of the estimate.
        significance: to leave it within chance of what then remains; 0 where it is so without any confounder.
        partial_r2: share of the residual outcome variance that the exposure explains: what a confounder that explains
            all of the outcome would need of the exposure.
    """

    estimate: float
    significance: float
    partial_r2: float


def robustness_value(*, t: float, df: float, q: float = 1.0, alpha: float = DEFAULT_ALPHA) -> RobustnessValue:
    """Return the robustness values of a coefficient of ordinary least squares.

    Args:
        t: its t statistic with the classical standard error.
        df: residual degrees of freedom, above 1.
        q: share of the estimate to take away, 1 for all of it.
        alpha: size of the two-sided test, 0-1.

    Raises:
        ValueError: ``df`` is 1 or less, ``q`` is not positive or ``alpha`` is outside (0, 1).
    """
    if not (df > 1 and q > 0 and 0 < alpha < 1):
        raise ValueError(f"need df > 1, q > 0 and alpha between 0 and 1, not {df}, {q}, {alpha}")
    strength = q * abs(t) / sqrt(df)
    chance = critical_value(level=1 - alpha, df=df - 1) / sqrt(df - 1)
    return RobustnessValue(
        estimate=_equal_shares(strength),
        significance=_significance(strength, chance),
        partial_r2=t * t / (t * t + df),
    )


def _equal_shares(strength: float) -> float:
    square = strength * strength
    return (sqrt(square * square + 4 * square) - square) / 2


def _significance(strength: float, chance: float) -> float:
    if strength <= chance:
        return 0.0
    if strength * chance > 1:
        return (strength**2 - chance**2) / (1 + strength**2)
    return _equal_shares(strength - chance)
