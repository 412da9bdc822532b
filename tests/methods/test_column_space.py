from __future__ import annotations

import numpy as np
import pytest

from kbkit.methods.column_space import find_aliased, spans_a_cluster
from kbkit.methods.counts import FloatArray

ONE = np.ones(6)
CODES = np.array([0, 0, 1, 1, 2, 2])
DUMMIES = np.eye(3)[CODES]
YEAR = np.array([2022.0, 2023, 2022, 2023, 2022, 2023])


@pytest.mark.parametrize(
    ("columns", "aliased"),
    [
        ([ONE, YEAR], []),  # far from the origin is not the same as constant
        ([ONE, 0 * ONE], [1]),
        ([ONE, YEAR, 3 * ONE - YEAR], [2]),
        ([ONE, *DUMMIES.T], [3]),
        ([*np.eye(6), ONE, YEAR], [6, 7]),
        ([1e-6 * YEAR, ONE], []),  # the unit of a column does not matter
    ],
)
def test_aliased_columns_are_combinations_of_those_before(columns: list[object], aliased: list[int]) -> None:
    assert find_aliased(np.column_stack(columns)).tolist() == aliased  # type: ignore[arg-type]


def basis_of(design: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.qr(design)[0])


def test_a_cluster_with_a_level_of_its_own() -> None:
    assert spans_a_cluster(basis_of(np.column_stack([ONE, DUMMIES[:, 1:], YEAR])), CODES)
    assert spans_a_cluster(basis_of(np.column_stack([ONE, DUMMIES[:, 1]])), CODES)
    assert not spans_a_cluster(basis_of(np.column_stack([ONE, YEAR])), CODES)
    assert not spans_a_cluster(basis_of(np.column_stack([ONE, [0, 1, 0, 0, 1, 0]])), CODES)
