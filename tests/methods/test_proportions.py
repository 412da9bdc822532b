from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import compare_proportions, proportion_interval
from kbkit.results import Contrast, Estimate, Undefined
from tests.methods.conftest import CLOSED, limits


def counts(smallest: int = 1) -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(smallest, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("method", ["wilson", "jeffreys", "clopper_pearson"])
def test_intervals_are_those_of_r(reference: Any, method: Any) -> None:
    for row in reference("proportions")["intervals"]:
        result = proportion_interval(cases=row["cases"], n=row["n"], method=method)
        assert limits(result) == pytest.approx(tuple(row[method]), rel=CLOSED, abs=1e-12)


def test_level_is_a_proportion_and_is_used(reference: Any) -> None:
    for row in reference("proportions")["intervals"]:
        result = proportion_interval(cases=row["cases"], n=row["n"], level=0.9)
        assert limits(result) == pytest.approx(tuple(row["wilson_90"]), rel=CLOSED, abs=1e-12)
    with pytest.raises(ValueError, match="level"):
        proportion_interval(cases=1, n=2, level=95)


def test_comparisons_are_those_of_r(reference: Any) -> None:
    for row in reference("proportions")["comparisons"]:
        groups = {key: row[key] for key in ("cases_1", "n_1", "cases_0", "n_0")}
        result = compare_proportions(**groups)
        difference, ratio, odds_ratio = result.difference, result.ratio, result.odds_ratio
        assert isinstance(difference, Contrast)
        assert isinstance(ratio, Contrast)
        assert isinstance(odds_ratio, Contrast)
        assert limits(difference) == pytest.approx(tuple(row["newcombe"]), rel=CLOSED)
        assert difference.statistic is not None
        assert difference.statistic**2 == pytest.approx(row["chi_squared"], rel=CLOSED)
        assert difference.p_value == pytest.approx(row["p_value"], rel=CLOSED)
        # R's standard errors come out of an iteration, hence the tolerance of a fit.
        for ours, theirs in ((ratio, row["ratio"]), (odds_ratio, row["odds_ratio"])):
            assert (ours.estimate, *limits(ours)) == pytest.approx(tuple(theirs), rel=1e-6)


def test_newcombe_as_printed() -> None:
    # Newcombe, Statistics in Medicine 1998, 17:873-890: his example 56/70 - 48/80, method 10.
    difference = compare_proportions(cases_1=56, n_1=70, cases_0=48, n_0=80).difference
    assert limits(difference) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_nobody_measured_is_not_zero() -> None:
    assert proportion_interval(cases=0, n=0) == Undefined(reason="nothing_measured")
    result = compare_proportions(cases_1=0, n_1=0, cases_0=3, n_0=9)
    assert result.difference == result.ratio == result.odds_ratio == Undefined(reason="nothing_measured")


def test_no_case_in_a_group_leaves_the_difference_only() -> None:
    result = compare_proportions(cases_1=0, n_1=20, cases_0=5, n_0=20)
    assert isinstance(result.difference, Contrast)
    assert result.ratio == Undefined(reason="no_cases")
    assert result.odds_ratio == Undefined(reason="empty_cell")


def test_cases_only_have_no_variation_to_test() -> None:
    result = compare_proportions(cases_1=5, n_1=5, cases_0=7, n_0=7)
    assert isinstance(result.difference, Contrast)
    assert result.difference.p_value is None
    assert result.ratio == Undefined(reason="no_variance")


def test_more_cases_than_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        proportion_interval(cases=4, n=3)
    with pytest.raises(ValueError, match="between 0 and n"):
        compare_proportions(cases_1=-1, n_1=3, cases_0=1, n_0=3)


@given(group=counts(), method=st.sampled_from(["wilson", "jeffreys", "clopper_pearson"]))
def test_interval_holds_the_estimate_and_stays_in_0_1(group: tuple[int, int], method: Any) -> None:
    result = proportion_interval(cases=group[0], n=group[1], method=method)
    assert isinstance(result, Estimate)
    lower, upper = limits(result)
    assert 0 <= lower <= result.estimate <= upper <= 1


@given(group=counts())
def test_exact_interval_holds_the_others_inside(group: tuple[int, int]) -> None:
    exact = limits(proportion_interval(cases=group[0], n=group[1], method="clopper_pearson"))
    jeffreys = limits(proportion_interval(cases=group[0], n=group[1], method="jeffreys"))
    assert exact[0] <= jeffreys[0] + 1e-12
    assert exact[1] >= jeffreys[1] - 1e-12


@given(one=counts(), zero=counts())
def test_swapping_groups_flips_the_difference(one: tuple[int, int], zero: tuple[int, int]) -> None:
    forth = compare_proportions(cases_1=one[0], n_1=one[1], cases_0=zero[0], n_0=zero[1])
    back = compare_proportions(cases_1=zero[0], n_1=zero[1], cases_0=one[0], n_0=one[1])
    assert isinstance(forth.difference, Contrast)
    assert isinstance(back.difference, Contrast)
    assert forth.difference.estimate == pytest.approx(-back.difference.estimate, abs=1e-12)
    assert limits(forth.difference)[0] == pytest.approx(-limits(back.difference)[1], abs=1e-12)
    if isinstance(forth.ratio, Contrast) and isinstance(back.ratio, Contrast):
        assert forth.ratio.estimate * back.ratio.estimate == pytest.approx(1)


@given(group=counts())
def test_doubling_counts_narrows(group: tuple[int, int]) -> None:
    single = limits(proportion_interval(cases=group[0], n=group[1]))
    double = limits(proportion_interval(cases=2 * group[0], n=2 * group[1]))
    assert double[1] - double[0] < single[1] - single[0]
