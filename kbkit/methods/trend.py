"""Linear trend of a proportion over ordered groups, with and without strata, **unclustered**.

Estimand: the slope of the share of cases in the score, in points of proportion per unit of score; with strata the
common slope within strata. The test is of the hypothesis that the share does not depend on the score.

Formula: with ``m`` units, ``p`` the share of all and ``s'`` the mean score of units,
``T = sum x_i (s_i - s')`` and ``S = sum n_i (s_i - s')^2``. Cochran-Armitage: ``z = T / sqrt(p (1 - p) S)``. Mantel's
extension takes every quantity within its stratum, conditions on the number of cases, and sums:
``z = sum T_k / sqrt(sum p_k (1 - p_k) S_k m_k / (m_k - 1))``. The slope is ``sum T / sum S`` and its standard error,
under the hypothesis, slope over ``z``. Two-sided normal p.

Assumptions: independent units with one probability within a score (and a stratum). Children of one village or one
kecamatan are not such units: on village data these tests reject a true hypothesis several times too often. They stand
beside the clustered fit as description, their ``method`` says ``unclustered``, and no interval is given.

Edge cases: rows with ``n = 0`` say nothing. Nobody measured: ``Undefined("nothing_measured")``; one score only (in
every stratum): ``Undefined("one_group")``; no case, or cases only: ``Undefined("no_variance")``. A stratum of one unit,
of one score, or without variation of the outcome adds nothing to test and p-value. Mantel's extension in one stratum is
Cochran-Armitage times ``sqrt((m - 1) / m)``: conditional and unconditional variance. statsmodels'
``Table.test_ordinal_association`` is the conditional one.

Source: Cochran, Biometrics 1954, 10:417-451; Armitage, Biometrics 1955, 11:375-386; Mantel, JASA 1963, 58:690-700.

Checked against: R 4.2.2 ``prop.trend.test``; coin 1.4-2 ``independence_test`` with scores, with and without blocks, on
one row per unit; statsmodels 0.15 ``Table.test_ordinal_association``.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, as_counts, as_scores, sum_within
from kbkit.methods.wald import two_sided_p
from kbkit.results import Estimate, Undefined


class _Sums(NamedTuple):
    """Sums of every stratum, each of shape ``(strata,)``."""

    units: FloatArray
    share: FloatArray
    association: FloatArray
    spread: FloatArray


def trend_test(*, cases: ArrayLike, n: ArrayLike, scores: ArrayLike) -> Estimate | Undefined:
    """Test the linear trend of a proportion (Cochran-Armitage), units taken as independent.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        scores: score of the group that the row belongs to, shape ``(rows,)``.

    Raises:
        ValueError: the arrays do not fit together or a score is missing.
    """
    case_counts, sizes = as_counts(cases=cases, n=n)
    one_stratum = np.zeros(sizes.size, dtype=np.int64)
    sums = _sum_strata(case_counts, sizes, as_scores(scores, rows=sizes.size), one_stratum)
    return _describe_trend(sums, variance=sums.share * (1 - sums.share) * sums.spread, method="cochran_armitage")


def stratified_trend_test(
    *, cases: ArrayLike, n: ArrayLike, scores: ArrayLike, stratum: ArrayLike
) -> Estimate | Undefined:
    """Test the linear trend of a proportion within strata (Mantel's extension), units taken as independent.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        scores: score of the group that the row belongs to, shape ``(rows,)``.
        stratum: label of the stratum that the row belongs to, shape ``(rows,)``.

    Raises:
        ValueError: the arrays do not fit together, or a score or a stratum is missing.
    """
    case_counts, sizes = as_counts(cases=cases, n=n)
    codes = as_cluster_codes(stratum, rows=sizes.size)
    sums = _sum_strata(case_counts, sizes, as_scores(scores, rows=sizes.size), codes)
    several = sums.units > 1
    conditional = np.divide(sums.units, sums.units - 1, out=np.zeros(several.shape), where=several)
    variance = conditional * sums.share * (1 - sums.share) * sums.spread
    return _describe_trend(sums, variance=variance, method="mantel_extension")


def _sum_strata(cases: FloatArray, n: FloatArray, scores: FloatArray, codes: IntArray) -> _Sums:
    units = sum_within(codes, n)
    divisor = np.where(units > 0, units, 1.0)
    deviations = scores - (sum_within(codes, n * scores) / divisor)[codes]
    return _Sums(
        units=units,
        share=sum_within(codes, cases) / divisor,
        association=sum_within(codes, cases * deviations),
        spread=sum_within(codes, n * deviations**2),
    )


def _describe_trend(sums: _Sums, *, variance: FloatArray, method: str) -> Estimate | Undefined:
    spread, total = float(sums.spread.sum()), float(variance.sum())
    if sums.units.sum() == 0:
        return Undefined(reason="nothing_measured")
    if spread == 0:
        return Undefined(reason="one_group")
    if total == 0:
        return Undefined(reason="no_variance")
    statistic = float(sums.association.sum()) / sqrt(total)
    return Estimate(
        estimate=float(sums.association.sum()) / spread,
        std_error=sqrt(total) / spread,
        statistic=statistic,
        p_value=two_sided_p(statistic=statistic, df=None),
        method=f"{method}_unclustered",
    )
