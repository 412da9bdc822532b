from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from kbkit.methods import stratified_trend_test, trend_test
from kbkit.methods.counts import IntArray
from kbkit.results import Estimate, Undefined
from tests.methods.conftest import CLOSED


def run(rows: pd.DataFrame, **changes: Any) -> Estimate:
    result = trend_test(**({"cases": rows["cases"], "n": rows["n"], "scores": rows["tier"]} | changes))
    assert isinstance(result, Estimate)
    return result


def run_stratified(rows: pd.DataFrame, **changes: Any) -> Estimate:
    arguments: dict[str, Any] = {
        "cases": rows["cases"],
        "n": rows["n"],
        "scores": rows["tier"],
        "stratum": rows["kecamatan"],
    }
    result = stratified_trend_test(**(arguments | changes))
    assert isinstance(result, Estimate)
    return result


def statistic(result: Estimate) -> float:
    assert result.statistic is not None
    return result.statistic


def test_cochran_armitage_is_that_of_r(villages: pd.DataFrame, reference: Any) -> None:
    expected, result = reference("trend")["cochran_armitage"], run(villages)
    assert statistic(result) ** 2 == pytest.approx(expected["chi_squared"], rel=CLOSED)
    assert result.p_value == pytest.approx(expected["p_value"], rel=CLOSED)
    uneven = run(villages, scores=villages["tier"] ** 2)
    assert statistic(uneven) ** 2 == pytest.approx(expected["uneven_chi_squared"], rel=CLOSED)
    assert uneven.p_value == pytest.approx(expected["uneven_p_value"], rel=CLOSED)


def test_mantel_extension_is_that_of_coin(villages: pd.DataFrame, reference: Any) -> None:
    expected, result = reference("trend"), run_stratified(villages)
    assert statistic(result) == pytest.approx(expected["mantel"]["statistic"], rel=CLOSED)
    assert result.p_value == pytest.approx(expected["mantel"]["p_value"], rel=CLOSED)
    one_stratum = run_stratified(villages, stratum=np.zeros(len(villages)))
    assert statistic(one_stratum) == pytest.approx(expected["conditional"]["statistic"], rel=CLOSED)


def test_one_stratum_is_cochran_armitage_with_one_unit_less(villages: pd.DataFrame) -> None:
    one_stratum, units = run_stratified(villages, stratum=np.zeros(len(villages))), villages["n"].sum()
    assert statistic(one_stratum) == pytest.approx(statistic(run(villages)) * np.sqrt((units - 1) / units), rel=CLOSED)


def test_trap_the_test_of_statsmodels_is_the_conditional_one(villages: pd.DataFrame) -> None:
    table = villages.assign(rest=villages["n"] - villages["cases"]).groupby("tier")[["rest", "cases"]].sum()
    theirs = Table(table.to_numpy()).test_ordinal_association(row_scores=np.arange(4), col_scores=np.arange(2))
    units = villages["n"].sum()
    assert theirs.zscore != pytest.approx(statistic(run(villages)), rel=1e-6)
    assert theirs.zscore * np.sqrt(units / (units - 1)) == pytest.approx(statistic(run(villages)), rel=CLOSED)


def test_slope_is_the_weighted_least_squares_slope(villages: pd.DataFrame) -> None:
    slope = np.polyfit(villages["tier"], villages["cases"] / villages["n"], 1, w=np.sqrt(villages["n"]))[0]
    assert run(villages).estimate == pytest.approx(slope, rel=CLOSED)


def test_strata_of_one_score_or_one_unit_or_without_cases_leave_the_test(villages: pd.DataFrame) -> None:
    more = pd.DataFrame(
        {"cases": [5, 2, 1, 0, 0], "n": [20, 9, 1, 8, 9], "tier": [3, 3, 0, 1, 2], "kecamatan": list("XXYZZ")}
    )
    extended = run_stratified(pd.concat([villages, more]))
    assert statistic(extended) == pytest.approx(statistic(run_stratified(villages)), rel=CLOSED)


def test_labels_say_that_clusters_are_ignored(villages: pd.DataFrame) -> None:
    assert run(villages).method == "cochran_armitage_unclustered"
    assert run_stratified(villages).method == "mantel_extension_unclustered"
    assert run(villages).lower is None


@given(
    cases=st.lists(st.integers(0, 9), min_size=6, max_size=6),
    shift=st.integers(-3, 3),
    order=st.permutations(range(6)),
)
def test_properties(cases: list[int], shift: int, order: list[int]) -> None:
    counts, n, scores = np.array(cases), np.array([9, 10, 12, 9, 30, 11]), np.array([0, 1, 2, 3, 1, 2])
    stratum: IntArray = np.array([0, 0, 0, 1, 1, 1])

    def both(x: Any, m: Any, s: Any, k: Any) -> tuple[Estimate, Estimate] | None:
        results = trend_test(cases=x, n=m, scores=s), stratified_trend_test(cases=x, n=m, scores=s, stratum=k)
        first, second = results
        return (first, second) if isinstance(first, Estimate) and isinstance(second, Estimate) else None

    plain = both(counts, n, scores, stratum)
    if plain is None:
        assert counts.sum() == 0
        return
    for turned, sign in (
        (both(counts[order], n[order], scores[order], stratum[order]), 1),
        (both(counts, n, 2 * scores + shift, stratum), 1),
        (both(n - counts, n, scores, stratum), -1),
        (both(counts, n, -scores, stratum), -1),
    ):
        assert turned is not None
        for ours, base in zip(turned, plain, strict=True):
            assert statistic(ours) == pytest.approx(sign * statistic(base), abs=1e-9)
    doubled = both(2 * counts, 2 * n, scores, stratum)
    assert doubled is not None
    assert doubled[0].estimate == pytest.approx(plain[0].estimate, abs=1e-12)
    assert statistic(doubled[0]) == pytest.approx(np.sqrt(2) * statistic(plain[0]), abs=1e-9)


@pytest.mark.parametrize(
    ("cases", "n", "scores", "reason"),
    [
        ([0, 0], [0, 0], [0, 1], "nothing_measured"),
        ([], [], [], "nothing_measured"),
        ([2, 3], [9, 9], [1, 1], "one_group"),
        ([2, 0], [9, 0], [1, 2], "one_group"),
        ([0, 0], [9, 9], [0, 1], "no_variance"),
        ([9, 9], [9, 9], [0, 1], "no_variance"),
    ],
)
def test_what_cannot_be_tested_says_why(cases: list[int], n: list[int], scores: list[int], reason: str) -> None:
    assert trend_test(cases=cases, n=n, scores=scores) == Undefined(reason=reason)
    assert stratified_trend_test(cases=cases, n=n, scores=scores, stratum=[0] * len(n)) == Undefined(reason=reason)


def test_malformed_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="2 finite"):
        trend_test(cases=[1, 2], n=[3, 4], scores=[1])
    with pytest.raises(ValueError, match="finite"):
        trend_test(cases=[1, 2], n=[3, 4], scores=[1, np.nan])
    with pytest.raises(ValueError, match="cluster"):
        stratified_trend_test(cases=[1, 2], n=[3, 4], scores=[1, 2], stratum=np.array(["a", None]))
