from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from kbkit.methods import jonckheere_terpstra
from kbkit.results import Estimate, Undefined
from tests.methods.conftest import CLOSED

# Three groups of six with ties, the layout of Hollander & Wolfe 1999, section 6.2.
VALUES = [40, 35, 38, 43, 44, 41, 38, 40, 47, 44, 40, 42, 48, 40, 45, 43, 46, 44]
GROUP = [1] * 6 + [2] * 6 + [3] * 6


def run(values: Any, group: Any) -> Estimate:
    result = jonckheere_terpstra(values=values, group=group)
    assert isinstance(result, Estimate)
    return result


def test_z_is_that_of_r(villages: pd.DataFrame, reference: Any) -> None:
    expected, first = reference("trend")["jonckheere"], villages[villages["year"] == 0]
    for result, numbers in (
        (run(first["cases"] / first["n"], first["tier"]), expected["villages"]),
        (run(VALUES, GROUP), expected["tied"]),
    ):
        assert result.statistic == pytest.approx(numbers["statistic"], rel=CLOSED)
        assert result.p_value == pytest.approx(numbers["p_value"], rel=CLOSED)


def test_two_groups_are_the_rank_sum_test(villages: pd.DataFrame, reference: Any) -> None:
    two = villages[(villages["year"] == 0) & (villages["tier"] < 2)]
    p_value = run(two["cases"] / two["n"], two["tier"]).p_value
    assert p_value == pytest.approx(reference("trend")["jonckheere"]["wilcoxon_p"], rel=CLOSED)


def test_pairs_counted_one_by_one() -> None:
    counted = sum(
        float(high > low) + 0.5 * float(high == low)
        for (low, low_group), (high, high_group) in itertools.product(zip(VALUES, GROUP, strict=True), repeat=2)
        if low_group < high_group
    )
    assert counted == 79
    assert run(VALUES, GROUP).estimate == pytest.approx(79 / 108, rel=CLOSED)


def test_error_is_the_spread_over_all_permutations() -> None:
    values, group = [1, 2, 2, 3, 5, 5, 5], [0, 0, 1, 1, 2, 2, 2]
    shares = [run(values, arranged).estimate for arranged in set(itertools.permutations(group))]
    assert np.mean(shares) == pytest.approx(0.5, rel=CLOSED)
    assert run(values, group).std_error == pytest.approx(np.std(shares), rel=CLOSED)


@given(values=st.lists(st.integers(0, 6), min_size=8, max_size=8), order=st.permutations(range(8)))
def test_properties(values: list[int], order: list[int]) -> None:
    outcome, group = np.array(values), np.array([0, 0, 1, 1, 1, 2, 2, 2])
    if np.unique(outcome).size == 1:
        assert jonckheere_terpstra(values=outcome, group=group) == Undefined(reason="no_variance")
        return
    plain = run(outcome, group)
    assert run(outcome[order], group[order]) == plain
    assert run(np.exp(outcome), group**2) == plain  # only the order of values and of groups counts
    assert run(-outcome, group).estimate == pytest.approx(1 - plain.estimate)
    assert plain.statistic is not None
    assert np.sign(plain.statistic) == np.sign(round(kendalltau(outcome, group).statistic, 12))


@pytest.mark.parametrize(
    ("values", "group", "reason"),
    [
        ([], [], "nothing_measured"),
        ([1, 2, 3], [1, 1, 1], "one_group"),
        ([2, 2, 2], [0, 1, 2], "no_variance"),
        ([1, 2], [0, 1], "no_variance"),
    ],
)
def test_what_cannot_be_tested_says_why(values: list[float], group: list[float], reason: str) -> None:
    assert jonckheere_terpstra(values=values, group=group) == Undefined(reason=reason)


def test_malformed_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        jonckheere_terpstra(values=[1.0, np.nan], group=[0, 1])
    with pytest.raises(ValueError, match="2 finite"):
        jonckheere_terpstra(values=[1, 2], group=[0, 1, 2])
