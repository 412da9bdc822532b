"""Concentration index: how far the outcome gathers at one end of a social order.

Estimand: twice the covariance of outcome and rank over the prevalence, -1 to 1; negative where cases gather at the
bottom. For an outcome that is yes or no its bounds depend on the prevalence, which the corrections take out.

Formula: with prevalence ``m``, shares of units ``w_i`` and ridits ``R_i`` (see :mod:`kbkit.methods.inequality`),
``h = 2 sum w_i p_i R_i`` and ``C = h / m - 1``. Erreygers ``4 m C``, Wagstaff ``C / (1 - m)``. A unit of row ``j``
influences ``h`` by ``2 p_j R_j + sum_i w_i p_i (2 [i above j] + [i beside j]) - 2 h``, through its own rank and that of
all others, and ``m`` by ``p_j - m``; the influence on an index follows by the chain rule. With ``z_c`` the sum of
``w_j times influence`` over a cluster, the variance is ``G / (G - 1) sum_c z_c^2``; t(G - 1).

Assumptions: clusters are independent; nothing within them.

Edge cases: rows that tie share a rank and rows without measured units have no part. No case, or cases only:
``Undefined("no_variance")``. One position: ``Undefined("one_group")``. One cluster:
``Undefined("too_few_clusters")``. Nobody measured: ``Undefined("nothing_measured")``.

Source: Kakwani, Wagstaff & van Doorslaer, Journal of Econometrics 1997, 77:87-103 (index and its variance); Erreygers,
Journal of Health Economics 2009, 28:504-515; Wagstaff, Health Economics 2005, 14:429-432; O'Donnell, van Doorslaer,
Wagstaff & Lindelow, Analyzing Health Equity Using Household Survey Data, 2008.

Checked against: R 4.2.2, the covariance formula on one row per child and the variance of Kakwani, Wagstaff & van
Doorslaer written out, their equation 14, with every child a cluster; influences against finite differences in the
weights.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, as_cluster_codes, as_counts, check_level
from kbkit.methods.inequality import rank_units
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import wald_test
from kbkit.results import Estimate, Undefined

Correction = Literal["erreygers", "wagstaff"]

# A standard error of an index below this is rounding.
_NO_ERROR = 1e-12


def concentration_index(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    position: ArrayLike,
    cluster: ArrayLike,
    correction: Correction | None = None,
    level: float = DEFAULT_LEVEL,
) -> Estimate | Undefined:
    """Estimate the concentration index of a proportion, with an interval that respects clusters.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        position: place in the social order, lowest at the bottom, shape ``(rows,)``.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        correction: how the bounds of an outcome that is yes or no are allowed for.
        level: coverage of the interval, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    check_level(level)
    case_counts, sizes = as_counts(cases=cases, n=n)
    codes, places = as_cluster_codes(cluster, rows=sizes.size), np.asarray(position, dtype=np.float64)
    if not sizes.sum() > 0:
        return Undefined(reason="nothing_measured")
    measured = sizes > 0
    ranks = rank_units(n=sizes, position=places)[measured]
    case_counts, sizes, codes = case_counts[measured], sizes[measured], codes[measured]
    clusters = np.unique(codes).size
    obstacle = _find_obstacle(case_counts, sizes, ranks, clusters)
    if obstacle is not None:
        return obstacle
    index, influence = _index(case_counts / sizes, sizes / sizes.sum(), ranks, correction)
    totals = np.bincount(codes, weights=sizes / sizes.sum() * influence)
    std_error = float(np.sqrt(totals @ totals * clusters / (clusters - 1)))
    if std_error < _NO_ERROR:
        return Undefined(reason="no_variance")
    test = wald_test(estimate=index, std_error=std_error, df=clusters - 1.0, level=level)
    return Estimate(
        estimate=index,
        std_error=std_error,
        df=clusters - 1.0,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=test.lower,
        upper=test.upper,
        level=level,
        method=f"concentration_index_{correction}" if correction else "concentration_index",
    )


def _find_obstacle(cases: FloatArray, n: FloatArray, ranks: FloatArray, clusters: int) -> Undefined | None:
    if cases.sum() in (0.0, n.sum()):
        return Undefined(reason="no_variance")
    if np.unique(ranks).size == 1:
        return Undefined(reason="one_group")
    if clusters == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    return None


def _index(
    share: FloatArray, weight: FloatArray, ranks: FloatArray, correction: Correction | None
) -> tuple[float, FloatArray]:
    """Return the index and the influence of a unit of every row, shape ``(rows,)``."""
    mean, ordered = float(weight @ share), 2 * float(weight @ (share * ranks))
    in_ordered = 2 * share * ranks + _weight_of_higher(share, weight, ranks) - 2 * ordered
    in_mean = share - mean
    if correction == "erreygers":
        return 4 * (ordered - mean), 4 * (in_ordered - in_mean)
    index = ordered / mean - 1
    influence = (in_ordered - ordered / mean * in_mean) / mean
    if correction == "wagstaff":
        return index / (1 - mean), influence / (1 - mean) + index / (1 - mean) ** 2 * in_mean
    return index, influence


def _weight_of_higher(share: FloatArray, weight: FloatArray, ranks: FloatArray) -> FloatArray:
    """Return ``sum_i w_i p_i (2 [i above j] + [i beside j])`` for every row ``j``, shape ``(rows,)``."""
    _, places = np.unique(ranks, return_inverse=True)
    outcome = np.bincount(places, weights=weight * share)
    higher: FloatArray = (2 * (outcome.sum() - np.cumsum(outcome)) + outcome)[places]
    return higher
