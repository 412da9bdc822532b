from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import binom, norm

from kbkit.methods import mixed_likelihood
from kbkit.methods.counts import FloatArray
from kbkit.methods.logistic_mixed import _group_rows
from kbkit.methods.mixed_likelihood import GroupedRows, laplace_likelihood, quadrature_likelihood
from tests.methods.conftest import design_of

COEFFICIENTS = np.array([-1.2, 0.1, 0.1, -0.1])


def grouped(villages: pd.DataFrame, *levels: str) -> GroupedRows:
    return _group_rows(
        villages["cases"], villages["n"], design_of("score", villages), [villages[level] for level in levels]
    )


def numeric_gradient(likelihood: Any, rows: GroupedRows, point: FloatArray) -> FloatArray:
    moves = 1e-5 * np.eye(point.size)
    return np.array([(likelihood(rows, point + move)[0] - likelihood(rows, point - move)[0]) / 2e-5 for move in moves])


@pytest.mark.parametrize("sd", [0.05, 0.4, -0.4, 1.5])
def test_gradients_are_derivatives(villages: pd.DataFrame, sd: float) -> None:
    one, two = grouped(villages, "kecamatan"), grouped(villages, "kecamatan", "village")
    point = np.append(COEFFICIENTS, [sd])
    expected = numeric_gradient(quadrature_likelihood, one, point)
    assert quadrature_likelihood(one, point)[1] == pytest.approx(expected, rel=1e-6, abs=1e-5)
    point = np.append(COEFFICIENTS, [sd, 0.25])
    expected = numeric_gradient(laplace_likelihood, two, point)
    assert laplace_likelihood(two, point)[1] == pytest.approx(expected, rel=1e-6, abs=1e-5)


def test_laplace_written_out_with_dense_matrices(villages: pd.DataFrame) -> None:
    rows = grouped(villages, "kecamatan", "village")
    loadings = np.column_stack([0.4 * np.eye(12)[rows.outer], 0.25 * np.eye(90)[rows.inner]])
    fixed = rows.design @ COEFFICIENTS

    def minus_joint(intercepts: Any) -> Any:
        linear = fixed + loadings @ intercepts
        return intercepts @ intercepts / 2 - binom.logpmf(rows.cases, rows.n, expit(linear)).sum()

    def minus_slope(intercepts: Any) -> Any:
        return intercepts - loadings.T @ (rows.cases - rows.n * expit(fixed + loadings @ intercepts))

    modes = minimize(minus_joint, np.zeros(102), jac=minus_slope, method="BFGS", options={"gtol": 1e-8})
    fitted = expit(fixed + loadings @ modes.x)
    curvature = np.eye(102) + loadings.T @ ((rows.n * fitted * (1 - fitted))[:, None] * loadings)
    expected = -minus_joint(modes.x) - np.linalg.slogdet(curvature)[1] / 2
    value = laplace_likelihood(rows, np.append(COEFFICIENTS, [0.4, 0.25]))[0]
    assert value == pytest.approx(expected, rel=1e-9)


def test_quadrature_is_the_integral(villages: pd.DataFrame) -> None:
    rows = grouped(villages[villages["kecamatan"] < "K04"], "kecamatan")
    fixed, total = rows.design @ COEFFICIENTS, 0.0
    for group in range(3):
        inside = rows.outer == group

        def density(u: float, inside: Any = inside) -> float:
            share = expit(fixed[inside] + 0.4 * u)
            return float(np.exp(binom.logpmf(rows.cases[inside], rows.n[inside], share).sum()) * norm.pdf(u))

        total += np.log(quad(density, -8, 8, epsabs=0, epsrel=1e-12, points=[-1, 0, 1], limit=200)[0])
    assert quadrature_likelihood(rows, np.append(COEFFICIENTS, 0.4))[0] == pytest.approx(total, rel=1e-10)


def test_more_points_change_nothing(villages: pd.DataFrame, reference: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cbpp = reference("logistic_mixed")["cbpp"]
    rows = _group_rows(cbpp["cases"], cbpp["n"], np.ones((56, 1)), [cbpp["herd"]])
    point = np.array([-2.0, 1.0])
    usual = quadrature_likelihood(rows, point)[0]
    monkeypatch.setattr(mixed_likelihood, "NODES", 61)
    assert quadrature_likelihood(rows, point)[0] == pytest.approx(usual, rel=1e-10)
    monkeypatch.setattr(mixed_likelihood, "NODES", 3)
    assert quadrature_likelihood(rows, point)[0] != pytest.approx(usual, rel=1e-6)


def test_without_variation_between_groups_it_is_the_binomial(villages: pd.DataFrame) -> None:
    rows = grouped(villages, "kecamatan", "village")
    expected = binom.logpmf(rows.cases, rows.n, expit(rows.design @ COEFFICIENTS)).sum()
    assert laplace_likelihood(rows, np.append(COEFFICIENTS, [0, 0]))[0] == pytest.approx(expected, rel=1e-10)
    one_level = grouped(villages, "kecamatan")
    assert quadrature_likelihood(one_level, np.append(COEFFICIENTS, 0))[0] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("sd", [5.0, 40.0])
def test_modes_are_found_however_far_groups_lie_apart(villages: pd.DataFrame, sd: float) -> None:
    rows = grouped(villages, "kecamatan", "village")
    modes = mixed_likelihood.find_modes(rows, np.array([3.0, -2.0, 1.0, 1.0]), (sd, sd))
    residuals = np.bincount(rows.inner, weights=rows.cases - rows.n * modes.fitted)
    assert modes.inner == pytest.approx(sd * residuals, abs=1e-5)
    assert modes.outer == pytest.approx(sd * np.bincount(rows.parent, weights=residuals), abs=1e-5)
