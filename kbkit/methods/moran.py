"""Moran's I: whether neighbours resemble each other.

Estimand: the correlation of a value, or of a model's residual, with those of its neighbours, as the weights name them.

Formula: with ``z`` the values less their mean, ``S0`` the sum of the weights and ``n`` units,
``I = n / S0 * sum_ij w_ij z_i z_j / sum_i z_i^2``. Without resemblance ``E(I) = -1 / (n - 1)`` and, all orders of the
values being equally likely,
``var(I) = (n ((n^2 - 3n + 3) S1 - n S2 + 3 S0^2) - k ((n^2 - n) S1 - 2n S2 + 6 S0^2)) / ((n-1)(n-2)(n-3) S0^2) - E^2``
with ``S1 = sum_ij (w_ij + w_ji)^2 / 2``, ``S2 = sum_i (w_i. + w_.i)^2`` and ``k = n sum z^4 / (sum z^2)^2``. The
statistic is ``(I - E) / sqrt(var)`` with the normal. The permutation p-value is
``(1 + #{|I_b - E| >= |I - E|}) / (1 + B)``; with groups the values change places within their group only, and the mean
of ``I_b`` stands for ``E``.

Assumptions: under the hypothesis the values are exchangeable. Prevalences of villages with unequal numbers of children
are not, for small villages scatter more: give standardised residuals. Residuals of a model are only nearly
exchangeable, which matters little when columns are few. Those of a model with a level for every group add up to about
nothing within it, so that neighbours in one group are a little less alike than chance: give the groups.

Edge cases: the weights are used as they are given, never standardised by row again: what a neighbour counts is the
caller's decision. The diagonal must be 0. A unit without neighbours has no part in the sum and is left out, as its
value says nothing of resemblance. With fewer than 4 units left, ``Undefined("too_few_units")``; with values that are
all equal, ``Undefined("no_variance")``.

Source: Moran, Biometrika 1950, 37:17-23; Cliff & Ord, Spatial Processes, 1981 (moments under randomisation).

Checked against: R spdep 1.2-7 ``moran.test(randomisation = TRUE)`` with binary and with row-standardised weights and
with a unit that has no neighbours, and ``moran.mc`` within Monte Carlo error.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes
from kbkit.methods.wald import two_sided_p
from kbkit.results import Estimate, Undefined

# The variance under randomisation divides by (n - 1)(n - 2)(n - 3).
FEWEST_UNITS = 4

# A multiple of 20 less one, so that a p-value can be exactly 5 %.
DEFAULT_PERMUTATIONS = 9999

# Squares about the mean this small beside the values' own are rounding; so are differences of I.
_ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class MoransI(Estimate):
    """Resemblance of neighbours; ``std_error``, ``statistic`` and ``p_value`` are those under no resemblance.

    Attributes:
        expected: expectation without resemblance, ``-1 / (n - 1)``.
        permutation_p_value: two-sided p-value from random orders of the values.
        permutation_mean: mean of Moran's I over the random orders.
        permutations: random orders drawn.
        n_units: units with a neighbour.
    """

    expected: float
    permutation_p_value: float
    permutation_mean: float
    permutations: int
    n_units: int


def morans_i(
    *,
    values: ArrayLike,
    weights: ArrayLike,
    seed: int,
    permutations: int = DEFAULT_PERMUTATIONS,
    within: ArrayLike | None = None,
) -> MoransI | Undefined:
    """Measure and test the resemblance of neighbours.

    Args:
        values: one value a unit, shape ``(units,)``.
        weights: what unit ``j`` counts as a neighbour of unit ``i``, not negative, 0 on the diagonal, used as given,
            shape ``(units, units)``.
        seed: seed of the random orders.
        permutations: random orders of the values.
        within: group inside which alone values change places, shape ``(units,)``; everywhere where not given.

    Raises:
        ValueError: the arrays do not fit together, or ``permutations`` is under 1.
    """
    vector, matrix, codes = _check_units(values, weights, within)
    if permutations < 1:
        raise ValueError(f"permutations must be at least 1, not {permutations}")
    if vector.size < FEWEST_UNITS:
        return Undefined(reason="too_few_units", details={"units": vector.size, "needed": FEWEST_UNITS})
    centred = vector - vector.mean()
    if centred @ centred <= _ROUNDING * float(vector @ vector):
        return Undefined(reason="no_variance")
    index, expected = _index(centred, matrix), -1 / (vector.size - 1)
    std_error = sqrt(_randomisation_variance(centred, matrix))
    statistic = (index - expected) / std_error
    drawn = _draw_indices(centred, matrix, codes, np.random.default_rng(seed), permutations)
    middle = expected if within is None else float(drawn.mean())
    extreme = int(np.sum(np.abs(drawn - middle) >= abs(index - middle) - _ROUNDING))
    return MoransI(
        estimate=index,
        std_error=std_error,
        statistic=statistic,
        p_value=two_sided_p(statistic=statistic, df=None),
        method="moran_randomisation",
        expected=expected,
        permutation_p_value=(1 + extreme) / (1 + permutations),
        permutation_mean=float(drawn.mean()),
        permutations=permutations,
        n_units=vector.size,
    )


def _check_units(
    values: ArrayLike, weights: ArrayLike, within: ArrayLike | None
) -> tuple[FloatArray, FloatArray, IntArray]:
    """Return values, weights and groups of the units that have a neighbour or are one."""
    vector, matrix = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if vector.ndim != 1 or matrix.shape != (vector.size, vector.size) or not np.isfinite(vector).all():
        raise ValueError(f"need finite values and a square of weights, not shapes {vector.shape} and {matrix.shape}")
    if not (np.isfinite(matrix).all() and (matrix >= 0).all()) or np.diag(matrix).any():
        raise ValueError("weights must not be negative, and 0 on the diagonal")
    linked = (matrix.sum(axis=0) + matrix.sum(axis=1)) > 0
    codes = np.zeros(vector.size, dtype=np.int64) if within is None else as_cluster_codes(within, rows=vector.size)
    return vector[linked], matrix[np.ix_(linked, linked)], codes[linked]


def _index(centred: FloatArray, weights: FloatArray) -> float:
    return float(centred.size / weights.sum() * (centred @ weights @ centred) / (centred @ centred))


def _randomisation_variance(centred: FloatArray, weights: FloatArray) -> float:
    n, s0 = centred.size, float(weights.sum())
    s1 = float(np.sum((weights + weights.T) ** 2) / 2)
    s2 = float(np.sum((weights.sum(axis=0) + weights.sum(axis=1)) ** 2))
    kurtosis = float(n * np.sum(centred**4) / (centred @ centred) ** 2)
    ordinary = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    excess = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return (ordinary - excess) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2


def _draw_indices(
    centred: FloatArray, weights: FloatArray, codes: IntArray, generator: np.random.Generator, permutations: int
) -> FloatArray:
    """Return Moran's I of values in random orders within their groups, shape ``(permutations,)``."""
    places = np.argsort(codes, kind="stable")
    # Sorted by group and then by a random number: places of one group stay with that group.
    shuffled = np.argsort(codes[places] + generator.random((permutations, codes.size)), axis=1)
    orders = np.empty((permutations, centred.size))
    orders[:, places] = centred[places][shuffled]
    products = np.sum((orders @ weights) * orders, axis=1)
    indices: FloatArray = centred.size / weights.sum() * products / (centred @ centred)
    return indices
