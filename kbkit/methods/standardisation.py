"""Standardised prevalence and its contrasts from a grouped logit (g-computation).

Estimand: the prevalence that the measured units of these very rows would show, by the model, were the columns of the
exposure set to one value in every row and all else left as it is; differences and ratios of two such prevalences; and
the slope: the mean over the steps of a linear score, from its lowest to its highest value, of the difference in
standardised prevalence that one step makes. The steps add up, so the slope is
``(P(highest) - P(lowest)) / (highest - lowest)``. It leaves no room for the distribution of the score in one regency,
never looks beyond the ends of the scale, and so compares between regencies; a marginal effect averaged at the observed
scores does none of this. In points of proportion per step.

Formula: ``P(s) = sum_i w_i expit(x_i(s)'b) / sum_i w_i`` with ``w`` the measured units, gradient
``g(s) = sum_i w_i p_i (1 - p_i) x_i(s) / sum_i w_i``. Variance ``d' V d`` with ``V`` the covariance of the fit and
``d = g(s)`` for a prevalence, ``g(1) - g(0)`` for a difference, ``g(1)/P(1) - g(0)/P(0)`` for the log ratio. The
interval uses t with the degrees of freedom that the fit gives to the combination ``d`` (Satterthwaite with CR2), on the
logit scale for a prevalence, the plain scale for a difference and the log scale for a ratio.
Where clusters have fixed effects ``V`` does not see how the levels of clusters differ, and the interval of a prevalence
would be far too narrow. A prevalence, and it alone, then has the unconditional variance ``G/(G-1) sum_j (h_j + u_j)^2``
with t(G - 1): ``h_j = sum_{i in j} w_i (p_i - P) / sum_i w_i`` for the clusters that were drawn, ``u_j = g'M s_j`` for
the coefficients, ``s_j`` the cluster's score. It is that of :mod:`kbkit.methods.clustered_prevalence` when the model
holds nothing but the fixed effects.

Assumptions: those of the fit. The rows are taken as they are: a contrast is about these villages, and the uncertainty
of who they are is not in it. A difference between settings is an association; it is an effect only under conditions
that no column of the design can establish.

Edge cases: rows without measured units weigh nothing unless other weights are given. All exposure columns of a setting
are set together, so that a row never is in two tiers at once. Two settings that do not differ, or a combination that
nothing informs, are ``Undefined("no_variance")``. Weights matter up to scale only.

Source: Lane & Nelder, Biometrics 1982, 38:613-621 (standardisation by the fitted model); Localio, Margolis & Berlin,
Journal of Clinical Epidemiology 2007, 60:874-882 (delta method for risks from a logit); Korn & Graubard, Analysis of
Health Surveys, 1999 (variance when the covariates are drawn too); Pustejovsky & Tipton, Journal of Business & Economic
Statistics 2018, 36:672-683 (degrees of freedom of a combination).

Checked against: R 4.2.2 ``model.matrix`` and ``plogis`` averaged, with clubSandwich 0.5.8 ``linear_contrast`` for
standard errors and degrees of freedom; the gradient against finite differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from kbkit.methods.binomial_fit import WITHOUT_CLUSTERS, BinomialFit, Uncertainty
from kbkit.methods.counts import FloatArray, IntArray, check_level
from kbkit.methods.wald import difference_contrast, logit_limits, ratio_contrast
from kbkit.results import Contrasted, Estimate, Undefined

# A standard error of a proportion below this is rounding.
_NO_ERROR = 1e-12


@dataclass(frozen=True, kw_only=True)
class PrevalenceContrast:
    """One setting against another.

    Attributes:
        setting: label of the setting compared.
        reference: label of the setting it is compared with.
        difference: standardised prevalence of ``setting`` minus that of ``reference``.
        ratio: standardised prevalence of ``setting`` over that of ``reference``.
    """

    setting: str
    reference: str
    difference: Contrasted
    ratio: Contrasted


@dataclass(frozen=True, kw_only=True, eq=False)
class _Standardised:
    """A standardised prevalence.

    Attributes:
        prevalence: the weighted mean of the fitted proportions.
        gradient: its derivative in the coefficients, shape ``(columns,)``.
        deviations: what every row adds to or takes from that mean, shape ``(rows,)``; they sum to 0.
    """

    prevalence: float
    gradient: FloatArray
    deviations: FloatArray


def adjusted_prevalence(
    fit: BinomialFit,
    *,
    settings: Mapping[str, ArrayLike],
    weights: ArrayLike | None = None,
    level: float | None = None,
) -> dict[str, Estimate | Undefined]:
    """Estimate the standardised prevalence of every setting.

    Args:
        fit: the fitted logit.
        settings: label to the design of the fit with the exposure columns set, each of shape ``(rows, columns)``.
        weights: weight of every row, shape ``(rows,)``; the measured units of the fit where not given.
        level: coverage of the intervals, 0-1; that of the fit where not given.

    Raises:
        ValueError: a matrix or the weights do not fit, or ``level`` is outside (0, 1).
    """
    coverage = _coverage(fit, level)
    standardised = _standardise(fit, settings, weights)
    return {label: _prevalence(fit, value, coverage) for label, value in standardised.items()}


def prevalence_contrasts(
    fit: BinomialFit,
    *,
    settings: Mapping[str, ArrayLike],
    reference: str | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    weights: ArrayLike | None = None,
    level: float | None = None,
) -> tuple[PrevalenceContrast, ...]:
    """Contrast standardised prevalences, as differences and as ratios.

    Args:
        fit: the fitted logit.
        settings: label to the design of the fit with the exposure columns set, each of shape ``(rows, columns)``.
        reference: label that every other setting is compared with, in the order of ``settings``.
        pairs: labels ``(setting, reference)`` to compare, instead of ``reference``.
        weights: weight of every row, shape ``(rows,)``; the measured units of the fit where not given.
        level: coverage of the intervals, 0-1; that of the fit where not given.

    Raises:
        ValueError: not exactly one of ``reference`` and ``pairs`` is given, a label is unknown, a matrix or the weights
            do not fit, or ``level`` is outside (0, 1).
    """
    coverage = _coverage(fit, level)
    chosen = _choose_pairs(tuple(settings), reference, pairs)
    standardised = _standardise(fit, settings, weights)
    return tuple(
        PrevalenceContrast(
            setting=setting,
            reference=base,
            difference=_difference(
                fit, standardised[setting], standardised[base], coverage, term=f"{setting} - {base}"
            ),
            ratio=_ratio(fit, standardised[setting], standardised[base], coverage, term=f"{setting} / {base}"),
        )
        for setting, base in chosen
    )


def prevalence_slope(
    fit: BinomialFit,
    *,
    term: str,
    lowest: float,
    highest: float,
    weights: ArrayLike | None = None,
    level: float | None = None,
) -> Contrasted:
    """Estimate the mean difference in standardised prevalence per one step of a linear score.

    Args:
        fit: the fitted logit; the score enters it through the column ``term`` alone.
        term: column of the score.
        lowest: lowest value of the scale.
        highest: highest value of the scale.
        weights: weight of every row, shape ``(rows,)``; the measured units of the fit where not given.
        level: coverage of the interval, 0-1; that of the fit where not given.

    Raises:
        ValueError: the fit has no such term, ``highest`` is not above ``lowest``, the weights do not fit, or ``level``
            is outside (0, 1).
    """
    coverage = _coverage(fit, level)
    if term not in fit.names or not highest > lowest:
        raise ValueError(f"need a term of {fit.names} and lowest < highest, not {term!r}, {lowest}, {highest}")
    ends = _standardise(
        fit, {"low": _with_column(fit, term, lowest), "high": _with_column(fit, term, highest)}, weights
    )
    return _difference(fit, ends["high"], ends["low"], coverage, term=term, steps=highest - lowest)


def _coverage(fit: BinomialFit, level: float | None) -> float:
    return check_level(fit.level if level is None else level)


def _with_column(fit: BinomialFit, term: str, value: float) -> FloatArray:
    design = fit.design.copy()
    design[:, fit.names.index(term)] = value
    return design


def _choose_pairs(
    labels: tuple[str, ...], reference: str | None, pairs: Sequence[tuple[str, str]] | None
) -> list[tuple[str, str]]:
    if (reference is None) == (pairs is None):
        raise ValueError("give either reference or pairs")
    chosen = list(pairs) if pairs is not None else [(label, str(reference)) for label in labels if label != reference]
    unknown = {label for pair in chosen for label in pair} - set(labels)
    if unknown or (reference is not None and reference not in labels):
        raise ValueError(f"unknown settings {sorted(unknown or {str(reference)})}; known are {list(labels)}")
    return chosen


def _standardise(
    fit: BinomialFit, settings: Mapping[str, ArrayLike], weights: ArrayLike | None
) -> dict[str, _Standardised]:
    shares = _as_shares(fit.n if weights is None else weights, rows=fit.n.size)
    coefficients = fit.log_odds
    standardised = {}
    for label, setting in settings.items():
        design = np.asarray(setting, dtype=np.float64)
        if design.shape != fit.design.shape:
            raise ValueError(f"setting {label!r} has shape {design.shape}, not {fit.design.shape}")
        fitted = expit(design @ coefficients)
        prevalence = float(shares @ fitted)
        standardised[label] = _Standardised(
            prevalence=prevalence,
            gradient=(shares * fitted * (1 - fitted)) @ design,
            deviations=shares * (fitted - prevalence),
        )
    return standardised


def _as_shares(weights: ArrayLike, *, rows: int) -> FloatArray:
    values = np.asarray(weights, dtype=np.float64)
    if values.shape != (rows,) or not (values >= 0).all() or not values.sum() > 0:
        raise ValueError(f"weights must be {rows} values that are not negative, with a positive sum")
    shares: FloatArray = values / values.sum()
    return shares


def _prevalence(fit: BinomialFit, value: _Standardised, level: float) -> Estimate | Undefined:
    sandwich = fit.covariance not in WITHOUT_CLUSTERS
    if sandwich and fit.absorbs_clusters and fit.cluster is not None:
        uncertainty, method = _unconditional(fit, fit.cluster, value), "standardised_binomial_logit_unconditional"
    else:
        uncertainty, method = fit.uncertainty(value.gradient), f"standardised_{fit.method}"
    if isinstance(uncertainty, Undefined):
        return uncertainty
    std_error, df = uncertainty
    lower, upper = logit_limits(proportion=value.prevalence, std_error=std_error, df=df, level=level)
    return Estimate(
        estimate=value.prevalence,
        std_error=std_error,
        df=df,
        lower=lower,
        upper=upper,
        level=level,
        method=method,
    )


def _unconditional(fit: BinomialFit, cluster: IntArray, value: _Standardised) -> Uncertainty | Undefined:
    """Return the uncertainty of a prevalence over clusters that might have been drawn."""
    residuals = fit.cases - fit.n * expit(fit.design @ fit.log_odds)
    through_coefficients = residuals * (fit.design @ (fit.model_covariance @ value.gradient))
    influence = np.bincount(cluster, weights=value.deviations + through_coefficients)
    clusters = np.unique(cluster[fit.n > 0]).size
    std_error = float(np.sqrt(influence @ influence * clusters / (clusters - 1)))
    return Uncertainty(std_error, clusters - 1.0) if std_error > _NO_ERROR else Undefined(reason="no_variance")


def _difference(
    fit: BinomialFit, value: _Standardised, base: _Standardised, level: float, *, term: str, steps: float = 1.0
) -> Contrasted:
    uncertainty = fit.uncertainty((value.gradient - base.gradient) / steps)
    if isinstance(uncertainty, Undefined):
        return uncertainty
    return difference_contrast(
        estimate=(value.prevalence - base.prevalence) / steps,
        std_error=uncertainty.std_error,
        df=uncertainty.df,
        level=level,
        term=term,
        method=f"standardised_{fit.method}",
    )


def _ratio(fit: BinomialFit, value: _Standardised, base: _Standardised, level: float, *, term: str) -> Contrasted:
    uncertainty = fit.uncertainty(value.gradient / value.prevalence - base.gradient / base.prevalence)
    if isinstance(uncertainty, Undefined):
        return uncertainty
    return ratio_contrast(
        log_ratio=log(value.prevalence / base.prevalence),
        log_error=uncertainty.std_error,
        df=uncertainty.df,
        level=level,
        term=term,
        method=f"standardised_{fit.method}",
    )
