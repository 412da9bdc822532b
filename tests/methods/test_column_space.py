from __future__ import annotations

import numpy as np
import pytest

from kbkit.methods.column_space import ColumnSpace, find_aliased
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
    design: FloatArray = np.column_stack(columns)  # type: ignore[arg-type]
    assert find_aliased(design).tolist() == aliased
    assert ColumnSpace.of(design).aliased().tolist() == aliased


def holds_a_cluster(*columns: object) -> bool:
    return ColumnSpace.of(np.column_stack(columns)).holds_a_cluster(CODES)  # type: ignore[arg-type]


def test_a_cluster_with_a_level_of_its_own() -> None:
    assert holds_a_cluster(ONE, DUMMIES[:, 1:], YEAR)
    assert holds_a_cluster(ONE, DUMMIES[:, 1])
    assert not holds_a_cluster(ONE, YEAR)
    assert not holds_a_cluster(ONE, [0, 1, 0, 0, 1, 0])


def test_inverse_information_is_that_of_the_design() -> None:
    design, weights = np.column_stack([ONE, YEAR - 2022, [0, 1, 0, 0, 1, 0]]), np.arange(1.0, 7.0)
    inverse = ColumnSpace.of(design).inverse_information(weights)
    assert inverse @ (design.T @ (weights[:, None] * design)) == pytest.approx(np.eye(3), abs=1e-12)
