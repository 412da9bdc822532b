"""The CR2 adjustment of one cluster from sums over its rows, without a root of a matrix as large as the cluster.

With ``U`` the cluster's rows of the basis, ``F`` its working variances and ``B = F (I - U U') F``, what CR2 needs is
``Y = B^{+1/2} U``: the adjusted score ``Y' F r`` of Pearson residuals ``r``, and for the degrees of freedom
``shared = U' F Y`` and ``own = Y' F^2 Y``.

On the range of ``B`` its inverse root is a sum of inverses, ``B^{+1/2} = sum_k w_k (B + s_k)^-1``
(:func:`inverse_root_quadrature`), and ``B + s`` is a diagonal less products of the few columns: with
``D = (F^2 + s)^-1`` and ``C = I - U'U + s U'DU`` (Woodbury) ``U' F (B + s)^-1 = C^-1 U' F D``. What lies outside the
range is taken off first, ``U+ = U`` less its part along ``F^-1 u`` for every direction ``u`` of leverage 1. As
``F^2 = B + F U U' F``, ``own = U+' U+ + shared' shared``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ellipj, ellipkm1

from kbkit.methods.counts import FloatArray

# Size, beside 1, under which a leverage, or what a leverage lacks of 1, is rounding.
_NO_LEVERAGE, _ROUNDING = 1e-14, 1e-10

# Relative error of the sum of inverses, below that of the sums over rows.
_LOG_ERROR = float(np.log(1e-15))


class AdjustedBlock(NamedTuple):
    """A cluster's part: adjusted score, shape ``(K,)``, and its own and shared moments, each ``(K, K)``."""

    score: FloatArray
    own: FloatArray
    shared: FloatArray


def reduce_bias(basis: FloatArray, variance: FloatArray, residuals: FloatArray) -> AdjustedBlock:
    """Adjust one cluster.

    Args:
        basis: the cluster's rows of the orthonormal basis, shape ``(rows, K)``.
        variance: working variance of every row, positive, shape ``(rows,)``.
        residuals: Pearson residuals, shape ``(rows,)``.
    """
    # The rows lie in few of the K dimensions: those of their leverages.
    leverages, axes = np.linalg.eigh(basis.T @ basis)
    inside = leverages > _NO_LEVERAGE
    leverages, axes = leverages[inside], axes[:, inside]
    score, own, shared = _adjust(basis @ axes, leverages, variance, residuals)
    return AdjustedBlock(axes @ score, axes @ own @ axes.T, axes @ shared @ axes.T)


def _adjust(columns: FloatArray, leverages: FloatArray, variance: FloatArray, residuals: FloatArray) -> AdjustedBlock:
    """Adjust a cluster in orthogonal columns, shape ``(rows, rank)``, whose squared lengths are the leverages."""
    determined = leverages > 1 - _ROUNDING
    rest = np.where(determined, 0.0, 1 - leverages)
    informed = _within_range(columns, variance, determined)
    least = variance.min() ** 2 * rest[~determined].min(initial=1.0)
    shifts, weights = inverse_root_quadrature(low=float(least), high=float(variance.max() ** 2))
    damping = 1 / (variance**2 + shifts[:, None])
    inner = np.diag(rest) + shifts[:, None, None] * _products(columns, damping, columns)
    by_shift = np.linalg.solve(inner, _products(columns, damping * variance, informed))
    shared = (weights @ by_shift.reshape(len(weights), -1)).reshape(inner.shape[1:])
    direct = (damping * variance * residuals) @ informed
    through = residuals @ columns - shifts[:, None] * ((damping * residuals) @ columns)
    score = weights @ (direct + (through[:, None, :] @ by_shift)[:, 0])
    return AdjustedBlock(score, informed.T @ informed + shared.T @ shared, shared)


def _within_range(columns: FloatArray, variance: FloatArray, determined: NDArray[np.bool_]) -> FloatArray:
    """Return the columns less their part outside the range of ``B``, shape ``(rows, rank)``."""
    if not determined.any():
        return columns
    outside = columns[:, determined] / variance[:, None]
    within: FloatArray = columns - outside @ np.linalg.solve(outside.T @ outside, outside.T @ columns)
    return within


def _products(columns: FloatArray, weights: FloatArray, others: FloatArray) -> FloatArray:
    """Return ``columns' diag(w) others`` for every row of weights, shape ``(weights, rank, rank)``."""
    rank = columns.shape[1]
    pairs = (columns[:, :, None] * others[:, None, :]).reshape(len(columns), rank * rank)
    return (weights @ pairs).reshape(len(weights), rank, rank)


def inverse_root_quadrature(*, low: float, high: float) -> tuple[FloatArray, FloatArray]:
    """Return shifts and weights with ``x^{-1/2} = sum_k w_k / (x + s_k)`` for ``low <= x <= high``, to rounding.

    The trapezoid rule of ``x^{-1/2} = 2/pi int_0^oo (x + t^2)^-1 dt`` in a variable that is a Jacobi elliptic function
    of ``t``; its error falls like ``exp(-2 pi^2 N / (log(high / low) + 3))`` (Hale, Higham & Trefethen, SIAM Journal on
    Numerical Analysis 2008, 46:2505-2523, method 3).

    Args:
        low: least value of ``x``, positive.
        high: greatest value of ``x``.
    """
    ratio, middle = low / high, np.sqrt(low * high)
    half = int(np.ceil(_LOG_ERROR * (np.log(ratio) - 3) / (4 * np.pi**2)))
    period = ellipkm1(ratio)
    sine, cosine, delta, _ = ellipj((np.arange(half) + 0.5) * period / (2 * half), 1 - ratio)
    shifts = low * (sine / cosine) ** 2
    weights = period * np.sqrt(low) / (np.pi * half) * delta / cosine**2
    # The upper half mirrors the lower one about the middle, where rounding would spoil the function itself.
    return np.append(shifts, middle**2 / shifts), np.append(weights, weights * middle / shifts)
