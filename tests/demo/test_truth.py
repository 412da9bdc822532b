"""The truth can be found: adjusting recovers it, the crude comparison is biased as stated."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from kbkit.demo import DEMO_TRUTH, Population, Truth, compute_marginal_truth, generate_population
from kbkit.demo.children import expit

CRUDE = "prevalence ~ tier_score + C(period)"
ADJUSTED = f"{CRUDE} + disadvantage + C(district_code)"


def blora_rows(population: Population) -> pd.DataFrame:
    rows = population.stunting[population.stunting["regency_code"] == "33.16"].dropna(subset="tier_score")
    return rows.assign(
        tier_score=rows["tier_score"].astype("float64"),
        prevalence=rows["children_stunted"] / rows["children_measured"],
    ).reset_index(drop=True)


def fit_tier_slope(formula: str, rows: pd.DataFrame) -> tuple[float, float]:
    """Fit the grouped binomial logit; return slope and standard error clustered on the district (CR1S)."""
    model = smf.glm(formula, rows, family=sm.families.Binomial(), var_weights=rows["children_measured"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "cov_type not fully supported with var_weights": the sandwich is right
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(rows["district_code"])[0]})
    return float(fit.params["tier_score"]), float(fit.bse["tier_score"])


def test_adjusted_model_recovers_the_slope(population: Population) -> None:
    slope, error = fit_tier_slope(ADJUSTED, blora_rows(population))
    assert slope == pytest.approx(DEMO_TRUTH.tier_slope, abs=2 * error)
    assert slope + 3 * error < 0


def test_crude_comparison_shows_nothing(population: Population) -> None:
    slope, error = fit_tier_slope(CRUDE, blora_rows(population))
    assert slope == pytest.approx(0, abs=2 * error)
    assert slope - DEMO_TRUTH.tier_slope > 3 * error


def test_the_last_period_alone_tells_the_same(population: Population) -> None:
    last = blora_rows(population).query("period == '2024-02'")
    crude, crude_error = fit_tier_slope("prevalence ~ tier_score", last)
    adjusted, adjusted_error = fit_tier_slope("prevalence ~ tier_score + disadvantage + C(district_code)", last)
    assert crude > -crude_error
    assert adjusted == pytest.approx(DEMO_TRUTH.tier_slope, abs=2 * adjusted_error)


def test_the_story_is_not_one_lucky_seed(blora_only: Truth) -> None:
    slopes = np.array(
        [
            [fit_tier_slope(formula, rows)[0] for formula in (CRUDE, ADJUSTED)]
            for rows in (blora_rows(generate_population(seed=seed, truth=blora_only)) for seed in range(8))
        ]
    )
    crude, adjusted = slopes.mean(axis=0)
    # One adjusted slope has a standard error of some 0.02, so the mean of eight has some 0.007.
    assert adjusted == pytest.approx(DEMO_TRUTH.tier_slope, abs=0.022)
    assert crude == pytest.approx(0, abs=0.04)


def test_without_disadvantage_the_crude_comparison_is_right(blora_only: Truth) -> None:
    fair = replace(blora_only, disadvantage_slope=0.0, district_sd=0.0)
    slope, error = fit_tier_slope(CRUDE, blora_rows(generate_population(truth=fair)))
    assert slope == pytest.approx(DEMO_TRUTH.tier_slope, abs=2.5 * error)


def marginal_by_hand(population: Population, tier_score: int) -> float:
    rows = blora_rows(population)
    probability = expit(rows["linear_without_tier"].to_numpy() - 0.12 * tier_score)
    weights = rows["children_measured"].to_numpy()
    return float((probability * weights).sum() / weights.sum())


def test_marginal_truth_is_the_standardised_prevalence(population: Population) -> None:
    marginal = compute_marginal_truth(population=population, truth=DEMO_TRUTH, regency_code="33.16")
    assert marginal.prevalence_by_tier["dasar"] == pytest.approx(marginal_by_hand(population, 0), abs=1e-12)
    assert marginal.prevalence_by_tier["berkelanjutan"] == pytest.approx(marginal_by_hand(population, 3), abs=1e-12)
    difference = marginal_by_hand(population, 3) - marginal_by_hand(population, 0)
    assert marginal.mean_step == pytest.approx(difference / 3, abs=1e-12)
    assert -0.021 < marginal.mean_step < -0.015
    assert marginal.crude_step is not None
    assert abs(marginal.crude_step) < 0.005


def test_crude_step_is_a_least_squares_slope(population: Population) -> None:
    last = blora_rows(population).query("period == '2024-02'")
    fit = smf.wls("probability ~ tier_score", last, weights=last["children_measured"]).fit()
    marginal = compute_marginal_truth(population=population, truth=DEMO_TRUTH, regency_code="33.16", period="2024-02")
    assert marginal.crude_step == pytest.approx(fit.params["tier_score"], abs=1e-10)
    assert marginal.villages == 295


def test_crude_step_of_a_single_tier_is_nothing(population: Population) -> None:
    one = population.stunting.assign(
        tier_score=population.stunting["tier_score"].where(population.stunting["tier_score"] == 3)
    )
    marginal = compute_marginal_truth(
        population=replace(population, stunting=one), truth=DEMO_TRUTH, regency_code="33.16"
    )
    assert marginal.crude_step is None
