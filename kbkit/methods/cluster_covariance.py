"""Cluster-robust covariance of a weighted fit, and Satterthwaite degrees of freedom.

Estimand: the covariance of the coefficients ``b`` over repeated draws of clusters, whatever the dependence within them.

Formula: the fit is linearised at its estimate, on the scale of the response. For a grouped logit: ``X`` the derivative
of the fitted proportions ``p`` in ``b``, working variance ``F = p (1 - p) / n`` (times the dispersion, which cancels),
weights ``W = F^-1``, residual ``e = cases / n - p``, ``M = (X' W X)^-1``. With one block per cluster
``V = a M (sum_j X_j' W_j A_j e_j e_j' A_j' W_j X_j) M``, where

* CR0: ``A = I``, ``a = 1``; CR1: ``A = I``, ``a = G / (G - 1)``; CR1S: ``A = I``,
  ``a = G / (G - 1) (N - 1) / (N - K)`` with N rows and K columns;
* CR3: ``A_j = (I - H_jj)^+`` with ``H = X M X' W``, ``a = 1``;
* CR2: ``A_j = D_j B_j^{+1/2} D_j`` with ``D = F^{1/2}`` and ``B_j = D_j (I - H)_j F (I - H)_j' D_j``, ``a = 1``,
  which makes ``V`` unbiased in the linearised fit when the working variance is true; ``B_j^{+1/2}`` is never formed,
  see :mod:`kbkit.methods.bias_reduction`.

The Satterthwaite degrees of freedom of a combination ``c'b`` under CR2 are ``(tr P)^2 / tr(P P)``, where
``P_ij = g_i' F g_j`` and ``g_j = (I - H)_j' A_j' W_j X_j M c``. They fall as few clusters carry the comparison.

Assumptions: independent clusters. The working variance sets the small-sample adjustment only; it need not be true.

Edge cases: a column that is zero outside one cluster (fixed effects of the clusters) gives that cluster leverage 1:
``I - H_jj`` is singular and ``^+`` is the Moore-Penrose inverse, which for CR3 is the jackknife without that cluster
and its column. The coefficient of such a column has no trustworthy variance of its own; combinations in which it
cancels do. A combination that no more than one cluster informs has no variance; ``tr P = 0`` tells it, and it has no
degrees of freedom. The square root in CR2 is not unique with unequal weights. This is the one of the source, on the
scale of the response; it moves a little when rows of a cluster are split or joined, as CR0, CR1 and CR3 do not. One row
per village-period is the layout meant.

Source: Bell & McCaffrey, Survey Methodology 2002, 28:169-181; Pustejovsky & Tipton, Journal of Business & Economic
Statistics 2018, 36:672-683; Mancl & DeRouen, Biometrics 2001, 57:126-134 (CR3 for binary outcomes).

Checked against: R clubSandwich 0.5.8 ``vcovCR`` and ``coef_test(test = "Satterthwaite")`` on ``glm`` (CR0, CR1, CR1S,
CR2, CR3; with and without fixed effects of the clusters); statsmodels 0.15 GEE ``bias_reduced`` on child rows (CR3);
the delete-one-cluster jackknife written out; the formula with N x N matrices written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kbkit.methods.bias_reduction import reduce_bias
from kbkit.methods.counts import FloatArray, IntArray

ClusterCovariance = Literal["CR0", "CR1", "CR1S", "CR2", "CR3"]

# Relative size under which an eigenvalue, a leverage or a variance is rounding, not data.
_ROUNDING = 1e-10


@dataclass(frozen=True, kw_only=True, eq=False)
class LinearisedFit:
    """A weighted fit at its estimate, rows ordered by cluster.

    Attributes:
        basis: orthonormal basis of ``W^{1/2} X``, shape ``(N, K)``.
        root_inverse: ``R^-1`` of ``W^{1/2} X = basis R``, shape ``(K, K)``; ``M = R^-1 R^-T``.
        variance: working variance ``F`` up to a factor, positive, shape ``(N,)``.
        residuals: Pearson residuals ``W^{1/2} e``, shape ``(N,)``.
        starts: first row of every cluster, shape ``(G,)``.
    """

    basis: FloatArray
    root_inverse: FloatArray
    variance: FloatArray
    residuals: FloatArray
    starts: IntArray

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return self.starts.size


@dataclass(frozen=True, kw_only=True, eq=False)
class SatterthwaiteMoments:
    """What gives the CR2 degrees of freedom of any combination of coefficients.

    Attributes:
        own: ``T_j' T_j`` with ``T_j = F_j B_j^{+1/2} U_j`` and ``U_j`` the cluster's rows of the basis, ``(G, K, K)``.
        shared: ``U_j' T_j``, through which clusters share the coefficients, shape ``(G, K, K)``.
        root_inverse: ``R^-1``, shape ``(K, K)``.
    """

    own: FloatArray
    shared: FloatArray
    root_inverse: FloatArray

    def degrees_of_freedom(self, weights: FloatArray) -> float | None:
        """Return the degrees of freedom of ``weights' b``; ``None`` where at most one cluster informs it.

        Args:
            weights: coefficients of the combination, shape ``(K,)``.
        """
        direction = self.root_inverse.T @ weights
        shared = self.shared @ direction
        products = np.diag(direction @ self.own @ direction) - shared @ shared.T
        trace = float(np.trace(products))
        if trace <= _ROUNDING * float(direction @ direction):
            return None
        return float(trace**2 / np.sum(products**2))


def linearise(
    *, design: FloatArray, cases: FloatArray, n: FloatArray, fitted: FloatArray, codes: IntArray
) -> LinearisedFit:
    """Linearise a grouped logit at its estimate.

    Args:
        design: design matrix of full column rank, shape ``(N, K)``.
        cases: units with the outcome, shape ``(N,)``.
        n: units measured, positive, shape ``(N,)``.
        fitted: fitted proportions, strictly between 0 and 1, shape ``(N,)``.
        codes: cluster of every row as 0, 1, ..., G - 1, shape ``(N,)``.
    """
    order = np.argsort(codes, kind="stable")
    unit_variance = (fitted * (1 - fitted))[order]
    root_information = np.sqrt(n[order] * unit_variance)
    basis, root = np.linalg.qr(design[order] * root_information[:, None])
    return LinearisedFit(
        basis=basis,
        root_inverse=np.linalg.inv(root),
        variance=unit_variance / n[order],
        residuals=(cases - n * fitted)[order] / root_information,
        starts=np.flatnonzero(np.diff(codes[order], prepend=-1)),
    )


def cluster_covariance(
    fit: LinearisedFit, *, kind: ClusterCovariance
) -> tuple[FloatArray, SatterthwaiteMoments | None]:
    """Return the covariance of the coefficients, shape ``(K, K)``, and with CR2 the moments for its df."""
    moments = None
    if kind == "CR2":
        scores, moments = _cr2_scores(fit)
    elif kind == "CR3":
        scores = _cr3_scores(fit)
    else:
        scores = cluster_scores(fit)
    roots = scores @ fit.root_inverse.T
    return _factor(fit, kind) * (roots.T @ roots), moments


def cluster_scores(fit: LinearisedFit) -> FloatArray:
    """Return ``basis_j' residuals_j``, the score of every cluster in orthonormal coordinates, shape ``(G, K)``."""
    scores: FloatArray = np.add.reduceat(fit.basis * fit.residuals[:, None], fit.starts, axis=0)
    return scores


def _factor(fit: LinearisedFit, kind: ClusterCovariance) -> float:
    clusters, (rows, columns) = fit.n_clusters, fit.basis.shape
    if kind == "CR1":
        return float(clusters / (clusters - 1))
    if kind == "CR1S":
        return float(clusters / (clusters - 1) * (rows - 1) / (rows - columns))
    return 1.0


def _cr3_scores(fit: LinearisedFit) -> FloatArray:
    """Inflate every cluster's score by ``(I - H_jj)^+``, in K dimensions: the rows enter through ``U'U`` only."""
    blocks = np.split(fit.basis, fit.starts[1:])
    leverages, axes = np.linalg.eigh(np.stack([block.T @ block for block in blocks]))
    remaining = 1 - leverages
    factors = np.divide(1.0, remaining, out=np.zeros_like(remaining), where=remaining > _ROUNDING)
    along_axes = np.einsum("gka,gk->ga", axes, cluster_scores(fit))
    adjusted: FloatArray = np.einsum("gka,ga->gk", axes, factors * along_axes)
    return adjusted


def _cr2_scores(fit: LinearisedFit) -> tuple[FloatArray, SatterthwaiteMoments]:
    """Adjust every cluster's score by ``A_j`` and keep the products that the degrees of freedom are made of."""
    rows = zip(*(np.split(part, fit.starts[1:]) for part in (fit.basis, fit.variance, fit.residuals)), strict=True)
    scores, own, shared = (np.stack(parts) for parts in zip(*(reduce_bias(*block) for block in rows), strict=True))
    return scores, SatterthwaiteMoments(own=own, shared=shared, root_inverse=fit.root_inverse)
