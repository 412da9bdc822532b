from __future__ import annotations

import warnings
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods import BinomialFit, binomial, estimate_dispersion, fit_binomial, glm_maximum, logit_maximum
from kbkit.methods.binomial_fit import Covariance
from kbkit.results import Estimate, Undefined
from tests.methods.conftest import CLOSED, FITTED, Fitter, cell, design_of, std_errors

MODELS = ["tiers", "score", "score_fixed_effects"]
COVARIANCES: tuple[Covariance, ...] = ("CR0", "CR1", "CR1S", "CR2", "CR3", "model", "quasi")


@pytest.mark.parametrize("model", MODELS)
def test_estimates_are_those_of_r_glm(fit_villages: Fitter, reference: Any, model: str) -> None:
    expected, fit = reference("binomial")["models"][model], fit_villages(model, "model")
    assert fit.coefficients.to_numpy() == pytest.approx(expected["coefficients"], rel=FITTED)
    assert fit.deviance == pytest.approx(expected["deviance"], rel=CLOSED)
    assert fit.dispersion == pytest.approx(expected["dispersion"], rel=CLOSED)
    assert std_errors(fit) == pytest.approx(expected["model_std_error"], rel=FITTED)


@pytest.mark.parametrize("model", MODELS)
def test_cr2_table_is_that_of_clubsandwich(fit_villages: Fitter, reference: Any, model: str) -> None:
    expected, table = reference("binomial")["models"][model]["satterthwaite"], fit_villages(model).table
    for column in ("std_error", "df", "p_value", "lower", "upper"):
        assert table[column].to_numpy() == pytest.approx(expected[column], rel=FITTED), column


def test_reference_distribution_follows_the_covariance(fit_villages: Fitter) -> None:
    assert (fit_villages("score", "CR1").table["df"] == 11).all()
    assert (fit_villages("score", "quasi").table["df"] == 180 - 4).all()
    assert np.isinf(fit_villages("score", "model").table["df"]).all()
    assert fit_villages("score", "CR1").satterthwaite_df is None
    satterthwaite = fit_villages("score").satterthwaite_df
    assert satterthwaite is not None
    assert (satterthwaite < 11).all()


def test_quasi_is_the_model_times_the_dispersion(fit_villages: Fitter) -> None:
    model, quasi = fit_villages("score", "model"), fit_villages("score", "quasi")
    assert quasi.covariance_matrix.to_numpy() == pytest.approx(model.dispersion * model.covariance_matrix.to_numpy())


def test_linear_combination_of_two_terms(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    step = fit.linear_combination(weights=[0, -1, 1, 0, 0, 0])
    assert isinstance(step, Estimate)
    matrix = fit.covariance_matrix.loc[["tier_1", "tier_2"], ["tier_1", "tier_2"]].to_numpy()
    variance = matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1]
    assert step.estimate == pytest.approx(fit.coefficients["tier_2"] - fit.coefficients["tier_1"])
    assert step.std_error == pytest.approx(np.sqrt(variance))
    doubled = fit.linear_combination(weights=[0, -2, 2, 0, 0, 0])
    assert isinstance(doubled, Estimate)
    assert doubled.df == pytest.approx(step.df)
    with pytest.raises(ValueError, match="weights"):
        fit.linear_combination(weights=[1, 2])


def test_unmeasured_rows_leave_the_fit_and_stay_in_the_design(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    extra = pd.concat([villages, villages.iloc[:2].assign(n=0, cases=0, kecamatan="K99", remote=9.0)])
    fit, plain = fit_villages("score", rows=extra), fit_villages("score")
    assert (fit.n_rows, fit.n_clusters) == (180, 12)
    assert fit.design.shape == (182, 4)
    pd.testing.assert_frame_equal(fit.table, plain.table)


@pytest.mark.parametrize("covariance", COVARIANCES)
def test_row_order_changes_nothing(villages: pd.DataFrame, fit_villages: Fitter, covariance: Covariance) -> None:
    shuffled = fit_villages("score_fixed_effects", covariance, villages.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(
        shuffled.table, fit_villages("score_fixed_effects", covariance).table, rtol=1e-8, atol=1e-10
    )


def test_scale_of_a_column_scales_its_estimate_and_leaves_its_test(villages: pd.DataFrame) -> None:
    design = design_of("score", villages)
    fits = []
    for scale in (1.0, 1000.0):
        scaled = design.assign(remote=design["remote"] * scale)
        fit = fit_binomial(
            cases=villages["cases"],
            n=villages["n"],
            design=scaled,
            names=scaled.columns.tolist(),
            cluster=villages["kecamatan"],
        )
        assert isinstance(fit, BinomialFit)
        fits.append(fit)
    for column in ("df", "statistic", "p_value"):
        assert cell(fits[0], "remote", column) == pytest.approx(cell(fits[1], "remote", column), rel=1e-7)
    assert cell(fits[0], "remote", "upper") == pytest.approx(1000 * cell(fits[1], "remote", "upper"))


def test_doubling_counts_halves_the_model_variance_and_not_the_sandwich(
    villages: pd.DataFrame, fit_villages: Fitter
) -> None:
    double = villages.assign(cases=2 * villages["cases"], n=2 * villages["n"])
    model = std_errors(fit_villages("score", "model", double)) / std_errors(fit_villages("score", "model"))
    sandwich = std_errors(fit_villages("score", "CR2", double)) / std_errors(fit_villages("score"))
    assert model == pytest.approx(np.full(4, 0.5**0.5), rel=FITTED)
    assert sandwich == pytest.approx(np.ones(4), rel=FITTED)


def test_a_fit_cannot_be_altered(fit_villages: Fitter) -> None:
    fit = fit_villages("score")
    with pytest.raises(AttributeError):
        fit.level = 0.5  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        fit.design[0, 0] = 2.0


# What has no estimate says why.


def fit_small(**changes: Any) -> BinomialFit | Undefined:
    rows: dict[str, Any] = {
        "cases": [3, 4, 2, 6, 5, 1],
        "n": [10, 12, 9, 20, 11, 8],
        "design": np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]]),
        "names": ["constant", "tier"],
        "cluster": ["a", "a", "b", "b", "c", "c"],
    }
    return fit_binomial(**(rows | changes))


def test_the_small_example_itself_is_fitted() -> None:
    assert isinstance(fit_small(), BinomialFit)


def test_nobody_measured() -> None:
    assert fit_small(cases=[0] * 6, n=[0] * 6) == Undefined(reason="nothing_measured")


def test_one_cluster() -> None:
    assert fit_small(cluster=["a"] * 6) == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    assert isinstance(fit_small(cluster=["a"] * 6, covariance="quasi"), BinomialFit)


def test_rank_deficiency_names_the_terms() -> None:
    design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0]])
    result = fit_small(design=design, names=["constant", "tier", "not_tier"])
    assert result == Undefined(reason="rank_deficient", details={"terms": "not_tier"})


def test_a_tier_without_measured_villages_is_rank_deficient() -> None:
    assert fit_small(cases=[3, 4, 2, 0, 0, 0], n=[10, 12, 9, 0, 0, 0]) == Undefined(
        reason="rank_deficient", details={"terms": "tier"}
    )


def test_more_columns_than_rows_names_what_is_too_much() -> None:
    result = fit_small(design=np.random.default_rng(0).normal(size=(6, 8)), names=list("abcdefgh"))
    assert result == Undefined(reason="rank_deficient", details={"terms": "g, h"})


def test_as_many_columns_as_rows() -> None:
    result = fit_small(design=np.eye(6), names=list("abcdef"))
    assert result == Undefined(reason="no_residual_df", details={"rows": 6, "terms": 6})


def test_separation_names_the_terms() -> None:
    assert fit_small(cases=[3, 4, 2, 0, 0, 0]) == Undefined(reason="separation", details={"terms": "tier"})
    nothing = fit_small(cases=[0] * 6)
    assert isinstance(nothing, Undefined)
    assert nothing.reason == "separation"


@pytest.mark.parametrize("covariance", ["CR0", "CR2", "CR3"])
def test_a_term_of_one_cluster_has_an_estimate_and_no_sandwich(covariance: str) -> None:
    # With fixed effects of the clusters only cluster b, where the tier differs, informs its term.
    design = np.column_stack([np.ones(6), [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 0]])
    result = fit_small(design=design, names=["constant", "b", "c", "tier"], covariance=covariance)
    assert isinstance(result, BinomialFit)
    assert cell(result, "tier", "estimate") == result.coefficients["tier"]
    assert result.table.drop(columns=["estimate", "level", "method"]).loc[["tier"]].isna().to_numpy().all()
    assert result.linear_combination(weights=[0, 0, 0, 1]) == Undefined(reason="no_variance")


def test_a_search_cut_short_is_no_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (binomial, logit_maximum):
        monkeypatch.setattr(module, "MAX_STEPS", 2)
    short = Undefined(reason="not_converged", details={"steps": 2})
    assert fit_small(solver="newton") == short
    assert isinstance(fit_small(), BinomialFit)
    monkeypatch.setattr(glm_maximum, "_MAX_STEPS", 2)
    assert fit_small() == short


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 100_000), covariance=st.sampled_from(COVARIANCES))
def test_small_tables_give_numbers_or_a_reason(seed: int, covariance: Covariance) -> None:
    rng = np.random.default_rng(seed)
    n = rng.integers(0, 8, 14)
    design = np.column_stack([np.ones(14), rng.integers(0, 3, 14), rng.integers(0, 2, 14)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = fit_binomial(
            cases=rng.binomial(n, rng.choice([0.02, 0.3])),
            n=n,
            design=design,
            names=["constant", "tier", "urban"],
            cluster=rng.integers(0, 4, 14),
            covariance=covariance,
        )
    if isinstance(result, BinomialFit):
        known = result.table[["estimate", "std_error", "statistic", "p_value", "lower", "upper"]].dropna()
        assert np.isfinite(known.to_numpy()).all()
        assert (known["std_error"] > 0).all()


@pytest.mark.parametrize(
    "changes",
    [
        {"cases": [30, 4, 2, 6, 5, 1]},
        {"cases": [np.nan, 4, 2, 6, 5, 1]},
        {"names": ["tier", "tier"]},
        {"design": np.full((6, 2), np.nan)},
        {"cluster": ["a", "a", "b", "b", "c"]},
        {"cluster": ["a", "a", "b", "b", "c", None]},
        {"cluster": None},
        {"level": 95},
    ],
)
def test_malformed_calls_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        fit_small(**changes)


def test_splitting_rows_moves_cr2_by_little(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    half = villages.assign(cases=villages["cases"] // 2, n=villages["n"] // 2)
    rest = villages.assign(cases=villages["cases"] - half["cases"], n=villages["n"] - half["n"])
    for model in ("score", "score_fixed_effects"):
        grouped, halves = fit_villages(model), fit_villages(model, rows=pd.concat([half, rest]))
        assert cell(halves, "tier", "std_error") == pytest.approx(cell(grouped, "tier", "std_error"), rel=0.01)
        assert cell(halves, "tier", "df") == pytest.approx(cell(grouped, "tier", "df"), rel=0.03)


def test_intervals_use_t_not_the_normal(fit_villages: Fitter) -> None:
    fit = fit_villages("score", "CR1")
    half = cell(fit, "tier", "upper") - cell(fit, "tier", "estimate")
    # t(11) at 0.975 is 2.200985 (any table); statsmodels would take 1.96.
    assert half / cell(fit, "tier", "std_error") == pytest.approx(2.2009851600916, rel=1e-10)


def test_cr2_of_300_villages_costs_little_more_than_the_fit_itself() -> None:
    # Interleaved and relative, since seconds depend on what else the machine does: CR2 takes about twice the time of
    # the model's covariance here (0.02 s), and hundreds of times with matrices of all rows.
    rng = np.random.default_rng(1)
    cluster = np.repeat(rng.integers(0, 16, 300), 4)
    design = np.column_stack([np.eye(16)[cluster], rng.integers(0, 4, 1200), rng.normal(size=(1200, 8))])
    n = rng.integers(20, 150, 1200)
    cases, names = rng.binomial(n, 0.22), [f"x{column}" for column in range(25)]

    def seconds(covariance: Covariance) -> float:
        start = perf_counter()
        fit_binomial(cases=cases, n=n, design=design, names=names, cluster=cluster, covariance=covariance)
        return perf_counter() - start

    rounds = [(seconds("CR2"), seconds("model")) for _ in range(7)]
    cr2, model = (min(column) for column in zip(*rounds, strict=True))
    assert cr2 < 10 * model


def test_estimate_dispersion_by_hand() -> None:
    # ((3-2)^2 + (1-2)^2) / (10 * 0.2 * 0.8) / (2 - 1) = 1.25; the row without children does not count.
    result = estimate_dispersion(cases=[3, 1, 0], n=[10, 10, 0], fitted=[0.2, 0.2, 0.9], n_parameters=1)
    assert result == pytest.approx(1.25)
    assert estimate_dispersion(cases=[3], n=[10], fitted=[0.3], n_parameters=1) == Undefined(
        reason="no_residual_df", details={"rows": 1, "terms": 1}
    )
