from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import binom

from kbkit.methods import BinomialFit, LogisticMixedFit, fit_binomial, fit_logistic_mixed
from kbkit.results import Undefined
from tests.methods.conftest import design_of

FITTED = 1e-6
ONE, TWO = ("kecamatan",), ("kecamatan", "village")


def run(rows: pd.DataFrame, levels: tuple[str, ...]) -> LogisticMixedFit:
    design = design_of("score", rows)
    result = fit_logistic_mixed(
        cases=rows["cases"],
        n=rows["n"],
        design=design,
        names=design.columns.tolist(),
        groups=[rows[level] for level in levels],
    )
    assert isinstance(result, LogisticMixedFit)
    return result


def assert_same(fit: LogisticMixedFit, expected: Any) -> None:
    assert fit.coefficients.to_numpy() == pytest.approx(expected["coefficients"], rel=FITTED)
    assert fit.table["std_error"].to_numpy() == pytest.approx(expected["std_error"], rel=FITTED)
    assert fit.random_sd == pytest.approx(list(reversed(expected["sd"].values())), rel=FITTED)


def saturated(cases: Any, n: Any) -> float:
    """Return what lme4 takes off the log-likelihood when it uses quadrature."""
    return float(binom.logpmf(cases, n, np.asarray(cases) / np.asarray(n)).sum())


def test_cbpp_is_that_of_lme4(reference: Any) -> None:
    expected = reference("logistic_mixed")["cbpp"]
    period = np.array(expected["period"])
    fit = fit_logistic_mixed(
        cases=expected["cases"],
        n=expected["n"],
        design=np.column_stack([np.ones(56), *(period == value for value in (2, 3, 4))]).astype(float),
        names=["constant", "period_2", "period_3", "period_4"],
        groups=[expected["herd"]],
    )
    assert isinstance(fit, LogisticMixedFit)
    assert_same(fit, expected)
    lme4 = expected["log_likelihood"] + saturated(expected["cases"], expected["n"])
    assert fit.log_likelihood == pytest.approx(lme4, rel=1e-9)


def test_villages_are_those_of_lme4(villages: pd.DataFrame, reference: Any) -> None:
    expected, one, two = reference("logistic_mixed"), run(villages, ONE), run(villages, TWO)
    assert_same(one, expected["one_level"])
    assert_same(two, expected["two_levels"])
    assert two.log_likelihood == pytest.approx(expected["two_levels"]["log_likelihood"], rel=1e-10)
    lme4 = expected["one_level"]["log_likelihood"] + saturated(villages["cases"], villages["n"])
    assert one.log_likelihood == pytest.approx(lme4, rel=1e-9)
    assert (one.n_groups, two.n_groups) == ((12,), (12, 90))
    assert (one.method, two.method) == ("logistic_mixed_quadrature", "logistic_mixed_laplace")


def test_kecamatan_alone_understates_the_error_of_a_village_level_term(villages: pd.DataFrame) -> None:
    one, two = run(villages, ONE), run(villages, TWO)
    assert two.table["std_error"].to_numpy()[1] > 1.3 * one.table["std_error"].to_numpy()[1]
    assert two.dispersion < one.dispersion
    assert (two.table["df"] == 11).all()
    assert two.n_clusters == 12


def test_row_order_and_unmeasured_rows_and_recurring_names_change_nothing(villages: pd.DataFrame) -> None:
    plain = run(villages, TWO)
    shuffled = run(villages.sample(frac=1, random_state=4), TWO)
    extended = run(pd.concat([villages, villages.iloc[:2].assign(n=0, cases=0, kecamatan="K99")]), TWO)
    # A village is known by its name inside its kecamatan only.
    number = villages.groupby("kecamatan")["village"].transform(lambda names: pd.factorize(names)[0])
    renamed = run(villages.assign(village=number), TWO)
    for other in (shuffled, extended, renamed):
        assert other.n_groups == (12, 90)
        assert other.table["std_error"].to_numpy() == pytest.approx(plain.table["std_error"].to_numpy(), rel=1e-6)
        assert other.coefficients.to_numpy() == pytest.approx(plain.coefficients.to_numpy(), rel=1e-6)


def test_known_truth_is_recovered() -> None:
    rng = np.random.default_rng(5)
    kecamatan = np.repeat(np.arange(60), 16)
    village = np.repeat(np.arange(480), 2)
    tier = rng.integers(0, 4, 480)[village]
    n = rng.integers(20, 90, 960)
    linear = -1.0 - 0.15 * tier + rng.normal(0, 0.5, 60)[kecamatan] + rng.normal(0, 0.3, 480)[village]
    design = np.column_stack([np.ones(960), tier])
    counts: dict[str, Any] = {
        "cases": rng.binomial(n, expit(linear)),
        "n": n,
        "design": design,
        "names": ["constant", "tier"],
    }
    fit = fit_logistic_mixed(**counts, groups=[kecamatan, village])
    assert isinstance(fit, LogisticMixedFit)
    assert abs(fit.coefficients["tier"] + 0.15) < 3 * fit.table["std_error"].to_numpy()[1]
    assert fit.random_sd == pytest.approx((0.5, 0.3), abs=0.12)


def test_groups_that_do_not_differ_have_standard_deviation_zero() -> None:
    rows: dict[str, Any] = {
        "cases": [5, 6, 4, 5, 6, 4, 5, 6],
        "n": [20] * 8,
        "design": np.column_stack([np.ones(8), [0, 1] * 4]),
        "names": ["constant", "tier"],
    }
    fit = fit_logistic_mixed(**rows, groups=[["a", "a", "b", "b", "c", "c", "d", "d"]])
    plain = fit_binomial(**rows, covariance="model")
    assert isinstance(fit, LogisticMixedFit)
    assert isinstance(plain, BinomialFit)
    assert fit.random_sd == (0.0,)
    assert fit.coefficients.to_numpy() == pytest.approx(plain.coefficients.to_numpy(), rel=FITTED)
    assert fit.table["std_error"].to_numpy() == pytest.approx(plain.table["std_error"].to_numpy(), rel=FITTED)


SMALL: dict[str, Any] = {
    "cases": [3, 4, 2, 6, 5, 1],
    "n": [10, 12, 9, 20, 11, 8],
    "design": np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]]),
    "names": ["constant", "tier"],
    "groups": [["a", "a", "b", "b", "c", "c"]],
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"groups": [["a"] * 6]}, "too_few_clusters"),
        ({"groups": [["a", "a", "b", "b", "c", "c"], [1, 1, 1, 1, 1, 1]]}, "levels_coincide"),
        ({"cases": [0] * 6}, "separation"),
        ({"cases": [0] * 6, "n": [0] * 6}, "nothing_measured"),
        ({"design": np.ones((6, 2))}, "rank_deficient"),
    ],
)
def test_what_has_no_estimate_says_why(changes: dict[str, Any], reason: str) -> None:
    assert isinstance(fit_logistic_mixed(**SMALL), LogisticMixedFit)
    result = fit_logistic_mixed(**(SMALL | changes))
    assert isinstance(result, Undefined)
    assert result.reason == reason


@pytest.mark.parametrize(
    "groups", [[], [["a"] * 6] * 3, ["aabbcc"], [["a", "b"]], [["a", "a", "b", "b", "c", None]], list("aabbcc")]
)
def test_malformed_groups_are_refused(groups: Any) -> None:
    with pytest.raises(ValueError, match=r"groups|cluster"):
        fit_logistic_mixed(**(SMALL | {"groups": groups}))


def test_small_tables_give_numbers_or_a_reason() -> None:
    for seed in range(40):
        rng = np.random.default_rng(seed)
        n = rng.integers(0, 9, 16)
        result = fit_logistic_mixed(
            cases=rng.binomial(n, rng.choice([0.03, 0.4])),
            n=n,
            design=np.column_stack([np.ones(16), rng.integers(0, 3, 16)]),
            names=["constant", "tier"],
            groups=[np.repeat(np.arange(4), 4), np.repeat(np.arange(8), 2)][: 1 + seed % 2],
        )
        if isinstance(result, LogisticMixedFit):
            assert np.isfinite(result.table["lower"].to_numpy()).all()
            assert (result.table["std_error"] > 0).all()
