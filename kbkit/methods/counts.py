"""Counts of cases among measured units, checked once at the door of every method.

A method takes plain arrays, one row per village-period. What arrives malformed is a fault of the calling code, not of
a user's file, and is refused with :class:`ValueError`; what is merely absent (nobody measured) is data.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def as_counts(*, cases: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return cases and measured units as two new float vectors of one length.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``; zero where nobody was measured.

    Raises:
        ValueError: shapes differ, a value is missing, or ``0 <= cases <= n`` does not hold.
    """
    case_counts, sizes = np.array(cases, dtype=np.float64), np.array(n, dtype=np.float64)
    if case_counts.ndim != 1 or case_counts.shape != sizes.shape:
        raise ValueError(f"cases and n must be vectors of one length, not {case_counts.shape} and {sizes.shape}")
    if not (np.isfinite(case_counts).all() and np.isfinite(sizes).all()):
        raise ValueError("cases and n must be finite: leave out rows that were not reported")
    if (case_counts < 0).any() or (case_counts > sizes).any():
        raise ValueError("cases must lie between 0 and n in every row")
    return case_counts, sizes


def as_cluster_codes(cluster: ArrayLike, *, rows: int) -> IntArray:
    """Return clusters as codes 0, 1, ... in the sort order of their labels, shape ``(rows,)``.

    Raises:
        ValueError: the length is not ``rows`` or a label is missing.
    """
    labels = np.asarray(cluster)
    if labels.shape != (rows,):
        raise ValueError(f"cluster must be a vector of {rows} labels, not of shape {labels.shape}")
    if labels.dtype.kind in "iu":  # no number is missing among whole ones
        return np.unique(labels, return_inverse=True)[1].astype(np.int64)
    codes, _ = pd.factorize(labels, sort=True)
    if (codes < 0).any():
        raise ValueError("every row needs a cluster")
    return codes.astype(np.int64)


def sum_within(codes: IntArray, values: FloatArray) -> FloatArray:
    """Return the sums of values over the rows of every group, shape ``(groups,)``.

    Args:
        codes: group of every row as 0, 1, ..., shape ``(rows,)``.
        values: values to add up, shape ``(rows,)``.
    """
    return np.bincount(codes, weights=values).astype(np.float64)


def as_scores(scores: ArrayLike, *, rows: int) -> FloatArray:
    """Return the numbers of ordered groups, or values to compare, as a new float vector of shape ``(rows,)``.

    Raises:
        ValueError: the length is not ``rows`` or a number is missing.
    """
    numbers = np.array(scores, dtype=np.float64)
    if numbers.shape != (rows,) or not np.isfinite(numbers).all():
        raise ValueError(f"need a vector of {rows} finite numbers, not shape {numbers.shape}")
    return numbers


def check_level(level: float) -> float:
    """Return the coverage of an interval; refuse what is not strictly between 0 and 1.

    Raises:
        ValueError: ``level`` is outside (0, 1), for example 95 for 0.95.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return level
