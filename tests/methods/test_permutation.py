from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import PermutationTest, permutation_trend
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED

SMALL: dict[str, Any] = {
    "cases": [3, 9, 2, 6, 5, 1, 4],
    "n": [10, 22, 9, 20, 11, 8, 16],
    "scores": [0, 1, 3, 1, 0, 2, 2],
    "within": ["a", "a", "a", "a", "b", "b", "b"],
}


def run(**changes: Any) -> PermutationTest:
    result = permutation_trend(**(SMALL | {"seed": 1} | changes))
    assert isinstance(result, PermutationTest)
    return result


@pytest.fixture(scope="session")
def totals(villages: pd.DataFrame) -> dict[str, Any]:
    """Return one row per village, its two periods added."""
    rows = villages.groupby(["village", "kecamatan", "tier"], as_index=False)[["cases", "n"]].sum()
    return {"cases": rows["cases"], "n": rows["n"], "scores": rows["tier"], "within": rows["kecamatan"]}


def test_statistic_is_that_of_coin(totals: dict[str, Any], reference: Any) -> None:
    result = run(**totals)
    assert result.statistic == pytest.approx(reference("permutation")["statistic"], rel=CLOSED)
    assert not result.listed


def test_exact_p_is_that_of_coin(reference: Any) -> None:
    expected = reference("permutation")["one"]
    result = run(**{name: expected[name] for name in ("cases", "n", "scores")}, within=["one"] * len(expected["n"]))
    assert result.listed
    assert result.statistic == pytest.approx(expected["statistic"], rel=CLOSED)
    assert result.p_value == pytest.approx(expected["p_value"], rel=CLOSED)


def test_definition_written_out_permutation_by_permutation() -> None:
    cases, n, scores = (np.array(SMALL[name], dtype=float) for name in ("cases", "n", "scores"))
    strata = (slice(0, 4), slice(4, 7))
    residuals = np.concatenate([cases[rows] - n[rows] * cases[rows].sum() / n[rows].sum() for rows in strata])
    sums = np.array(
        [
            residuals @ np.concatenate([first, second])
            for first in itertools.permutations(scores[:4])
            for second in itertools.permutations(scores[4:])
        ]
    )
    result = run()
    assert result.draws == 36  # 4! / 2! by 3! / 2!
    assert result.p_value == pytest.approx(np.mean(np.abs(sums) >= abs(residuals @ scores) - 1e-9), rel=CLOSED)
    assert result.statistic == pytest.approx(residuals @ scores / sums.std(), rel=CLOSED)
    assert sums.mean() == pytest.approx(0, abs=1e-12)
    assert (result.listed, result.n_strata, result.smallest_p) == (True, 2, 1 / 36)


def test_slope_is_the_least_squares_slope_within_strata(totals: dict[str, Any]) -> None:
    root, levels = np.sqrt(totals["n"]), pd.get_dummies(totals["within"]).to_numpy(dtype=float)
    design = np.column_stack([levels, totals["scores"]]) * root.to_numpy()[:, None]
    slope = np.linalg.lstsq(design, totals["cases"] / root, rcond=None)[0][-1]
    assert run(**totals).estimate == pytest.approx(slope, rel=CLOSED)


def test_random_deals_are_seeded_and_near_the_listed(totals: dict[str, Any]) -> None:
    assert run(**totals, seed=4) == run(**totals, seed=4)
    assert run(**totals, seed=4).p_value == pytest.approx(run(**totals, seed=5).p_value, abs=0.02)
    assert run(seed=1) == run(seed=2)
    eight: dict[str, Any] = {
        "cases": [1, 4, 2, 8, 5, 7, 3, 6],
        "n": [20] * 8,
        "scores": [0, 0, 1, 1, 2, 2, 3, 3],
        "within": ["a"] * 8,
    }
    listed = run(**eight)
    assert listed.draws == 2520
    twice = {name: [*values, *values] for name, values in eight.items()} | {"within": ["a"] * 8 + ["b"] * 8}
    assert not run(**twice).listed
    assert run(**twice, draws=99).p_value >= run(**twice, draws=99).smallest_p == 0.01


def test_strata_of_one_village_or_one_score_and_unmeasured_villages_say_nothing() -> None:
    more: dict[str, Any] = {
        "cases": [2, 5, 6, 0],
        "n": [9, 8, 7, 0],
        "scores": [1, 3, 3, 9],
        "within": ["c", "d", "d", "a"],
    }
    assert run(**{name: [*SMALL[name], *more[name]] for name in SMALL}) == run()


@given(order=st.permutations(range(7)), shift=st.integers(-4, 4))
def test_properties(order: list[int], shift: int) -> None:
    plain = run()
    shuffled = run(**{name: [values[place] for place in order] for name, values in SMALL.items()})
    moved = run(scores=[2 * score + shift for score in SMALL["scores"]])
    turned = run(scores=[-score for score in SMALL["scores"]])
    opposite = run(cases=np.subtract(SMALL["n"], SMALL["cases"]))
    for other, sign, scale in ((shuffled, 1, 1), (moved, 1, 2), (turned, -1, 1), (opposite, -1, 1)):
        assert other.p_value == pytest.approx(plain.p_value)
        assert other.statistic == pytest.approx(sign * plain.statistic)
        assert other.estimate == pytest.approx(sign * plain.estimate / scale)


def test_size_is_right_where_villages_of_a_stratum_are_exchangeable() -> None:
    rng, rejected = np.random.default_rng(20240903), 0
    within = np.repeat(np.arange(6), 5)
    for _ in range(400):
        share = 0.2 + 0.02 * rng.normal(size=6)[within] + 0.05 * rng.normal(size=30)
        n = rng.integers(20, 90, 30)
        tier = rng.integers(0, 4, 30)
        result = run(cases=rng.binomial(n, np.clip(share, 0.01, 0.9)), n=n, scores=tier, within=within, draws=199)
        rejected += int(result.p_value <= 0.05)
    assert 0.025 <= rejected / 400 <= 0.08


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cases": [0] * 7, "n": [0] * 7}, "nothing_measured"),
        ({"within": list("abcdefg")}, "one_group"),
        ({"scores": [1] * 7}, "one_group"),
        ({"cases": [0] * 7}, "no_variance"),
        ({"cases": [3] * 7, "n": [10] * 7}, "no_variance"),
    ],
)
def test_what_cannot_be_tested_says_why(changes: dict[str, Any], reason: str) -> None:
    assert permutation_trend(**(SMALL | {"seed": 1} | changes)) == Undefined(reason=reason)


@pytest.mark.parametrize("changes", [{"draws": 0}, {"scores": [1, 2]}, {"within": [None] * 7}, {"cases": [99] * 7}])
def test_malformed_calls_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        run(**changes)
