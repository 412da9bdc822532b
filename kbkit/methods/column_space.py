"""What the columns of a design span: columns that add nothing, and clusters that have a level of their own."""

from __future__ import annotations

import numpy as np

from kbkit.methods.counts import FloatArray, IntArray

# A vector whose part outside a span is this small a share of its length lies in it but for rounding.
_IN_SPAN = 1e-9


def find_aliased(design: FloatArray) -> IntArray:
    """Return the columns that are combinations of columns before them.

    Args:
        design: design matrix, shape ``(rows, columns)``.
    """
    lengths = np.linalg.norm(design, axis=0)
    unit = design / np.where(lengths > 0, lengths, 1.0)
    beyond = np.zeros(design.shape[1])
    diagonal = np.abs(np.diag(np.linalg.qr(unit, mode="r")))
    beyond[: diagonal.size] = diagonal  # with fewer rows than columns the rest is spanned
    return np.flatnonzero(beyond < _IN_SPAN)


def spans_a_cluster(basis: FloatArray, codes: IntArray) -> bool:
    """Return whether the indicator of some cluster is a combination of columns, as with fixed effects of clusters.

    Args:
        basis: orthonormal basis of the columns, shape ``(rows, columns)``.
        codes: cluster of every row as 0, 1, ..., shape ``(rows,)``.
    """
    sizes = np.bincount(codes)
    projections = np.eye(sizes.size)[codes].T @ basis
    # Projecting an indicator on the span leaves its length if it lies there, and shortens it otherwise.
    return bool(np.any((projections**2).sum(axis=1) > (1 - _IN_SPAN) * sizes))
