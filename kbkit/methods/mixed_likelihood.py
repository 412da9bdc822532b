"""The likelihood of a logit with normal intercepts of groups, and its gradient.

Intercepts are ``s1 u`` for an outer group (kecamatan) and ``s2 v`` for an inner group in it (village), ``u`` and ``v``
standard normal. Given the parameters, the modes of ``u`` and ``v`` and the curvature ``H`` there carry everything: in
``H`` an outer group meets its inner groups only, so that it is solved group by group. One level is the case ``s2 = 0``.

The gradient of the Laplace approximation ``f - log det H / 2`` has three parts: that of ``f`` at the modes; that of
``H`` in the standard deviations; and that of ``H`` through the fitted proportions, which move with the parameters both
directly and with the modes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln, logsumexp

from kbkit.methods.counts import FloatArray, IntArray, sum_within

# Points of the quadrature: at 25 more points do not change ten digits, however few rows a group has.
NODES = 25

# A mode is found when no intercept moves by more than this; each step doubles the correct digits.
_STEP_TOLERANCE, _MOST_STEPS = 1e-9, 100


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupedRows:
    """Rows with measured units and the groups that hold them.

    Attributes:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, positive, shape ``(rows,)``.
        design: design matrix, shape ``(rows, columns)``.
        outer: outer group of every row as 0, 1, ..., shape ``(rows,)``.
        inner: inner group of every row as 0, 1, ..., shape ``(rows,)``; the outer one where there is one level.
        parent: outer group of every inner group, shape ``(inner groups,)``.
    """

    cases: FloatArray
    n: FloatArray
    design: FloatArray
    outer: IntArray
    inner: IntArray
    parent: IntArray

    def log_combinations(self) -> float:
        """Return the part of the log-likelihood that no parameter moves."""
        return float(np.sum(gammaln(self.n + 1) - gammaln(self.cases + 1) - gammaln(self.n - self.cases + 1)))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Curvature:
    """``H``: the diagonal of the inner groups, and what is left of the outer ones when these are eliminated."""

    inner: FloatArray
    ratio: FloatArray
    outer: FloatArray
    parent: IntArray

    @classmethod
    def of(cls, weight: FloatArray, sd: tuple[float, float], parent: IntArray) -> _Curvature:
        """Return ``H`` from the information of every inner group, shape ``(inner groups,)``."""
        inner, across = 1 + sd[1] ** 2 * weight, sd[0] * sd[1] * weight
        outer = 1 + sum_within(parent, sd[0] ** 2 * weight - across**2 / inner)
        return cls(inner=inner, ratio=across / inner, outer=outer, parent=parent)

    def solve(self, outer: FloatArray, inner: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the outer and inner parts of ``H^-1`` times a vector."""
        solved = (outer - sum_within(self.parent, self.ratio * inner)) / self.outer
        return solved, inner / self.inner - self.ratio * solved[self.parent]

    def log_determinant(self) -> float:
        return float(np.log(self.inner).sum() + np.log(self.outer).sum())

    def inverse_entries(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return, for every inner group, ``H^-1`` at its parent, between the two, and at itself."""
        at_parent = 1 / self.outer[self.parent]
        return at_parent, -self.ratio * at_parent, 1 / self.inner + self.ratio**2 * at_parent


@dataclass(frozen=True, kw_only=True, eq=False)
class Modes:
    """The most probable intercepts given the parameters, in standard deviations, and what holds there.

    Attributes:
        outer: ``u``, shape ``(outer groups,)``.
        inner: ``v``, shape ``(inner groups,)``.
        linear: log odds of every row, shape ``(rows,)``.
        fitted: proportion of every row, shape ``(rows,)``.
        curvature: ``H``.
    """

    outer: FloatArray
    inner: FloatArray
    linear: FloatArray
    fitted: FloatArray
    curvature: _Curvature


def find_modes(rows: GroupedRows, coefficients: FloatArray, sd: tuple[float, float]) -> Modes:
    """Find the most probable intercepts by Newton steps.

    Args:
        rows: rows and groups.
        coefficients: ``b``, shape ``(columns,)``.
        sd: standard deviations of the outer and inner intercepts; of either sign, which says nothing.
    """
    fixed = rows.design @ coefficients
    outer, inner = np.zeros(rows.parent.max() + 1), np.zeros(rows.parent.size)
    for _ in range(_MOST_STEPS):
        linear = fixed + sd[0] * outer[rows.outer] + sd[1] * inner[rows.inner]
        fitted = expit(linear)
        curvature = _Curvature.of(sum_within(rows.inner, rows.n * fitted * (1 - fitted)), sd, rows.parent)
        residuals = sum_within(rows.inner, rows.cases - rows.n * fitted)
        moves = curvature.solve(sd[0] * sum_within(rows.parent, residuals) - outer, sd[1] * residuals - inner)
        if max(np.abs(moves[0]).max(), np.abs(moves[1]).max()) < _STEP_TOLERANCE:
            break
        # Within one unit of log odds the curvature changes little enough for a Newton step to be trusted.
        reach = np.ones(outer.size)
        np.maximum.at(reach, rows.parent, np.abs(sd[0] * moves[0][rows.parent] + sd[1] * moves[1]))
        outer, inner = outer + moves[0] / reach, inner + moves[1] / reach[rows.parent]
    return Modes(outer=outer, inner=inner, linear=linear, fitted=fitted, curvature=curvature)


def laplace_likelihood(rows: GroupedRows, parameters: FloatArray) -> tuple[float, FloatArray]:
    """Return the Laplace approximation of the log-likelihood of two levels, and its gradient.

    Args:
        rows: rows and groups.
        parameters: coefficients, outer and inner standard deviation, shape ``(columns + 2,)``.
    """
    coefficients, sd = parameters[:-2], (float(parameters[-2]), float(parameters[-1]))
    modes = find_modes(rows, coefficients, sd)
    density = rows.cases * modes.linear - rows.n * np.logaddexp(0, modes.linear)
    height = float(density.sum() - (modes.outer @ modes.outer + modes.inner @ modes.inner) / 2)
    value = rows.log_combinations() + height - modes.curvature.log_determinant() / 2
    return value, _laplace_gradient(rows, sd, modes)


def _laplace_gradient(rows: GroupedRows, sd: tuple[float, float], modes: Modes) -> FloatArray:
    at_parent, between, at_self = modes.curvature.inverse_entries()
    residual, weight = rows.cases - rows.n * modes.fitted, rows.n * modes.fitted * (1 - modes.fitted)
    # Half the derivative of log det H in the log odds of a row, and H^-1 times its sum over the rows of the groups.
    leverage = sd[0] ** 2 * at_parent + 2 * sd[0] * sd[1] * between + sd[1] ** 2 * at_self
    pull = weight * (1 - 2 * modes.fitted) * leverage[rows.inner] / 2
    pulls = sum_within(rows.inner, pull)
    outer_shift, inner_shift = modes.curvature.solve(sd[0] * sum_within(rows.parent, pulls), sd[1] * pulls)
    shift = sd[0] * outer_shift[rows.outer] + sd[1] * inner_shift[rows.inner]
    by_linear = residual - pull + weight * shift
    residuals, weights = sum_within(rows.inner, residual), sum_within(rows.inner, weight)
    by_outer = (
        by_linear @ modes.outer[rows.outer]
        - residuals @ outer_shift[rows.parent]
        - weights @ (sd[0] * at_parent + sd[1] * between)
    )
    by_inner = (
        by_linear @ modes.inner[rows.inner] - residuals @ inner_shift - weights @ (sd[1] * at_self + sd[0] * between)
    )
    return np.append(by_linear @ rows.design, [by_outer, by_inner])


def quadrature_likelihood(rows: GroupedRows, parameters: FloatArray) -> tuple[float, FloatArray]:
    """Return the log-likelihood of one level by adaptive Gauss-Hermite quadrature, and its gradient.

    Args:
        rows: rows and groups.
        parameters: coefficients and standard deviation, shape ``(columns + 1,)``.
    """
    coefficients, sd = parameters[:-1], float(parameters[-1])
    modes = find_modes(rows, coefficients, (sd, 0.0))
    nodes, weights = np.polynomial.hermite.hermgauss(NODES)
    points = modes.outer[:, None] + nodes * np.sqrt(2 / modes.curvature.outer)[:, None]
    linear = (rows.design @ coefficients)[:, None] + sd * points[rows.outer]
    density = rows.cases[:, None] * linear - rows.n[:, None] * np.logaddexp(0, linear)
    # Sums over the rows of a group as a product with indicators, many times as fast as adding row by row.
    heights = np.eye(len(points))[rows.outer].T @ density + np.log(weights) + nodes**2 - points**2 / 2
    groups = logsumexp(heights, axis=1)
    value = float(np.sum(groups - np.log(modes.curvature.outer * np.pi) / 2)) + rows.log_combinations()
    # The derivative of a group's integral is the mean of the derivative over the intercept given the data.
    given_data = np.exp(heights - groups[:, None])[rows.outer]
    residual = given_data * (rows.cases[:, None] - rows.n[:, None] * expit(linear))
    return value, np.append(residual.sum(axis=1) @ rows.design, np.sum(residual * points[rows.outer]))
