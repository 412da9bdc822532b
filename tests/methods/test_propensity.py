from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods import BinomialFit, PropensityFit, fit_binomial, generalized_propensity
from kbkit.methods.tier_models import MODELS as TIER_MODELS
from kbkit.methods.tier_models import PropensityModel
from kbkit.results import Undefined

FITTED = 1e-6
MODELS: tuple[PropensityModel, ...] = ("ordinal", "multinomial")
NAMES = ["remote", "size"]


def first_period(villages: pd.DataFrame) -> pd.DataFrame:
    rows = villages[villages["year"] == 0]
    return rows.assign(size=np.log(rows["n"]))


def run(rows: pd.DataFrame, model: PropensityModel, **changes: Any) -> PropensityFit:
    arguments: dict[str, Any] = {"tier": rows["tier"], "names": NAMES, "model": model} | changes
    result = generalized_propensity(design=rows[arguments["names"]], **arguments)
    assert isinstance(result, PropensityFit)
    return result


@pytest.mark.parametrize("model", MODELS)
def test_fit_is_that_of_r(villages: pd.DataFrame, reference: Any, model: PropensityModel) -> None:
    expected, fit = reference("tier_means"), run(first_period(villages), model)
    assert fit.log_likelihood == pytest.approx(expected[model]["log_likelihood"], rel=1e-10)
    assert fit.probabilities.to_numpy()[0] == pytest.approx(expected[model]["first_row"], rel=FITTED)
    if model == "ordinal":
        assert fit.coefficients["step"].to_numpy() == pytest.approx(expected["polr"], rel=FITTED)
    else:
        # multinom ends where its own criterion is met.
        assert fit.coefficients.to_numpy() == pytest.approx(np.array(expected["multinom"]), rel=1e-4)
        slopes = np.array(expected[model]["parameters"]).reshape(3, 3)[:, 1:].T
        assert fit.coefficients.to_numpy() == pytest.approx(slopes, rel=FITTED, abs=1e-8)


@pytest.mark.parametrize("name", MODELS)
def test_gradients_are_derivatives_and_probabilities_sum_to_one(name: PropensityModel) -> None:
    rng = np.random.default_rng(2)
    model = TIER_MODELS[name](columns=rng.normal(size=(7, 2)), n_tiers=4)
    parameters = np.array([-1.3, 0.2, 0.9, 0.5, -0.8]) if name == "ordinal" else rng.normal(size=9)
    codes = np.array([0, 1, 2, 3, 1, 2, 0])
    gradient, information = model.log_gradient(parameters, codes), model.information(parameters, codes)
    assert model.chances(parameters).sum(axis=1) == pytest.approx(np.ones(7))
    for place, move in enumerate(1e-6 * np.eye(parameters.size)):
        above, below = (np.log(model.chances(parameters + sign * move)[range(7), codes]) for sign in (1, -1))
        assert gradient[:, place] == pytest.approx((above - below) / 2e-6, rel=1e-5, abs=1e-7)
        slopes = [model.log_gradient(parameters + sign * move, codes).sum(axis=0) for sign in (1, -1)]
        assert information[place] == pytest.approx((slopes[1] - slopes[0]) / 2e-6, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_two_tiers_are_a_binomial_logit(villages: pd.DataFrame, model: PropensityModel) -> None:
    rows = first_period(villages).assign(tier=lambda d: (d["tier"] >= 2) * 3)
    fit = run(rows, model)
    plain = fit_binomial(
        cases=rows["tier"] / 3,
        n=np.ones(len(rows)),
        design=np.column_stack([np.ones(len(rows)), rows[NAMES]]),
        names=["constant", *NAMES],
        covariance="model",
    )
    assert isinstance(plain, BinomialFit)
    assert fit.tiers == ("0", "3")
    assert fit.coefficients.to_numpy().ravel() == pytest.approx(plain.coefficients.to_numpy()[1:], rel=FITTED)
    # The influences' squares are the robust covariance; their mean is 0.
    assert fit.influence.sum(axis=0) == pytest.approx(np.zeros(3), abs=1e-8)


@pytest.mark.parametrize("model", MODELS)
def test_order_of_rows_and_units_of_columns_change_nothing(villages: pd.DataFrame, model: PropensityModel) -> None:
    rows = first_period(villages)
    plain, order = run(rows, model), np.random.default_rng(1).permutation(len(rows))
    shuffled = run(rows.iloc[order], model)
    assert shuffled.probabilities.to_numpy() == pytest.approx(plain.probabilities.to_numpy()[order], abs=1e-9)
    grams = run(rows.assign(remote=1000 * rows["remote"] + 5), model)
    assert grams.probabilities.to_numpy() == pytest.approx(plain.probabilities.to_numpy(), abs=1e-9)
    assert 1000 * grams.coefficients.to_numpy()[0] == pytest.approx(plain.coefficients.to_numpy()[0], rel=1e-7)


def test_turning_the_ladder_turns_the_ordinal_probabilities(villages: pd.DataFrame) -> None:
    rows = first_period(villages)
    plain, turned = run(rows, "ordinal"), run(rows.assign(tier=3 - rows["tier"]), "ordinal")
    assert turned.probabilities.to_numpy()[:, ::-1] == pytest.approx(plain.probabilities.to_numpy(), abs=1e-8)


SMALL: dict[str, Any] = {
    "tier": [0, 1, 2, 0, 1, 2, 0, 1, 2, 1],
    "design": np.array([[0.0, 1.0, 2.0, 3.0, 1.5, 0.5, 2.5, 0.2, 1.1, 2.2]]).T,
    "names": ["remote"],
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tier": [], "design": np.zeros((0, 1))}, "nothing_measured"),
        ({"tier": [1] * 10}, "one_group"),
        ({"design": np.ones((10, 1))}, "rank_deficient"),
        ({"tier": [0, 1, 2], "design": [[0.1], [0.4], [0.2]]}, "no_residual_df"),
        ({"tier": [0, 0, 1, 2, 1, 0, 2, 0, 1, 2]}, "no_overlap"),
    ],
)
def test_what_cannot_be_estimated_says_why(changes: dict[str, Any], reason: str, model: PropensityModel) -> None:
    assert isinstance(generalized_propensity(**SMALL, model=model), PropensityFit)
    if reason == "no_overlap":
        # Remote villages are in the highest tier, near ones in the lowest: nothing overlaps.
        remote = np.argsort(np.argsort(changes["tier"], kind="stable"))[:, None]
        changes = changes | {"design": remote.astype(float)}
    result = generalized_propensity(**(SMALL | changes), model=model)
    assert isinstance(result, Undefined)
    assert result.reason == reason


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), model=st.sampled_from(MODELS))
def test_small_data_give_probabilities_or_a_reason(seed: int, model: PropensityModel) -> None:
    rng = np.random.default_rng(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = generalized_propensity(
            tier=rng.integers(0, 4, 18), design=rng.normal(size=(18, 2)) * [1, 100], names=NAMES, model=model
        )
    if isinstance(result, PropensityFit):
        assert result.probabilities.to_numpy().sum(axis=1) == pytest.approx(np.ones(18))
        assert result.influence.sum(axis=0) == pytest.approx(np.zeros(result.influence.shape[1]), abs=1e-6)


@pytest.mark.parametrize(
    "changes", [{"model": "probit"}, {"names": ["a", "b"]}, {"tier": [1, 2]}, {"design": np.full((10, 1), np.nan)}]
)
def test_malformed_calls_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        generalized_propensity(**(SMALL | changes))
