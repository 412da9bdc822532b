from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kbkit.methods.counts import FloatArray
from kbkit.methods.separation import find_separation

GROUPS = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1.0]])


@pytest.mark.parametrize(
    ("cases", "columns"),
    [
        ([1, 2, 1, 1, 2, 3], []),
        ([1, 2, 1, 0, 0, 0], [1]),  # no case in group 1: its term runs to minus infinity
        ([1, 2, 1, 5, 5, 5], [1]),  # cases only
        ([0, 0, 5, 5, 0, 5], []),  # no row has both, and yet the groups overlap
    ],
)
def test_groups(cases: list[int], columns: list[int]) -> None:
    found = find_separation(design=GROUPS, cases=np.array(cases, dtype=float), n=np.full(6, 5.0))
    assert found.tolist() == columns


def test_a_threshold_on_a_number_separates() -> None:
    design = np.column_stack([np.ones(6), np.arange(6.0)])
    n = np.ones(6)
    assert find_separation(design=design, cases=np.array([0, 0, 0, 1, 1, 1.0]), n=n).size
    assert not find_separation(design=design, cases=np.array([0, 0, 1, 0, 1, 1.0]), n=n).size


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_agrees_with_a_search_without_the_shortcut(seed: int) -> None:
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(12), rng.integers(0, 2, (12, 2))]).astype(float)
    n = rng.integers(1, 4, 12).astype(float)
    cases = rng.binomial(n.astype(int), rng.choice([0.05, 0.4])).astype(float)
    if np.linalg.matrix_rank(design) == 3:
        assert bool(find_separation(design=design, cases=cases, n=n).size) == _separated(design, cases, n)


def _separated(design: FloatArray, cases: FloatArray, n: FloatArray) -> bool:
    """Tell by one programme a column and sign: is there a direction of recession that moves some fitted value?"""
    with_cases, without = design[cases > 0], design[cases < n]
    bounds = np.vstack([-with_cases, without])  # x'd >= 0 where there are cases, <= 0 where there are others
    for row in design:
        for sign in (1.0, -1.0):
            best = linprog(sign * row, A_ub=bounds, b_ub=np.zeros(len(bounds)), bounds=(-1, 1))
            if best.fun < -1e-7:
                return True
    return False
