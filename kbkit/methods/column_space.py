"""What the columns of a design span: columns that add nothing, and clusters that have a level of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kbkit.methods.counts import FloatArray, IntArray

# A vector whose part outside a span is this small a share of its length lies in it but for rounding.
_IN_SPAN = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class ColumnSpace:
    """The span of a design, ``design = basis @ root``.

    Attributes:
        basis: orthonormal columns, shape ``(rows, columns)``; fewer where there are fewer rows.
        root: upper triangle, shape ``(columns, columns)``.
    """

    basis: FloatArray
    root: FloatArray

    @classmethod
    def of(cls, design: FloatArray) -> ColumnSpace:
        """Return the span of a design of shape ``(rows, columns)``."""
        basis, root = np.linalg.qr(design)
        return cls(basis=basis, root=root)

    def aliased(self) -> IntArray:
        """Return the columns that are combinations of columns before them."""
        return _aliased(self.root)

    def holds_a_cluster(self, codes: IntArray) -> bool:
        """Return whether the indicator of some cluster is a combination of columns, as with fixed effects of clusters.

        Args:
            codes: cluster of every row as 0, 1, ..., shape ``(rows,)``.
        """
        sizes = np.bincount(codes)
        projections = np.eye(sizes.size)[codes].T @ self.basis
        # Projecting an indicator on the span leaves its length if it lies there, and shortens it otherwise.
        return bool(np.any((projections**2).sum(axis=1) > (1 - _IN_SPAN) * sizes))

    def inverse_information(self, weights: FloatArray) -> FloatArray:
        """Return ``(X' W X)^-1`` of a design of full column rank, shape ``(columns, columns)``.

        Args:
            weights: the diagonal of ``W``, not negative, shape ``(rows,)``.
        """
        weighted = np.sqrt(weights)[:, None] * self.basis
        back = np.linalg.inv(self.root)
        inverse: FloatArray = back @ np.linalg.inv(weighted.T @ weighted) @ back.T
        return inverse


def find_aliased(design: FloatArray) -> IntArray:
    """Return the columns that are combinations of columns before them.

    Args:
        design: design matrix, shape ``(rows, columns)``.
    """
    return _aliased(np.asarray(np.linalg.qr(design, mode="r")))


def _aliased(root: FloatArray) -> IntArray:
    """Return the columns whose part beyond those before them, the diagonal, is nothing beside their length."""
    beyond = np.zeros(root.shape[1])
    diagonal = np.abs(np.diag(root))
    beyond[: diagonal.size] = diagonal  # with fewer rows than columns the rest is spanned
    return np.flatnonzero(beyond <= _IN_SPAN * np.linalg.norm(root, axis=0))
