"""The covariances against clubSandwich, sandwich, statsmodels GEE, and the formulas with N x N matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.linalg import sqrtm
from scipy.special import expit

from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.counts import FloatArray
from kbkit.results import Estimate
from tests.methods.conftest import Fitter

CASES = [
    (model, kind)
    for model in ("tiers", "score", "score_fixed_effects")
    for kind in ("CR0", "CR1", "CR1S", "CR2", "CR3")
    # clubSandwich cannot invert I - H with fixed effects of the clusters; the jackknife below does it.
    if (model, kind) != ("score_fixed_effects", "CR3")
]


@pytest.mark.parametrize(("model", "kind"), CASES)
def test_same_as_clubsandwich(fit_villages: Fitter, reference: Any, model: str, kind: str) -> None:
    expected = np.array(reference("binomial")["models"][model]["covariances"][kind])
    ours = fit_villages(model, kind).covariance_matrix.to_numpy()
    assert np.abs(ours - expected).max() < 1e-9 * np.abs(expected).max()


@pytest.mark.parametrize("model", ["tiers", "score", "score_fixed_effects"])
def test_cr1_is_that_of_sandwich(fit_villages: Fitter, reference: Any, model: str) -> None:
    expected = np.array(reference("binomial")["sandwich_cr1"][model])
    ours = fit_villages(model, "CR1").covariance_matrix.to_numpy()
    assert np.abs(ours - expected).max() < 1e-9 * np.abs(expected).max()


def test_cr3_is_mancl_and_derouen_on_child_rows(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    few = villages.assign(cases=villages["cases"] // 4 + 1, n=villages["n"] // 4 + 2)
    fit = fit_villages("score", "CR3", few)
    rows = np.repeat(np.arange(len(few)), few["n"])
    child = np.concatenate([np.arange(n) < cases for cases, n in zip(few["cases"], few["n"], strict=True)])
    order = np.argsort(few["kecamatan"].to_numpy()[rows], kind="stable")
    model = sm.GEE(
        child[order].astype(float),
        fit.design[rows][order],
        groups=few["kecamatan"].to_numpy()[rows][order],
        family=sm.families.Binomial(),
    )
    theirs = model.fit(cov_type="bias_reduced", ctol=1e-12).bse
    assert fit.table["std_error"].to_numpy() == pytest.approx(np.asarray(theirs), rel=1e-6)


def written_out(fit: BinomialFit) -> tuple[FloatArray, list[FloatArray], FloatArray, FloatArray]:
    """Return X, its adjusted blocks ``A_j' W_j X_j M`` (zero outside the cluster), F and M, all N x N or N x K."""
    fitted = expit(fit.design @ fit.coefficients.to_numpy())
    slopes = (fitted * (1 - fitted))[:, None] * fit.design
    variance = np.diag(fitted * (1 - fitted) / fit.n)
    weights = np.linalg.inv(variance)
    bread = np.linalg.inv(slopes.T @ weights @ slopes)
    remaining = np.eye(fit.n.size) - slopes @ bread @ slopes.T @ weights
    blocks = []
    assert fit.cluster is not None
    for code in np.unique(fit.cluster):
        rows = fit.cluster == code
        root = np.sqrt(variance[np.ix_(rows, rows)])
        inner = root @ (remaining @ variance @ remaining.T)[np.ix_(rows, rows)] @ root
        adjustment = root @ np.real(sqrtm(np.linalg.pinv(inner, rcond=1e-9, hermitian=True))) @ root
        block = np.zeros_like(fit.design)
        block[rows] = adjustment.T @ weights[np.ix_(rows, rows)] @ slopes[rows] @ bread
        blocks.append(block)
    return remaining, blocks, variance, (fit.cases / fit.n - fitted)


@pytest.mark.parametrize("model", ["tiers", "score_fixed_effects"])
def test_cr2_and_its_degrees_of_freedom_written_out(fit_villages: Fitter, model: str) -> None:
    fit = fit_villages(model)
    remaining, blocks, variance, residuals = written_out(fit)
    roots = np.stack([block.T @ residuals for block in blocks])
    covariance = fit.covariance_matrix.to_numpy()
    assert np.abs(roots.T @ roots - covariance).max() < 1e-8 * np.abs(covariance).max()
    weights = np.zeros(len(fit.names))
    weights[1:4] = 0.3, -1.0, 0.5
    vectors = np.stack([remaining.T @ block @ weights for block in blocks])
    products = vectors @ variance @ vectors.T
    uncertainty = fit.linear_combination(weights=weights)
    assert isinstance(uncertainty, Estimate)
    assert uncertainty.df == pytest.approx(np.trace(products) ** 2 / np.sum(products**2), rel=1e-7)


@pytest.mark.parametrize("model", ["score", "score_fixed_effects"])
def test_cr3_is_the_linear_jackknife_over_clusters(fit_villages: Fitter, model: str) -> None:
    fit = fit_villages(model, "CR3")
    fitted = expit(fit.design @ fit.coefficients.to_numpy())
    root = np.sqrt(fit.n * fitted * (1 - fitted))
    # The working regression at the estimate; its residuals have no part in the span of the design.
    design, residuals = root[:, None] * fit.design, (fit.cases - fit.n * fitted) / root
    assert fit.cluster is not None
    moves = []
    for code in np.unique(fit.cluster):
        kept = fit.cluster != code
        moves.append(np.linalg.lstsq(design[kept], residuals[kept], rcond=None)[0][:3])
    jackknife = np.stack(moves).T @ np.stack(moves)
    expected = fit.covariance_matrix.to_numpy()[1:3, 1:3]
    assert np.abs(jackknife[1:3, 1:3] - expected).max() < 1e-8 * np.abs(expected).max()


def test_cr2_is_not_hc0_when_every_row_is_a_cluster(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    # Rows as clusters: CR2 divides every squared residual by 1 - leverage (HC2), which statsmodels' GLM does not do.
    rows = villages.assign(kecamatan=[f"R{index:03d}" for index in range(len(villages))])
    fit = fit_villages("score", "CR2", rows)
    fitted = expit(fit.design @ fit.coefficients.to_numpy())
    information = fit.n * fitted * (1 - fitted)
    leverage = information * np.einsum("ij,jk,ik->i", fit.design, fit.model_covariance, fit.design)
    scores = fit.design * ((fit.cases - fit.n * fitted) / np.sqrt(1 - leverage))[:, None]
    expected = fit.model_covariance @ scores.T @ scores @ fit.model_covariance
    assert fit.covariance_matrix.to_numpy() == pytest.approx(expected, rel=1e-8)
    plain = fit_villages("score", "CR0", rows).table["std_error"]
    assert (fit.table["std_error"] > plain).all()
