"""E-value: how strong an unmeasured confounder would have to be to explain a ratio away.

Estimand: the smallest ratio with which one unmeasured confounder would have to be associated with both exposure and
outcome, beyond the measured covariates, for the true ratio to be 1; the same for the limit of the interval that lies
nearer to 1.

Formula: ``E = r + sqrt(r (r - 1))`` for a ratio ``r >= 1``; a ratio under 1 enters as ``1 / r``. For the interval,
``r`` is the limit nearer to 1, and ``E = 1`` where the interval holds 1.

Assumptions: ``r`` is a ratio of prevalences (risks). An odds ratio of a common outcome, as stunting is, overstates it:
use the standardised prevalence ratio. The E-value says nothing of whether such a confounder exists, nor of selection
or mismeasurement.

Edge cases: a ratio of 1 needs no confounder: ``E = 1``. Limits without the ratio between them are refused.

Source: VanderWeele & Ding, Annals of Internal Medicine 2017, 167:268-274; Ding & VanderWeele, Epidemiology 2016,
27:368-377 (the bounding factor ``a b / (a + b - 1)`` behind it).

Checked against: the example printed in VanderWeele & Ding, 3.9 (1.8 to 8.7) gives 7.26 and 3.0; the bounding factor,
which at ``a = b = E`` gives back the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, kw_only=True)
class EValue:
    """What a confounder would need.

    Attributes:
        estimate: E-value of the estimated ratio, 1 or more.
        limit: E-value of the limit nearer to 1; 1 where the interval holds 1.
    """

    estimate: float
    limit: float


def e_value(*, ratio: float, lower: float, upper: float) -> EValue:
    """Return the E-values of a prevalence ratio and of its interval.

    Args:
        ratio: estimated prevalence ratio.
        lower: lower limit of its interval.
        upper: upper limit of its interval.

    Raises:
        ValueError: ``0 < lower <= ratio <= upper`` does not hold.
    """
    if not 0 < lower <= ratio <= upper:
        raise ValueError(f"need 0 < lower <= ratio <= upper, not {lower}, {ratio}, {upper}")
    if lower <= 1 <= upper:
        return EValue(estimate=_needed(ratio), limit=1.0)
    return EValue(estimate=_needed(ratio), limit=_needed(lower if lower > 1 else upper))


def _needed(ratio: float) -> float:
    away = max(ratio, 1 / ratio)
    return away + sqrt(away * (away - 1))
