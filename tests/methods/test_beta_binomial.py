from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import betabinom

from kbkit.methods import BetaBinomialFit, BinomialFit, fit_beta_binomial, fit_binomial
from kbkit.methods.beta_binomial import _Rows
from kbkit.methods.counts import FloatArray
from kbkit.results import Undefined
from tests.methods.conftest import design_of

FITTED = 1e-6


def run(rows: pd.DataFrame, **changes: Any) -> BetaBinomialFit:
    design = design_of("score", rows)
    arguments: dict[str, Any] = {
        "cases": rows["cases"],
        "n": rows["n"],
        "design": design,
        "names": design.columns.tolist(),
    }
    result = fit_beta_binomial(**(arguments | changes))
    assert isinstance(result, BetaBinomialFit)
    return result


def period_design(period: list[int]) -> FloatArray:
    return np.column_stack([np.ones(len(period)), *(np.array(period) == value for value in (2, 3, 4))]).astype(float)


@pytest.mark.parametrize("name", ["villages", "cbpp"])
def test_fit_is_that_of_glmmtmb_and_vgam(villages: pd.DataFrame, reference: Any, name: str) -> None:
    expected = reference("beta_binomial")[name]
    if name == "villages":
        fit = run(villages)
    else:
        names = ["constant", "period_2", "period_3", "period_4"]
        design = period_design(expected["period"])
        fit = run(villages, cases=expected["cases"], n=expected["n"], design=design, names=names)
    assert fit.coefficients.to_numpy() == pytest.approx(expected["coefficients"], rel=FITTED)
    assert fit.table["std_error"].to_numpy() == pytest.approx(expected["std_error"], rel=FITTED)
    assert fit.log_likelihood == pytest.approx(expected["log_likelihood"], rel=1e-10)
    icc = fit.icc.estimate
    assert icc == pytest.approx(expected["icc"], rel=FITTED)
    assert fit.icc.std_error == pytest.approx(icc * (1 - icc) * expected["logit_icc_error"], rel=FITTED)
    vgam = expected["vgam"]
    assert fit.coefficients.to_numpy() == pytest.approx(vgam["coefficients"], rel=FITTED)
    assert logit(icc) == pytest.approx(vgam["logit_icc"], rel=FITTED)


def test_log_likelihood_is_that_of_scipy_and_its_gradient_its_derivative(fit_villages: Any) -> None:
    rows = _Rows.measured(fit_villages("score", "model"))
    point = np.array([-1.2, 0.1, 0.05, -0.1, -3.0])
    value, gradient = rows.log_likelihood(point)
    fitted, precision = expit(rows.design @ point[:-1]), np.exp(3.0)
    by_scipy = betabinom.logpmf(rows.cases, rows.n, fitted * precision, (1 - fitted) * precision).sum()
    assert value == pytest.approx(by_scipy, rel=1e-10)
    moves = 1e-6 * np.eye(5)
    numeric = [(rows.log_likelihood(point + move)[0] - rows.log_likelihood(point - move)[0]) / 2e-6 for move in moves]
    assert gradient == pytest.approx(np.array(numeric), rel=1e-5)
    bends = [(rows.log_likelihood(point - move)[1] - rows.log_likelihood(point + move)[1]) / 2e-6 for move in moves]
    assert rows.information(point) == pytest.approx(np.array(bends), rel=1e-5)


def test_slope_at_no_correlation_is_the_limit_of_the_gradient(fit_villages: Any) -> None:
    fit = fit_villages("score", "model")
    rows, coefficients, correlation = _Rows.measured(fit), fit.coefficients.to_numpy(), 1e-6
    by_logit = rows.log_likelihood(np.append(coefficients, logit(correlation)))[1][-1]
    assert rows.slope_without_correlation(coefficients) == pytest.approx(by_logit / correlation, rel=1e-2)


def test_errors_lie_above_the_binomial_ones(villages: pd.DataFrame, fit_villages: Any) -> None:
    binomial, fit = fit_villages("score", "model"), run(villages)
    assert (fit.table["std_error"] > binomial.table["std_error"]).all()
    assert np.isinf(fit.table["df"]).all()
    assert fit.deviance == -2 * fit.log_likelihood
    assert fit.log_likelihood > -binomial.deviance


def test_row_order_units_of_columns_and_unmeasured_rows_change_nothing(villages: pd.DataFrame) -> None:
    plain = run(villages)
    shuffled = run(villages.sample(frac=1, random_state=3))
    assert shuffled.table["std_error"].to_numpy() == pytest.approx(plain.table["std_error"].to_numpy(), rel=1e-7)
    extended = run(pd.concat([villages, villages.iloc[:3].assign(cases=0, n=0)]))
    assert extended.n_rows == 180
    assert extended.coefficients.to_numpy() == pytest.approx(plain.coefficients.to_numpy(), rel=1e-9)
    grams = run(villages.assign(remote=villages["remote"] * 1e4))
    assert grams.coefficients["remote"] * 1e4 == pytest.approx(plain.coefficients["remote"], rel=1e-8)
    assert grams.table["p_value"].to_numpy() == pytest.approx(plain.table["p_value"].to_numpy(), rel=1e-6)


def test_known_truth_is_recovered() -> None:
    rng = np.random.default_rng(11)
    tier = rng.integers(0, 4, 3000)
    share = expit(-1.0 - 0.2 * tier)
    n = rng.integers(5, 60, 3000)
    cases = rng.binomial(n, rng.beta(share * 19, (1 - share) * 19))  # correlation 1 / 20
    fit = fit_beta_binomial(cases=cases, n=n, design=np.column_stack([np.ones(3000), tier]), names=["one", "tier"])
    assert isinstance(fit, BetaBinomialFit)
    assert abs(fit.coefficients["tier"] + 0.2) < 3 * fit.table["std_error"].to_numpy()[1]
    assert fit.icc.lower is not None
    assert fit.icc.upper is not None
    assert fit.icc.lower < 0.05 < fit.icc.upper


def test_counts_no_more_varied_than_chance_say_so() -> None:
    even: dict[str, Any] = {
        "cases": [5, 5, 6, 5, 5, 6],
        "n": [20] * 6,
        "design": np.ones((6, 1)),
        "names": ["constant"],
    }
    assert fit_beta_binomial(**even) == Undefined(reason="no_overdispersion")
    single: dict[str, Any] = {
        "cases": [0, 1, 1, 0, 1, 0],
        "n": [1] * 6,
        "design": np.ones((6, 1)),
        "names": ["constant"],
    }
    assert fit_beta_binomial(**single) == Undefined(reason="no_overdispersion")
    assert isinstance(fit_binomial(**even, covariance="model"), BinomialFit)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cases": [0] * 6, "n": [0] * 6}, "nothing_measured"),
        ({"cases": [0] * 6}, "separation"),
        ({"cases": [9, 0, 5, 0, 0, 0]}, "separation"),
        ({"design": np.ones((6, 2))}, "rank_deficient"),
    ],
)
def test_what_has_no_binomial_fit_hands_on_its_reason(changes: dict[str, Any], reason: str) -> None:
    tier = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    rows: dict[str, Any] = {"cases": [9, 0, 5, 8, 1, 0], "n": [10] * 6, "design": tier, "names": ["constant", "tier"]}
    assert isinstance(fit_beta_binomial(**rows), BetaBinomialFit)
    result = fit_beta_binomial(**(rows | changes))
    assert isinstance(result, Undefined)
    assert result.reason == reason


def test_malformed_combinations_are_refused(villages: pd.DataFrame) -> None:
    fit = run(villages)
    for weights in ([1, 2], [0, 0, 0, 0]):
        with pytest.raises(ValueError, match="weights"):
            fit.linear_combination(weights=weights)
    with pytest.raises(ValueError, match="level"):
        fit.linear_combination(weights=[0, 1, 0, 0], level=95)
