"""Standardised prevalence between two settings from a likelihood model: beta-binomial or mixed logit.

Estimand: the difference and the ratio of the prevalence that the measured units of these rows would show, by the model,
with the exposure at one value in every row and at another; averaged over groups, so that a mixed logit answers the same
question as the models without groups of their own.

Formula: ``P(s) = sum_i w_i m(x_i(s)'b) / sum_i w_i`` with ``m(z) = E expit(z + v U)``, ``U`` standard normal and
``v^2`` the sum of the variances of all levels of groups, by Gauss-Hermite quadrature with 21 points; ``m = expit``
without groups. Delta method on the coefficients' covariance: g(s) = sum_i w_i m'(x_i(s)'b) x_i(s) / sum_i w_i,
``d = g(1) - g(0)`` for the difference and ``g(1)/P(1) - g(0)/P(0)`` for the log ratio, t with the fit's degrees of
freedom.

Assumptions: those of the fit. The standard deviations of the groups are taken as known; they move a difference between
two settings little. A difference between settings is an association.

Edge cases: two settings that do not differ are ``Undefined("no_variance")``. Weights matter up to scale only.

Source: Zeger, Liang & Albert, Biometrics 1988, 44:1049-1060 (averages over random intercepts); Localio, Margolis &
Berlin, Journal of Clinical Epidemiology 2007, 60:874-882 (delta method for risks).

Checked against: :mod:`kbkit.methods.standardisation` on a fit without groups of its own; the average over a million
drawn intercepts; the gradient against finite differences.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from kbkit.methods.counts import FloatArray
from kbkit.methods.likelihood_fit import LikelihoodFit
from kbkit.methods.logistic_mixed import LogisticMixedFit
from kbkit.methods.standardisation import PrevalenceContrast
from kbkit.methods.wald import difference_contrast, ratio_contrast
from kbkit.results import Undefined

_POINTS = 21
_NO_ERROR = 1e-12


def marginal_contrast(
    fit: LikelihoodFit, *, design: ArrayLike, reference: ArrayLike, weights: ArrayLike
) -> PrevalenceContrast:
    """Compare two settings of the exposure.

    Args:
        fit: a beta-binomial or mixed logit.
        design: the design with the exposure at its value, shape ``(rows, columns)``.
        reference: the design with the exposure at the value it is compared with, same shape.
        weights: weight of every row, for example measured units, shape ``(rows,)``.

    Raises:
        ValueError: the arrays do not fit together or the weights sum to nothing.
    """
    shares = np.asarray(weights, dtype=np.float64)
    first, base = (np.asarray(matrix, dtype=np.float64) for matrix in (design, reference))
    if not (first.shape == base.shape == (shares.size, len(fit.names)) and shares.sum() > 0):
        raise ValueError(f"designs must be {shares.size} rows by {len(fit.names)} columns, weights positive in sum")
    shares = shares / shares.sum()
    spread = sqrt(sum(sd**2 for sd in fit.random_sd)) if isinstance(fit, LogisticMixedFit) else 0.0
    (value, slope), (value_0, slope_0) = (_standardise(fit, matrix, shares, spread) for matrix in (first, base))
    return _describe(fit, (value, slope), (value_0, slope_0))


def _standardise(fit: LikelihoodFit, design: FloatArray, shares: FloatArray, spread: float) -> tuple[float, FloatArray]:
    """Return the standardised prevalence and its gradient in the coefficients, shape ``(columns,)``."""
    linear = design @ fit.coefficients.to_numpy()
    nodes, weights = (np.zeros(1), np.ones(1)) if spread == 0 else _normal_quadrature()
    chances = expit(linear[:, None] + spread * nodes)
    gradient: FloatArray = design.T @ (shares * (chances * (1 - chances) @ weights))
    return float(shares @ (chances @ weights)), gradient


def _normal_quadrature() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(_POINTS)
    return nodes, weights / weights.sum()


_Standardised = tuple[float, FloatArray]


def _describe(fit: LikelihoodFit, value: _Standardised, base: _Standardised) -> PrevalenceContrast:
    (high, slope), (low, slope_0) = value, base
    covariance = fit.covariance_matrix.to_numpy()
    plain, relative = slope - slope_0, slope / high - slope_0 / low
    error, log_error = (sqrt(float(vector @ covariance @ vector)) for vector in (plain, relative))
    if error < _NO_ERROR:
        nothing = Undefined(reason="no_variance")
        return PrevalenceContrast(setting="design", reference="reference", difference=nothing, ratio=nothing)
    words = {"df": fit.df, "level": fit.level, "term": "design - reference", "method": fit.method}
    return PrevalenceContrast(
        setting="design",
        reference="reference",
        difference=difference_contrast(estimate=high - low, std_error=error, **words),  # type: ignore[arg-type]
        ratio=ratio_contrast(log_ratio=log(high / low), log_error=log_error, **words),  # type: ignore[arg-type]
    )
