"""Standardised contrasts of likelihood models against the binomial ones, drawn intercepts and finite differences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import norm

from kbkit.methods import (
    BetaBinomialFit,
    LogisticMixedFit,
    fit_beta_binomial,
    fit_logistic_mixed,
    marginal_contrast,
    prevalence_contrasts,
)
from kbkit.results import Contrast, Undefined
from tests.methods.conftest import Fitter, design_of


def settings(villages: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    design = design_of("score", villages)
    return design.assign(tier=3.0), design.assign(tier=0.0)


@pytest.fixture(scope="module")
def beta(villages: pd.DataFrame) -> BetaBinomialFit:
    design = design_of("score", villages)
    fit = fit_beta_binomial(cases=villages["cases"], n=villages["n"], design=design, names=design.columns.tolist())
    assert isinstance(fit, BetaBinomialFit)
    return fit


def test_without_groups_it_is_the_contrast_of_the_binomial_logit(
    villages: pd.DataFrame, beta: BetaBinomialFit, fit_villages: Fitter
) -> None:
    binomial = fit_villages("score", "model")
    high, low = settings(villages)
    (expected,) = prevalence_contrasts(binomial, settings={"high": high, "low": low}, reference="low")
    same = replace(beta, coefficients=binomial.coefficients, covariance_matrix=binomial.covariance_matrix)
    found = marginal_contrast(same, design=high, reference=low, weights=villages["n"])
    for name in ("difference", "ratio"):
        ours, theirs = getattr(found, name), getattr(expected, name)
        assert isinstance(ours, Contrast)
        assert isinstance(theirs, Contrast)
        assert (ours.estimate, ours.std_error, ours.lower) == pytest.approx(
            (theirs.estimate, theirs.std_error, theirs.lower), rel=1e-10
        )


def test_a_mixed_logit_is_averaged_over_its_intercepts(villages: pd.DataFrame) -> None:
    design = design_of("score", villages)
    fit = fit_logistic_mixed(
        cases=villages["cases"],
        n=villages["n"],
        design=design,
        names=design.columns.tolist(),
        groups=[villages["kecamatan"], villages["village"]],
    )
    assert isinstance(fit, LogisticMixedFit)
    high, low = settings(villages)
    found = marginal_contrast(fit, design=high, reference=low, weights=villages["n"]).difference
    assert isinstance(found, Contrast)
    # The middles of 4,000 equally likely parts of the intercepts' distribution.
    drawn = norm.ppf((np.arange(4000) + 0.5) / 4000) * np.sqrt(np.sum(np.square(fit.random_sd)))
    shares = villages["n"] / villages["n"].sum()

    def prevalence(matrix: pd.DataFrame, coefficients: np.ndarray) -> float:
        linear = matrix.to_numpy() @ coefficients
        return float(sum(share * expit(value + drawn).mean() for share, value in zip(shares, linear, strict=True)))

    b = fit.coefficients.to_numpy()
    assert found.estimate == pytest.approx(prevalence(high, b) - prevalence(low, b), abs=2e-6)
    step = 1e-4 * np.eye(b.size)
    gradient = np.array(
        [
            prevalence(high, b + h) - prevalence(low, b + h) - prevalence(high, b - h) + prevalence(low, b - h)
            for h in step
        ]
    ) / (2e-4)
    expected = float(np.sqrt(gradient @ fit.covariance_matrix.to_numpy() @ gradient))
    assert found.std_error == pytest.approx(expected, rel=5e-3)
    assert found.df == fit.df


def test_settings_that_do_not_differ(villages: pd.DataFrame, beta: BetaBinomialFit) -> None:
    high, _ = settings(villages)
    found = marginal_contrast(beta, design=high, reference=high, weights=villages["n"])
    assert isinstance(found.difference, Undefined)
    with pytest.raises(ValueError, match="designs must be"):
        marginal_contrast(beta, design=high, reference=high.head(3), weights=villages["n"])
