from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from kbkit.methods import MantelHaenszel, mantel_haenszel
from kbkit.methods.mantel_haenszel import ChiSquaredTest
from kbkit.results import Contrast, Undefined
from tests.methods.conftest import CLOSED, limits

COUNTS = ("cases_1", "n_1", "cases_0", "n_0")

group = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
three_strata = st.lists(group, min_size=3, max_size=3)


def run(**arguments: Any) -> MantelHaenszel:
    result = mantel_haenszel(**arguments)
    assert isinstance(result, MantelHaenszel)
    return result


def contrast(result: object) -> Contrast:
    assert isinstance(result, Contrast)
    return result


def chi_squared(result: object) -> ChiSquaredTest:
    assert isinstance(result, ChiSquaredTest)
    return result


@pytest.mark.parametrize("name", ["villages", "admissions"])
def test_all_parts_are_those_of_metafor(reference: Any, name: str) -> None:
    expected = reference("trend")["mantel_haenszel"][name]
    result = run(**{argument: expected[argument] for argument in COUNTS})
    odds_ratio, difference = contrast(result.odds_ratio), contrast(result.difference)
    assert odds_ratio.estimate == pytest.approx(np.exp(expected["log_odds_ratio"]), rel=CLOSED)
    assert odds_ratio.std_error == pytest.approx(odds_ratio.estimate * expected["log_error"], rel=CLOSED)
    assert limits(odds_ratio) == pytest.approx((np.exp(expected["lower"]), np.exp(expected["upper"])), rel=CLOSED)
    assert difference.estimate == pytest.approx(expected["difference"], rel=CLOSED)
    assert difference.std_error == pytest.approx(expected["difference_error"], rel=CLOSED)
    for part in ("association", "breslow_day", "tarone"):
        test = chi_squared(getattr(result, part))
        assert (test.statistic, test.p_value) == pytest.approx((expected[part], expected[f"{part}_p"]), rel=CLOSED)
    assert result.n_strata == len(expected["n_1"])


def test_admissions_are_those_of_base_r(reference: Any) -> None:
    numbers = reference("trend")["mantel_haenszel"]
    expected, result = numbers["admissions_base"], run(**{name: numbers["admissions"][name] for name in COUNTS})
    assert contrast(result.odds_ratio).estimate == pytest.approx(expected["odds_ratio"], rel=CLOSED)
    assert chi_squared(result.association).statistic == pytest.approx(expected["chi_squared"], rel=CLOSED)
    assert chi_squared(result.association).p_value == pytest.approx(expected["p_value"], rel=CLOSED)


def test_statsmodels_is_a_second_witness(reference: Any) -> None:
    numbers = reference("trend")["mantel_haenszel"]["villages"]
    a, n_1, c, n_0 = (np.array(numbers[name], dtype=float) for name in COUNTS)
    theirs = StratifiedTable([np.array([[a[k], n_1[k] - a[k]], [c[k], n_0[k] - c[k]]]) for k in range(a.size)])
    result = run(cases_1=a, n_1=n_1, cases_0=c, n_0=n_0)
    odds_ratio = contrast(result.odds_ratio)
    assert odds_ratio.estimate == pytest.approx(theirs.oddsratio_pooled, rel=CLOSED)
    assert odds_ratio.std_error == pytest.approx(theirs.logodds_pooled_se * odds_ratio.estimate, rel=CLOSED)
    assert chi_squared(result.association).p_value == pytest.approx(theirs.test_null_odds().pvalue, rel=CLOSED)
    for ours, adjust in ((result.breslow_day, False), (result.tarone, True)):
        assert chi_squared(ours).statistic == pytest.approx(theirs.test_equal_odds(adjust=adjust).statistic, rel=CLOSED)


def test_one_odds_ratio_everywhere_is_found_and_not_doubted() -> None:
    # Odds ratio 4 in both strata: 8/4 against 4/8, and 10/5 against 10/20.
    result = run(cases_1=[8, 10], n_1=[12, 15], cases_0=[4, 10], n_0=[12, 30])
    assert contrast(result.odds_ratio).estimate == pytest.approx(4, rel=CLOSED)
    assert chi_squared(result.breslow_day).statistic == pytest.approx(0, abs=1e-12)


@given(first=three_strata, second=three_strata)
def test_properties(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    (cases_1, n_1), (cases_0, n_0) = np.array(first).T, np.array(second).T
    plain = run(cases_1=cases_1, n_1=n_1, cases_0=cases_0, n_0=n_0)
    swapped = run(cases_1=cases_0, n_1=n_0, cases_0=cases_1, n_0=n_1)
    turned = run(cases_1=cases_1[::-1], n_1=n_1[::-1], cases_0=cases_0[::-1], n_0=n_0[::-1])
    empty = run(cases_1=[*cases_1, 4], n_1=[*n_1, 9], cases_0=[*cases_0, 0], n_0=[*n_0, 0])
    assert empty == plain
    if isinstance(plain.odds_ratio, Contrast):
        assert contrast(swapped.odds_ratio).estimate == pytest.approx(1 / plain.odds_ratio.estimate)
        assert contrast(turned.odds_ratio).std_error == pytest.approx(plain.odds_ratio.std_error)
    if isinstance(plain.difference, Contrast):
        assert contrast(swapped.difference).estimate == pytest.approx(-plain.difference.estimate)
        assert contrast(swapped.difference).std_error == pytest.approx(plain.difference.std_error)
    if isinstance(plain.tarone, ChiSquaredTest):
        assert chi_squared(swapped.tarone).statistic == pytest.approx(plain.tarone.statistic, abs=1e-8)
        assert -1e-9 <= plain.tarone.statistic <= chi_squared(plain.breslow_day).statistic


def test_what_cannot_be_estimated_says_why() -> None:
    nobody: dict[str, Any] = {"cases_1": [0], "n_1": [0], "cases_0": [0], "n_0": [0]}
    assert mantel_haenszel(**nobody) == Undefined(reason="nothing_measured")
    apart: dict[str, Any] = {"cases_1": [1, 0], "n_1": [5, 0], "cases_0": [0, 2], "n_0": [0, 9]}
    assert mantel_haenszel(**apart) == Undefined(reason="one_group")
    no_case = run(cases_1=[0, 0], n_1=[5, 9], cases_0=[0, 0], n_0=[4, 9])
    assert no_case.odds_ratio == Undefined(reason="empty_cell")
    assert no_case.tarone == Undefined(reason="empty_cell")
    assert no_case.association == Undefined(reason="no_variance")
    assert no_case.difference == Undefined(reason="no_variance")
    single = run(cases_1=[2], n_1=[5], cases_0=[3], n_0=[9])
    assert isinstance(single.odds_ratio, Contrast)
    assert single.breslow_day == Undefined(reason="one_stratum")


@pytest.mark.parametrize("changes", [{"cases_1": [9, 2]}, {"n_0": [5]}, {"level": 95}])
def test_malformed_calls_are_refused(changes: dict[str, Any]) -> None:
    arguments: dict[str, Any] = {"cases_1": [1, 2], "n_1": [5, 6], "cases_0": [2, 2], "n_0": [7, 8]}
    with pytest.raises(ValueError, match=r"."):
        mantel_haenszel(**(arguments | changes))
    with pytest.raises(ValueError, match="one row per stratum"):
        mantel_haenszel(cases_1=[1], n_1=[5], cases_0=[1, 2], n_0=[5, 6])
