"""What somebody who knows the totals can say of hidden numbers (the intruder's problem of disclosure control).

Estimand: the least and the largest value that sums of hidden numbers (often of one alone) can have, given the totals
over known groups of them and a range for each.

Formula: for a sum ``c x`` of hidden numbers the two linear programmes ``min c x`` and ``max c x`` subject to
``A x = t`` and ``lower <= x <= upper``, where a row of ``A`` has 1 for the members of a group and ``t`` is the group's
total less what is shown of it. The limits are rounded inwards to whole numbers.

Assumptions: the totals, the ranges and who belongs where are all that is known. A prior belief of which value in the
range is likely is not allowed for.

Edge cases: whole numbers are asked for only by the rounding, so that the range of an integer programme may be narrower;
for one breakdown, and for two that cross, the two agree, since such constraints are totally unimodular. Ranges and
totals that contradict each other are an error of the caller: ``ValueError``.

Source: Willenborg & de Waal, Elements of Statistical Disclosure Control 2001, ch. 6; Fischetti & Salazar-Gonzalez,
Journal of the American Statistical Association 2000, 95:916-928.

Checked against: every assignment enumerated, for tables small enough.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog

from kbkit.methods.counts import FloatArray

# HiGHS is exact to about 1e-7; a limit that near a whole number is that number.
_SLACK = 1e-5


def bound_cells(
    *, members: ArrayLike, totals: ArrayLike, lower: ArrayLike, upper: ArrayLike, sums: ArrayLike
) -> NDArray[np.int64]:
    """Return the least and largest whole value that sums of cells can have.

    Args:
        members: 1 where a cell belongs to a group, else 0; shape ``(groups, cells)``.
        totals: sum of the cells of each group, shape ``(groups,)``.
        lower: least value of each cell, shape ``(cells,)``.
        upper: largest value of each cell, shape ``(cells,)``.
        sums: 1 where a cell belongs to a sum that is asked for, else 0; shape ``(asked, cells)``.

    Returns:
        Shape ``(asked, 2)``.

    Raises:
        ValueError: no values within the ranges have these totals.
    """
    matrix, known = np.asarray(members, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    ranges = np.column_stack([np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)])
    aims = np.asarray(sums, dtype=np.float64)
    found = np.empty((len(aims), 2), dtype=np.int64)
    for row, aim in enumerate(aims):
        found[row] = (
            np.ceil(_solve(aim, matrix, known, ranges) - _SLACK),
            np.floor(-_solve(-aim, matrix, known, ranges) + _SLACK),
        )
    return found


def _solve(aim: FloatArray, matrix: FloatArray, sums: FloatArray, ranges: FloatArray) -> float:
    result = linprog(aim, A_eq=matrix, b_eq=sums, bounds=ranges, method="highs")
    if not result.success:
        raise ValueError("no values within the ranges have these totals")
    return float(result.fun)
