"""p-values of a family of tests, adjusted for their number.

Estimand: for every test the smallest level at which it would be rejected while an error of the whole family stays under
that level: the chance of any false rejection (``holm``, ``bonferroni``) or the expected share of false rejections among
all (``bh``, ``by``).

Formula: with the ``m`` p-values that exist in increasing order ``p_(1) <= ... <= p_(m)``: bonferroni ``m p_(i)``; holm
``max_{j <= i} (m - j + 1) p_(j)``; bh ``min_{j >= i} m p_(j) / j``; by the same times ``sum_{j <= m} 1 / j``. All are
cut at 1.

Assumptions: the family is declared before the tests are seen. Holm and bonferroni hold whatever the dependence, and
holm is never worse. ``bh`` needs independence or positive dependence; ``by`` holds whatever the dependence.

Edge cases: a test that was not made has no p-value (``None`` or ``nan``): it stays ``None`` and does not count in
``m``, for nothing can be rejected where nothing was tested. Tied p-values stay tied.

Source: Holm, Scandinavian Journal of Statistics 1979, 6:65-70; Benjamini & Hochberg, Journal of the Royal Statistical
Society B 1995, 57:289-300; Benjamini & Yekutieli, Annals of Statistics 2001, 29:1165-1188.

Checked against: R 4.2.2 ``p.adjust``, with missing values and ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from kbkit.methods.counts import FloatArray

Adjustment = Literal["holm", "bonferroni", "bh", "by"]


def adjust_p_values(*, p: Sequence[float | None], method: Adjustment) -> tuple[float | None, ...]:
    """Adjust the p-values of one family, in the order given.

    Args:
        p: p-values of the family; ``None`` or ``nan`` for a test that was not made.
        method: which error of the family is held.

    Raises:
        ValueError: a p-value is outside 0-1.
    """
    values = np.array([np.nan if value is None else value for value in p], dtype=np.float64)
    made = np.flatnonzero(~np.isnan(values))
    if ((values[made] < 0) | (values[made] > 1)).any():
        raise ValueError(f"p-values must lie between 0 and 1: {p}")
    order = made[np.argsort(values[made], kind="stable")]
    adjusted: list[float | None] = [None] * values.size
    for place, value in zip(order, _ADJUSTMENTS[method](values[order]), strict=True):
        adjusted[place] = float(min(value, 1.0))
    return tuple(adjusted)


def _bonferroni(ordered: FloatArray) -> FloatArray:
    return ordered * ordered.size


def _holm(ordered: FloatArray) -> FloatArray:
    return np.maximum.accumulate(ordered * np.arange(ordered.size, 0, -1))


def _benjamini_hochberg(ordered: FloatArray) -> FloatArray:
    ratios = ordered * ordered.size / np.arange(1, ordered.size + 1)
    return np.minimum.accumulate(ratios[::-1])[::-1]


def _benjamini_yekutieli(ordered: FloatArray) -> FloatArray:
    harmonic = float(np.sum(1 / np.arange(1, ordered.size + 1)))
    return harmonic * _benjamini_hochberg(ordered)


_ADJUSTMENTS: dict[Adjustment, Callable[[FloatArray], FloatArray]] = {
    "holm": _holm,
    "bonferroni": _bonferroni,
    "bh": _benjamini_hochberg,
    "by": _benjamini_yekutieli,
}
