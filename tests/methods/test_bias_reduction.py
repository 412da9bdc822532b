"""The adjustment of a cluster against the root of the matrix as large as the cluster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods.bias_reduction import AdjustedBlock, inverse_root_quadrature, reduce_bias
from kbkit.methods.counts import FloatArray


def written_out(basis: FloatArray, variance: FloatArray, residuals: FloatArray) -> AdjustedBlock:
    """Return the three from ``B^{+1/2}`` itself; rank is judged on leverages, as eigenvalues of B span squares."""
    remaining = np.eye(residuals.size) - basis @ basis.T
    values, axes = np.linalg.eigh(variance[:, None] * remaining * variance)
    determined = int(np.sum(np.linalg.eigvalsh(basis.T @ basis) > 1 - 1e-10))
    axes, values = axes[:, determined:], values[determined:]
    adjusted = variance[:, None] * (axes @ ((axes.T @ basis) / np.sqrt(values)[:, None]))
    return AdjustedBlock(adjusted.T @ residuals, adjusted.T @ adjusted, basis.T @ adjusted)


def cluster(seed: int, *, rows: int, span: float, fixed: bool) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return a cluster's rows of a basis of three numbers and, where asked for, the cluster's own level."""
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(rows + 40), rng.normal(size=(rows + 40, 3))])
    if fixed:
        design = np.column_stack([design, np.arange(rows + 40) < rows])
    basis = np.linalg.qr(design)[0][:rows]
    return basis, span ** rng.uniform(-1, 1, rows), rng.normal(size=rows)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    rows=st.sampled_from([1, 2, 3, 8, 40]),
    span=st.sampled_from([1.0, 3.0, 100.0]),
    fixed=st.booleans(),
)
def test_same_as_with_the_root_written_out(seed: int, rows: int, span: float, fixed: bool) -> None:
    block = cluster(seed, rows=rows, span=span, fixed=fixed)
    for ours, expected in zip(reduce_bias(*block), written_out(*block), strict=True):
        assert np.abs(ours - expected).max() <= 1e-8 * max(1.0, np.abs(expected).max())


def test_equal_variances_by_hand() -> None:
    # F = f I: B^{-1/2} = (I - U U')^{-1/2} / f. Two rows with leverage 1/4 each of one column, 1/2 of the cluster.
    block = reduce_bias(np.full((2, 1), 0.5), np.full(2, 3.0), np.array([1.0, 2.0]))
    assert block.score == pytest.approx([1.5 / 0.5**0.5])
    assert block.shared == pytest.approx(np.array([[0.5 / 0.5**0.5]]))
    assert block.own == pytest.approx(np.array([[0.5 / 0.5]]))


def test_a_cluster_of_its_own_row_alone_informs_nothing() -> None:
    score, own, shared = reduce_bias(np.ones((1, 1)), np.array([2.0]), np.array([0.3]))
    assert np.abs([*score, *own.ravel(), *shared.ravel()]).max() < 1e-14


@pytest.mark.parametrize("span", [1.0, 7.0, 1e3, 1e6, 1e12])
def test_quadrature_is_the_inverse_root(span: float) -> None:
    shifts, weights = inverse_root_quadrature(low=0.3, high=0.3 * span)
    x = np.geomspace(0.3, 0.3 * span, 200)
    assert (weights / (x[:, None] + shifts)).sum(axis=1) == pytest.approx(x**-0.5, rel=1e-11)
