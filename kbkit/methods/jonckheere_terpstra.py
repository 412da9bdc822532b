"""Jonckheere-Terpstra test of values that rise or fall over ordered groups, **unclustered**.

Estimand: the probability that of two rows from different groups the one of the higher group has the larger value, ties
counted half; 1/2 when the groups do not differ.

Formula: ``J`` counts the pairs from different groups in which the higher group has the larger value, ties half, and
the estimate is ``J`` over the number of such pairs, ``(N^2 - sum n_g^2) / 2``. With groups of ``n_g`` rows and ties of
``t_v`` equal values the variance of ``J`` under the hypothesis is ``A / 72 + B / (36 N (N-1) (N-2)) + C / (8 N (N-1))``
where ``A = f(N) - sum f(n_g) - sum f(t_v)`` with ``f(k) = k (k-1) (2k+5)``,
``B = sum n_g (n_g-1) (n_g-2) sum t_v (t_v-1) (t_v-2)`` and ``C = sum n_g (n_g-1) sum t_v (t_v-1)``.
``z = (J - E J) / sd(J)``, two-sided normal p, no continuity correction. The standard error is that of the hypothesis.

Assumptions: rows are independent and exchangeable if the hypothesis is true. Every row counts the same, however many
children a village measured, and villages of one kecamatan resemble each other: both are against this test, which is
shown beside the clustered fit as description. Its ``method`` says ``unclustered``.

Edge cases: no row: ``Undefined("nothing_measured")``; one group: ``Undefined("one_group")``; all values equal, or fewer
than three rows: ``Undefined("no_variance")``. Two groups make it the Wilcoxon rank sum test without continuity
correction. The normal is close from some ten rows a group on.

Source: Jonckheere, Biometrika 1954, 41:133-145; Terpstra, Indagationes Mathematicae 1952, 14:327-333; Hollander &
Wolfe, Nonparametric Statistical Methods, 2nd ed. 1999, section 6.2 (variance with ties).

Checked against: R 4.2.2 ``cor.test(method = "kendall", exact = FALSE)``, whose z is the same, and ``wilcox.test`` for
two groups; the pairs counted one by one; the variance over all permutations of a small example.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, as_scores
from kbkit.methods.wald import two_sided_p
from kbkit.results import Estimate, Undefined


def jonckheere_terpstra(*, values: ArrayLike, group: ArrayLike) -> Estimate | Undefined:
    """Test whether values rise or fall over ordered groups, rows taken as independent.

    Args:
        values: the outcome, for example a village's prevalence, shape ``(rows,)``.
        group: ordered group of the row as a number, shape ``(rows,)``; only the order matters.

    Raises:
        ValueError: the arrays are not vectors of one length, or a value is missing.
    """
    outcome = as_scores(values, rows=np.size(values))
    _, value_codes = np.unique(outcome, return_inverse=True)
    _, group_codes = np.unique(as_scores(group, rows=outcome.size), return_inverse=True)
    if outcome.size == 0:
        return Undefined(reason="nothing_measured")
    table = np.zeros((value_codes.max() + 1, group_codes.max() + 1))
    np.add.at(table, (value_codes, group_codes), 1.0)
    if table.shape[1] == 1:
        return Undefined(reason="one_group")
    if table.shape[0] == 1 or outcome.size == 2:
        return Undefined(reason="no_variance")
    pairs = float(outcome.size**2 - np.sum(table.sum(axis=0) ** 2)) / 2
    share, std_error = _count_concordant(table) / pairs, sqrt(_null_variance(table)) / pairs
    statistic = (share - 0.5) / std_error
    return Estimate(
        estimate=share,
        std_error=std_error,
        statistic=statistic,
        p_value=two_sided_p(statistic=statistic, df=None),
        method="jonckheere_terpstra_unclustered",
    )


def _count_concordant(table: FloatArray) -> float:
    """Return ``J`` of a table of values by groups, both in ascending order."""
    below = np.cumsum(table, axis=0) - table
    smaller_or_half = below + table / 2
    in_lower_groups = np.cumsum(smaller_or_half, axis=1) - smaller_or_half
    return float(np.sum(table * in_lower_groups))


def _null_variance(table: FloatArray) -> float:
    """Return the variance of ``J`` over all ways to hand the values to the rows."""
    rows, groups, ties = float(table.sum()), table.sum(axis=0), table.sum(axis=1)

    def first(count: FloatArray | float) -> float:
        return float(np.sum(count * (count - 1) * (2 * count + 5)))

    def threes(count: FloatArray | float) -> float:
        return float(np.sum(count * (count - 1) * (count - 2)))

    def twos(count: FloatArray | float) -> float:
        return float(np.sum(count * (count - 1)))

    return (
        (first(rows) - first(groups) - first(ties)) / 72
        + threes(groups) * threes(ties) / (36 * threes(rows))
        + twos(groups) * twos(ties) / (8 * twos(rows))
    )
