"""Prevalence from clustered counts.

Estimand: the share of cases among all measured units of the clusters' population, ``E(cases) / E(n)``; every measured
unit counts once, so that large rows weigh more.

Formula: with cluster totals ``x_j, m_j``, ``m = sum m_j`` and ``G`` clusters, ``p = sum x_j / m``. The linearised
residual of a cluster is ``z_j = (x_j - p m_j) / m`` and ``var(p) = G / (G - 1) sum z_j^2``. The interval is
``logit(p) +- t(G - 1) se / (p (1 - p))`` taken back to proportions. The design effect is
``var(p) / (p (1 - p) / (m - 1))``. Where the cases of some rows may not be told, only that they lie between ``l`` and
``u``, ``z_j`` is the larger of ``|l_j - p m_j| / m`` and ``|u_j - p m_j| / m``: an interval that is never narrower, and
from which the cases cannot be worked out. The intracluster correlation is the analysis-of-variance estimator
``(MSB - MSW) / (MSB + (m0 - 1) MSW)`` with ``m0 = (m - sum m_j^2 / m) / (G - 1)``.

Assumptions: clusters are independent and stand for a large population of clusters; nothing is assumed within them, so
several villages and several periods of one cluster need no further correction. ``t(G - 1)`` is approximate and short
of its level with few or very unequal clusters.

Edge cases: rows with ``n = 0`` say nothing and are left out, and so are clusters with no measured unit. Nobody
measured: ``Undefined("nothing_measured")``. One cluster: ``Undefined("too_few_clusters")``, for the variance between
clusters cannot be seen. Where all clusters have one share (no case at all, cases only, or by chance) the linearised
variance is 0, which is no knowledge: standard error and design effect are ``None`` and the interval is the exact
binomial one for as many trials as there are effective clusters, ``m^2 / sum m_j^2``, which is wide because it holds
however alike the units of a cluster are. The correlation can be negative and is not cut at 0; it is ``None`` without
any variation and where every cluster holds one unit.

Source: Cochran, Sampling Techniques, 3rd ed. 1977 (ratio estimator, unequal clusters); Kish, Survey Sampling, 1965
(design effect); Korn & Graubard, Analysis of Health Surveys, 1999 (logit interval with t); Ridout, Demetrio & Firth,
Biometrics 1999, 55:137-148 (analysis-of-variance estimator of the intraclass correlation of binary data).

Checked against: R survey 4.1-1 ``svymean(deff = "replace")`` and ``svyciprop(method = "logit")`` on one row per child;
the correlation against the mean squares of R ``aov`` on the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, as_cluster_codes, as_counts, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL, clopper_pearson_limits
from kbkit.methods.wald import logit_limits
from kbkit.results import Estimate, Undefined

# Shares of clusters that differ by less than rounding do not differ.
_NO_VARIANCE = 1e-20


@dataclass(frozen=True, kw_only=True)
class ClusteredPrevalence(Estimate):
    """A prevalence with an interval that respects clusters.

    Attributes:
        design_effect: variance over that of as many independent units; ``None`` where it cannot be seen.
        icc: intracluster correlation of the outcome; ``None`` where it cannot be seen.
        cases: units with the outcome.
        n: units measured.
        n_clusters: clusters with at least one measured unit.
    """

    design_effect: float | None
    icc: float | None
    cases: int
    n: int
    n_clusters: int


def clustered_prevalence(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    cluster: ArrayLike,
    level: float = DEFAULT_LEVEL,
    least: ArrayLike | None = None,
    most: ArrayLike | None = None,
) -> ClusteredPrevalence | Undefined:
    """Estimate the prevalence over all rows with cluster-linearised variance.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        level: coverage of the interval, 0-1.
        least: fewest cases that a row may be told to have, shape ``(rows,)``; its cases where not given.
        most: most such cases, likewise.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    check_level(level)
    totals, sizes = _cluster_totals(cases, n, cluster)
    if sizes.size == 0:
        return Undefined(reason="nothing_measured")
    if sizes.size == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    ends = [totals if end is None else _cluster_totals(end, n, cluster)[0] for end in (least, most)]
    share, df, variance = float(totals.sum() / sizes.sum()), sizes.size - 1.0, _linearised_variance(totals, sizes, ends)
    # A share of 0 or 1 has no logit; rows told as ranges give it a variance all the same.
    std_error = variance**0.5 if variance > _NO_VARIANCE and 0 < share < 1 else None
    if std_error is None:
        lower, upper = _widest_limits(share, sizes, level)
    else:
        lower, upper = logit_limits(proportion=share, std_error=std_error, df=df, level=level)
    return ClusteredPrevalence(
        estimate=share,
        std_error=std_error,
        df=None if std_error is None else df,
        lower=lower,
        upper=upper,
        level=level,
        method="clopper_pearson_effective_clusters" if std_error is None else "clustered_logit",
        design_effect=None if std_error is None else variance / (share * (1 - share) / (float(sizes.sum()) - 1)),
        icc=_intracluster_correlation(totals, sizes),
        cases=int(totals.sum()),
        n=int(sizes.sum()),
        n_clusters=sizes.size,
    )


def _cluster_totals(cases: ArrayLike, n: ArrayLike, cluster: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return cases and measured units of every cluster with a measured unit, each of shape ``(G,)``."""
    case_counts, row_sizes = as_counts(cases=cases, n=n)
    codes = as_cluster_codes(cluster, rows=row_sizes.size)
    totals: FloatArray = np.bincount(codes, weights=case_counts).astype(np.float64)
    sizes: FloatArray = np.bincount(codes, weights=row_sizes).astype(np.float64)
    measured = sizes > 0
    return totals[measured], sizes[measured]


def _linearised_variance(totals: FloatArray, sizes: FloatArray, ends: Sequence[FloatArray]) -> float:
    expected = totals.sum() / sizes.sum() * sizes
    residuals = np.max([np.abs(end - expected) for end in ends], axis=0) / sizes.sum()
    return float(residuals @ residuals * sizes.size / (sizes.size - 1))


def _widest_limits(share: float, sizes: FloatArray, level: float) -> tuple[float, float]:
    effective_clusters = sizes.sum() ** 2 / (sizes @ sizes)
    return clopper_pearson_limits(share * effective_clusters, effective_clusters, level)


def _intracluster_correlation(totals: FloatArray, sizes: FloatArray) -> float | None:
    units, clusters = sizes.sum(), sizes.size
    shares, share = totals / sizes, totals.sum() / units
    if units == clusters or share in (0.0, 1.0):
        return None
    between = sizes @ (shares - share) ** 2 / (clusters - 1)
    within = sizes @ (shares * (1 - shares)) / (units - clusters)
    typical_size = (units - sizes @ sizes / units) / (clusters - 1)
    return float((between - within) / (between + (typical_size - 1) * within))
