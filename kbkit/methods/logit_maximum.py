"""The maximum of the likelihood of a grouped logit, by iteratively reweighted least squares.

For models that are fitted again and again to pieces of the same rows: several times faster than statsmodels, and sure
to climb, since a step that would lead down is halved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, xlogy

from kbkit.methods.column_space import ColumnSpace
from kbkit.methods.counts import FloatArray

# In log odds of a row. A step doubles the correct digits, so one under 1e-8 leaves nothing to gain.
STEP_TOLERANCE, MAX_STEPS = 1e-8, 30

# A deviance may rise by rounding, not by more; a step that raises it is halved, this often at most.
_ROUNDING, _MOST_HALVINGS = 1e-9, 10


@dataclass(frozen=True, kw_only=True, eq=False)
class LogitMaximum:
    """Where the likelihood is highest.

    Attributes:
        coefficients: log odds per unit of a column, shape ``(columns,)``.
        fitted: fitted proportions, shape ``(rows,)``.
        deviance: residual deviance.
    """

    coefficients: FloatArray
    fitted: FloatArray
    deviance: float


def maximise_logit(*, cases: FloatArray, n: FloatArray, space: ColumnSpace) -> LogitMaximum | None:
    """Climb to the maximum; ``None`` where :data:`MAX_STEPS` do not reach it.

    In an orthonormal basis of the design the normal equations are as well conditioned as the weights allow, whatever
    the units of the columns.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, positive, shape ``(rows,)``.
        space: the span of a design of full column rank.
    """
    basis = space.basis
    linear, deviance = np.log((cases + 0.5) / (n - cases + 0.5)), np.inf
    for _ in range(MAX_STEPS):
        fitted = expit(linear)
        information = n * fitted * (1 - fitted)
        pull = basis.T @ (information * linear + cases - n * fitted)
        weighted = np.sqrt(information)[:, None] * basis
        try:
            coordinates = np.linalg.solve(weighted.T @ weighted, pull)
        except np.linalg.LinAlgError:
            return None
        moved, deviance = _take_step(linear, basis @ coordinates, cases, n, deviance)
        if not np.isfinite(deviance):
            return None
        if np.abs(moved - linear).max() < STEP_TOLERANCE:
            coefficients = np.asarray(np.linalg.solve(space.root, coordinates), dtype=np.float64)
            lowest = _lowest_deviance(cases, n)
            return LogitMaximum(coefficients=coefficients, fitted=expit(moved), deviance=deviance - lowest)
        linear = moved
    return None


def describe_maximum(*, cases: FloatArray, n: FloatArray, design: FloatArray, coefficients: FloatArray) -> LogitMaximum:
    """Describe a maximum that was found elsewhere.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, positive, shape ``(rows,)``.
        design: design matrix of full column rank, shape ``(rows, columns)``.
        coefficients: log odds per unit of a column, shape ``(columns,)``.
    """
    linear = design @ coefficients
    return LogitMaximum(
        coefficients=coefficients,
        fitted=expit(linear),
        deviance=_deviance(linear, cases, n) - _lowest_deviance(cases, n),
    )


def _take_step(
    linear: FloatArray, target: FloatArray, cases: FloatArray, n: FloatArray, deviance: float
) -> tuple[FloatArray, float]:
    """Return the log odds after the step towards ``target``, halved while it raises the deviance, and the deviance."""
    for _ in range(_MOST_HALVINGS):
        reached = _deviance(target, cases, n)
        if reached <= deviance + _ROUNDING * (1 + abs(reached)):
            break
        target = (linear + target) / 2
    return target, reached


def _deviance(linear: FloatArray, cases: FloatArray, n: FloatArray) -> float:
    """Return minus twice the log-likelihood of ``linear``, binomial coefficients aside."""
    return 2 * float(np.sum(n * np.logaddexp(0, linear) - cases * linear))


def _lowest_deviance(cases: FloatArray, n: FloatArray) -> float:
    """Return what a model with a parameter a row would reach, from which the residual deviance is counted."""
    rest = n - cases
    return -2 * float(np.sum(xlogy(cases, cases / n) + xlogy(rest, rest / n)))
