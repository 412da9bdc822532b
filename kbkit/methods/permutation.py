"""Permutation test of a linear trend within strata.

Estimand: the slope of the share of cases in the score within strata, in points of proportion per unit of score, and the
p-value of the hypothesis that scores and outcomes of a stratum's villages have nothing to do with each other.

Formula: in stratum ``k`` with share ``p_k`` the residual of a village is ``e_i = x_i - n_i p_k``; they sum to 0. The
statistic is ``T = sum e_i s_i``, recomputed with the scores of every stratum dealt out anew to its villages; ``p`` is
the share of deals with ``|T*| >= |T|``. All different deals are used where there are at most 4096, counted with equal
weight; beyond, ``draws`` random ones with ``p = (1 + count) / (1 + draws)``. The statistic reported is
``T / sqrt(sum_k sum e_i^2 sum (s_i - s_k')^2 / (m_k - 1))``, with ``m_k`` villages, ``s_k'`` their mean score: mean 0
and variance 1 over all deals. The slope is ``T / sum n_i (s_i - s_k")^2`` with ``s_k"`` the mean score of units.

Assumptions: if the hypothesis is true, every deal of a stratum's scores to its villages was equally likely. Villages of
different size have residuals of different spread and share a stratum nonetheless; scores that depend on size, on
remoteness or on one another break it. The test knows no adjustment but the strata, and its hypothesis is that of no
association in any stratum: where slopes differ between strata and average 0 it rejects too often (0.10 instead of 0.05
in a simulation with slopes of standard deviation 0.15). **One row per village**: periods of a village are added first.

Edge cases: rows with ``n = 0`` are left out. Strata of one village or of one score stay as they are and do not count.
Nobody measured: ``Undefined("nothing_measured")``; one score in every stratum: ``Undefined("one_group")``; villages of
a stratum all alike: ``Undefined("no_variance")``. The data are one of the deals, so p is never 0; with few deals it
cannot be small either, which ``smallest_p`` tells.

Source: Fisher, The Design of Experiments, 1935; Strasser & Weber, Mathematical Methods of Statistics 1999, 8:220-250
(mean and variance over deals within blocks); Phipson & Smyth, Statistical Applications in Genetics and Molecular
Biology 2010, 9:39 (``1 + count``).

Checked against: R coin 1.4-2 ``independence_test`` with blocks (statistic; exact p of two-valued scores); all
permutations written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial, prod, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, as_cluster_codes, as_counts, as_scores
from kbkit.methods.wild_bootstrap import DEFAULT_DRAWS, MOST_LISTED
from kbkit.results import Undefined

# Relative size under which a difference between two sums, or a residual, is rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class PermutationTest:
    """The test of a trend within strata.

    Attributes:
        estimate: slope within strata, points of proportion per unit of score.
        statistic: statistic over its standard deviation among deals, with the sign of the association.
        p_value: two-sided p-value.
        smallest_p: the smallest p-value that these strata and scores allow, by one deal of all or of those drawn.
        draws: deals used.
        listed: whether these are all that exist; the p-value then depends on no seed.
        n_strata: strata with two villages and two scores at least.
        method: name of the method.
    """

    estimate: float
    statistic: float
    p_value: float
    smallest_p: float
    draws: int
    listed: bool
    n_strata: int
    method: str = "permutation_within_strata"


class _Stratum(NamedTuple):
    """Villages of one stratum: residuals, scores and units, each of shape ``(villages,)``."""

    residuals: FloatArray
    scores: FloatArray
    n: FloatArray

    def deals(self) -> int:
        """Return how many different deals of the scores there are."""
        _, ties = np.unique(self.scores, return_counts=True)
        return factorial(self.scores.size) // prod(factorial(int(tie)) for tie in ties)

    def variance(self) -> float:
        """Return the variance of the stratum's part of the statistic over all deals."""
        spread = float(np.sum((self.scores - self.scores.mean()) ** 2))
        return float(self.residuals @ self.residuals) * spread / (self.scores.size - 1)

    def spread(self) -> float:
        """Return the squared deviations of the scores of units."""
        return float(self.n @ (self.scores - np.average(self.scores, weights=self.n)) ** 2)


def permutation_trend(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    scores: ArrayLike,
    within: ArrayLike,
    seed: int,
    draws: int = DEFAULT_DRAWS,
) -> PermutationTest | Undefined:
    """Test the linear trend of a proportion by dealing out the scores anew within strata.

    Args:
        cases: units with the outcome, one row per village, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        scores: score of the village's group, shape ``(rows,)``.
        within: label of the stratum that holds the village, shape ``(rows,)``.
        seed: seed of the random deals, used where there are more than 4096.
        draws: number of random deals.

    Raises:
        ValueError: the arrays do not fit together, a score or a stratum is missing, or ``draws`` is under 1.
    """
    case_counts, sizes = as_counts(cases=cases, n=n)
    numbers, codes = as_scores(scores, rows=sizes.size), as_cluster_codes(within, rows=sizes.size)
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    if sizes.sum() == 0:
        return Undefined(reason="nothing_measured")
    members = [np.flatnonzero((codes == code) & (sizes > 0)) for code in np.unique(codes)]
    strata = [
        _make_stratum(case_counts[rows], sizes[rows], numbers[rows])
        for rows in members
        if np.unique(numbers[rows]).size > 1
    ]
    if not strata:
        return Undefined(reason="one_group")
    variance = sum(stratum.variance() for stratum in strata)
    if variance <= _ROUNDING**2 * sizes.sum() ** 2:
        return Undefined(reason="no_variance")
    return _test_strata(strata, sqrt(variance), seed=seed, draws=draws)


def _make_stratum(cases: FloatArray, n: FloatArray, scores: FloatArray) -> _Stratum:
    return _Stratum(residuals=cases - n * (cases.sum() / n.sum()), scores=scores, n=n)


def _test_strata(strata: Sequence[_Stratum], deviation: float, *, seed: int, draws: int) -> PermutationTest:
    association = float(sum(stratum.residuals @ stratum.scores for stratum in strata))
    deals = prod(stratum.deals() for stratum in strata)
    listed = deals <= MOST_LISTED
    dealt = _list_deals(strata) if listed else _draw_deals(strata, draws, seed)
    extreme = int(np.sum(np.abs(dealt) >= abs(association) - _ROUNDING * deviation))
    return PermutationTest(
        estimate=association / sum(stratum.spread() for stratum in strata),
        statistic=association / deviation,
        p_value=extreme / deals if listed else (1 + extreme) / (1 + draws),
        smallest_p=1 / deals if listed else 1 / (1 + draws),
        draws=dealt.size,
        listed=listed,
        n_strata=len(strata),
    )


def _list_deals(strata: Sequence[_Stratum]) -> FloatArray:
    """Return the statistic of every different deal, shape ``(deals,)``."""
    totals = np.zeros(1)
    for stratum in strata:
        parts = stratum.residuals @ np.array(_arrange(tuple(np.sort(stratum.scores)))).T
        totals = (totals[:, None] + parts).ravel()
    return totals


def _arrange(scores: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Return every different order of sorted scores."""
    if len(scores) < 2:
        return [scores]
    firsts = [place for place, score in enumerate(scores) if place == 0 or score != scores[place - 1]]
    return [(scores[place], *rest) for place in firsts for rest in _arrange(scores[:place] + scores[place + 1 :])]


def _draw_deals(strata: Sequence[_Stratum], draws: int, seed: int) -> FloatArray:
    """Return the statistic of random deals, shape ``(draws,)``."""
    rng, totals = np.random.default_rng(seed), np.zeros(draws)
    for stratum in strata:
        totals += rng.permuted(np.tile(stratum.scores, (draws, 1)), axis=1) @ stratum.residuals
    return totals
