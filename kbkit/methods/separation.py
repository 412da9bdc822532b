"""Separation: when a logit has no finite estimate.

Estimand: none; tells whether the maximum likelihood estimate of a grouped logit exists.

Formula: the data are separated when some direction ``d`` has ``x_i'd >= 0`` in every row of cases only,
``x_i'd <= 0`` in every row without a case, ``x_i'd = 0`` in every row with both, and ``Xd != 0``. Where the rows with
both span all columns no such ``d`` exists; otherwise it is the linear programme ``max sum s_i x_i'd`` under these
constraints and ``-1 <= d <= 1``, with ``s_i`` = 1 for cases only and -1 for no case.

Assumptions: the design has full column rank.

Edge cases: no case at all, or cases only, is separation by the constant. Rows without a measured unit must be left out.

Source: Albert & Anderson, Biometrika 1984, 71:1-10; Konis, Linear programming algorithms for detecting separated data
in binary logistic regression models, thesis, University of Oxford 2007.

Checked against: designs separated by construction, and the divergence of the fitted coefficients.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from kbkit.methods.column_space import find_aliased
from kbkit.methods.counts import FloatArray, IntArray

# A direction is scaled to reach 1; components under this are the solver's rounding.
_SMALL = 1e-7

# Where the lowest eigenvalue of the products of unit columns is above this, they are far from determining each other.
_CLEAR = 1e-6


def find_separation(*, design: FloatArray, cases: FloatArray, n: FloatArray) -> IntArray:
    """Return the columns whose coefficients run to infinity; empty where the estimate exists.

    Args:
        design: design matrix of full column rank, shape ``(rows, columns)``.
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, positive, shape ``(rows,)``.
    """
    mixed = (cases > 0) & (cases < n)
    nothing = np.zeros(0, dtype=np.int64)
    if mixed.all() or (mixed.any() and _is_full_rank(design[mixed])):
        return nothing
    signed = design[~mixed] * np.where(cases[~mixed] > 0, 1.0, -1.0)[:, None]
    solution = linprog(
        -signed.sum(axis=0),
        A_ub=-signed,
        b_ub=np.zeros(len(signed)),
        A_eq=design[mixed] if mixed.any() else None,
        b_eq=np.zeros(int(mixed.sum())) if mixed.any() else None,
        bounds=(-1, 1),
        method="highs",
    )
    if -solution.fun <= _SMALL:
        return nothing
    return np.flatnonzero(np.abs(solution.x) > _SMALL)


def _is_full_rank(design: FloatArray) -> bool:
    """Return whether no column is a combination of the others, by the cheaper way where that is sure of it."""
    unit = design / np.maximum(np.linalg.norm(design, axis=0), np.finfo(np.float64).tiny)
    try:
        np.linalg.cholesky(unit.T @ unit - _CLEAR * np.eye(design.shape[1]))
    except np.linalg.LinAlgError:
        return find_aliased(design).size == 0
    return True
