"""Mean outcome if all rows were in one tier: by weighting, and by weighting what a model leaves over.

Estimand: for every tier ``t`` the share of cases among all measured units were their villages in ``t``,
``sum n_i Y_i(t) / sum n_i``, and its differences and ratios between tiers.

Formula: with ``e_i = P(T = t | x_i)`` and ``w_i = 1(T_i = t) / e_i``. Weighted: ``m_t = sum w_i x_i / sum w_i n_i``.
Augmented: ``m_t = sum (n_i q_i + w_i (x_i - n_i q_i)) / sum n_i`` where a grouped logit on tiers and the propensity's
columns gives row ``i`` the proportion ``q_i`` in tier ``t``. Variance: every row's influence on ``m_t``, its own term
and what it adds through the fitted parameters of the propensity (and the logit), is summed within clusters,
``V = G / (G - 1) sum_j f_j^2``; contrasts use the influences' differences. t with ``G - 1``; levels on the logit scale,
ratios on the log scale.

Assumptions: no confounder outside the columns given, and every kind of village has a chance of every tier (see
:mod:`kbkit.methods.overlap`, which every result carries). Weighted means need the propensity right; augmented ones need
the propensity **or** the logit right. Clusters are independent. With few clusters this variance is too small by an
amount that is not known: these means check the primary analysis and do not replace it.

Edge cases: rows with ``n = 0`` inform the propensity only. Nobody measured: ``Undefined("nothing_measured")``; one
cluster: ``Undefined("too_few_clusters")``; a logit that does not exist hands on its reason. A tier nobody of which is
measured is ``Undefined("nothing_measured")`` by weighting, and so are its contrasts; the logit then is
``rank_deficient``. A weighted mean of 0 or 1 is ``Undefined("no_variance")``. An augmented mean can leave 0-1 where
weights are extreme: ``Undefined("no_overlap")``.

Source: Imbens, Biometrika 2000, 87:706-710; Robins, Rotnitzky & Zhao, JASA 1994, 89:846-866 (augmentation); Lunceford &
Davidian, Statistics in Medicine 2004, 23:2937-2960 (influence through the estimated propensity); Stefanski & Boos, The
American Statistician 2002, 56:29-38 (stacked estimating equations).

Checked against: R, all estimating equations stacked, ``polr`` and ``multinom`` at the maximum and the matrix of
derivatives by numDeriv 2016.8-1.1; a simulation in which one of the two models is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from kbkit.methods.binomial import fit_binomial
from kbkit.methods.counts import FloatArray, as_cluster_codes, as_counts, check_level
from kbkit.methods.influence import Clusters, InfluencedMean, describe_mean, difference_of_means, ratio_of_means
from kbkit.methods.overlap import Overlap, assess_overlap
from kbkit.methods.propensity import PropensityFit
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.standardisation import PrevalenceContrast
from kbkit.results import Contrasted, Estimate, Undefined


@dataclass(frozen=True, kw_only=True, eq=False)
class TierMeans:
    """Means of all tiers over the same population.

    Attributes:
        means: tier to its mean, a proportion.
        contrasts: every tier but the first against the first.
        overlap: what the weights rest on and what balance they leave.
        n_clusters: clusters with measured units.
        method: name of estimator and propensity model.
    """

    means: Mapping[str, Estimate | Undefined]
    contrasts: tuple[PrevalenceContrast, ...]
    overlap: Overlap
    n_clusters: int
    method: str


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """Checked arrays, one row per row of the propensity."""

    cases: FloatArray
    n: FloatArray
    clusters: Clusters
    propensity: PropensityFit
    level: float

    @classmethod
    def checked(
        cls, cases: ArrayLike, n: ArrayLike, cluster: ArrayLike, propensity: PropensityFit, level: float
    ) -> _Rows | Undefined:
        """Return the rows, or why no mean can be estimated from them."""
        check_level(level)
        case_counts, sizes = as_counts(cases=cases, n=n)
        if sizes.size != propensity.codes.size:
            raise ValueError(f"cases and n need the {propensity.codes.size} rows of the propensity, not {sizes.size}")
        codes = as_cluster_codes(cluster, rows=sizes.size)
        measured = np.unique(codes[sizes > 0]).size
        if measured == 0:
            return Undefined(reason="nothing_measured")
        if measured == 1:
            return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
        clusters = Clusters(codes=codes, measured=measured)
        return cls(cases=case_counts, n=sizes, clusters=clusters, propensity=propensity, level=level)


_Means = list[InfluencedMean | Undefined]
"""The mean of every tier, lowest first."""


def weighted_tier_means(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    cluster: ArrayLike,
    propensity: PropensityFit,
    level: float = DEFAULT_LEVEL,
) -> TierMeans | Undefined:
    """Estimate the mean of every tier by inverse probability weights.

    Args:
        cases: units with the outcome, in the rows of ``propensity``, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        propensity: the fitted probabilities of all tiers.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    return _estimate("inverse_probability", _weighted_means, _Rows.checked(cases, n, cluster, propensity, level))


def augmented_tier_means(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    cluster: ArrayLike,
    propensity: PropensityFit,
    level: float = DEFAULT_LEVEL,
) -> TierMeans | Undefined:
    """Estimate the mean of every tier by a logit and inverse probability weights of what it leaves over.

    Arguments and errors are those of :func:`weighted_tier_means`.
    """
    return _estimate("augmented", _augmented_means, _Rows.checked(cases, n, cluster, propensity, level))


def _estimate(
    method: str, estimator: Callable[[_Rows], _Means | Undefined], rows: _Rows | Undefined
) -> TierMeans | Undefined:
    """Estimate the means of all tiers, and describe them with what their weights rest on."""
    if isinstance(rows, Undefined):
        return rows
    means = estimator(rows)
    return means if isinstance(means, Undefined) else _describe_means(rows, means, method=method)


def _weights(propensity: PropensityFit, tier: int) -> FloatArray:
    """Return ``w``, shape ``(rows,)``."""
    weights: FloatArray = (propensity.codes == tier) / propensity.probabilities.to_numpy()[:, tier]
    return weights


def _through_propensity(propensity: PropensityFit, tier: int, terms: FloatArray) -> FloatArray:
    """Return what rows add to ``sum w_i z_i`` through the propensity's parameters, from ``terms = w z``."""
    added: FloatArray = -(propensity.influence @ (terms @ propensity.log_gradient[:, tier]))
    return added


def _weighted_means(rows: _Rows) -> _Means:
    return [_weighted_mean(rows, tier) for tier in range(len(rows.propensity.tiers))]


def _weighted_mean(rows: _Rows, tier: int) -> InfluencedMean | Undefined:
    weights = _weights(rows.propensity, tier)
    units = float(weights @ rows.n)
    if units == 0:
        return Undefined(reason="nothing_measured")
    value = float(weights @ rows.cases) / units
    terms = weights * (rows.cases - rows.n * value)
    return InfluencedMean(value, (terms + _through_propensity(rows.propensity, tier, terms)) / units)


def _augmented_means(rows: _Rows) -> _Means | Undefined:
    propensity, tiers = rows.propensity, len(rows.propensity.tiers)

    def design(members: FloatArray) -> FloatArray:
        return np.column_stack([np.ones(len(members)), members[:, 1:], propensity.design])

    members = np.eye(tiers)
    names = ["constant", *(f"tier_{tier}" for tier in propensity.tiers[1:]), *propensity.names]
    observed = design(members[propensity.codes])
    fit = fit_binomial(
        cases=rows.cases, n=rows.n, design=observed, names=names, covariance="model", level=rows.level, solver="newton"
    )
    if isinstance(fit, Undefined):
        return fit
    coefficients = fit.log_odds
    residuals = rows.cases - rows.n * expit(observed @ coefficients)
    influence = (residuals[:, None] * observed) @ fit.model_covariance
    means: _Means = []
    for tier in range(tiers):
        setting = design(np.tile(members[tier], (rows.n.size, 1)))
        fitted, weights = expit(setting @ coefficients), _weights(propensity, tier)
        terms = weights * (rows.cases - rows.n * fitted)
        value = float(np.sum(rows.n * fitted + terms) / rows.n.sum())
        through_logit = influence @ ((rows.n * fitted * (1 - fitted) * (1 - weights)) @ setting)
        own = rows.n * (fitted - value) + terms
        total = own + _through_propensity(propensity, tier, terms) + through_logit
        means.append(InfluencedMean(value, total / rows.n.sum()))
    return means


def _describe_means(rows: _Rows, means: _Means, *, method: str) -> TierMeans:
    propensity = rows.propensity
    name, (reference, *others) = f"{method}_{propensity.model}", propensity.tiers
    described = {
        tier: mean if isinstance(mean, Undefined) else describe_mean(mean, rows.clusters, rows.level, name)
        for tier, mean in zip(propensity.tiers, means, strict=True)
    }
    # What has no estimate of its own has none in a contrast either.
    usable = {
        tier: level if isinstance(level, Undefined) else mean
        for (tier, level), mean in zip(described.items(), means, strict=True)
    }
    return TierMeans(
        means=described,
        contrasts=tuple(_contrast(rows, (tier, usable[tier]), (reference, usable[reference]), name) for tier in others),
        overlap=assess_overlap(propensity, n=rows.n),
        n_clusters=rows.clusters.measured,
        method=name,
    )


def _contrast(
    rows: _Rows,
    other: tuple[str, InfluencedMean | Undefined],
    base: tuple[str, InfluencedMean | Undefined],
    method: str,
) -> PrevalenceContrast:
    (tier, mean), (reference, base_mean) = other, base
    difference: Contrasted
    ratio: Contrasted
    if isinstance(mean, Undefined):
        difference = ratio = mean
    elif isinstance(base_mean, Undefined):
        difference = ratio = base_mean
    else:
        difference = difference_of_means(
            mean, base_mean, rows.clusters, rows.level, term=f"{tier} - {reference}", method=method
        )
        ratio = ratio_of_means(mean, base_mean, rows.clusters, rows.level, term=f"{tier} / {reference}", method=method)
    return PrevalenceContrast(setting=tier, reference=reference, difference=difference, ratio=ratio)
