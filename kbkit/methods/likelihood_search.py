"""The maximum of a smooth log-likelihood and its curvature there, from value and gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from kbkit.methods.counts import FloatArray

Likelihood = Callable[[FloatArray], tuple[float, FloatArray]]
Curvature = Callable[[FloatArray], FloatArray]

# Parameters are scaled so that a unit is about a standard error. A central difference of the gradient over this step
# has errors near 1e-9 of both kinds, cut off and rounding.
_STEP = 1e-4

# In standard errors: how near the last Newton step must be, and how far one may go.
_CLOSE, _FAR = 1e-7, 1.0

_MOST_STEPS, _MOST_POLISHING = 500, 8

# Slope, in log-likelihood per standard error, at which the first search ends: it compares heights, and what is left to
# climb there, half its square, must stand above the rounding of a log-likelihood of thousands.
_FLAT = 1e-5
_OPTIONS = {"gtol": _FLAT, "maxiter": _MOST_STEPS}
# In standard errors, how far the first step may trust the curvature, and any.
_REACH = {"initial_trust_radius": 30.0, "max_trust_radius": 300.0}


@dataclass(frozen=True, kw_only=True, eq=False)
class Peak:
    """A maximum of the log-likelihood.

    Attributes:
        parameters: where it lies, shape ``(parameters,)``.
        covariance: inverse of the observed information, shape ``(parameters, parameters)``.
        log_likelihood: its height.
    """

    parameters: FloatArray
    covariance: FloatArray
    log_likelihood: float


def find_peak(
    likelihood: Likelihood, *, start: FloatArray, scale: FloatArray, information: Curvature | None = None
) -> Peak | None:
    """Climb to the maximum of ``likelihood``; ``None`` where none is reached.

    Args:
        likelihood: gives log-likelihood and gradient, shape ``(parameters,)``, at a point.
        start: where to begin, shape ``(parameters,)``.
        scale: matrix whose product with its transpose is about the covariance of the estimate,
            shape ``(parameters, parameters)``.
        information: gives minus the second derivatives at a point, same shape; by central differences where not given.
    """

    def scaled(steps: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = likelihood(start + scale @ steps)
        return -value, -(scale.T @ gradient)

    def curvature(steps: FloatArray) -> FloatArray:
        if information is None:
            return _differentiate(lambda point: scaled(point)[1], steps)
        return scale.T @ information(start + scale @ steps) @ scale

    # Where the curvature is cheap it leads the way; where it is not, gradients tell it well enough.
    way: dict[str, Any] = {"method": "BFGS", "options": _OPTIONS}
    if information is not None:
        way = {"method": "trust-exact", "options": _OPTIONS | _REACH, "hess": curvature}
    # Far from the maximum a trial point may overflow; what is not finite is refused at the end.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = minimize(scaled, np.zeros(start.size), jac=True, **way)
        steps = _settle(scaled, found.x, found.hess_inv) if found.success and information is None else found.x
        return _polish(scaled, curvature, steps, start=start, scale=scale)


def _settle(scaled: Likelihood, steps: FloatArray, inverse: FloatArray) -> FloatArray:
    """Go on by gradients alone, on the search's own idea of the curvature, to where a true curvature pays."""
    for _ in range(_MOST_POLISHING):
        move = inverse @ scaled(steps)[1]
        if np.abs(move).max() < _CLOSE / 2:
            break
        steps = steps - move
    return steps


def _polish(
    scaled: Likelihood, curvature: Curvature, steps: FloatArray, *, start: FloatArray, scale: FloatArray
) -> Peak | None:
    """End the search with Newton steps, whose curvature is the information that the covariance needs."""
    for _ in range(_MOST_POLISHING):
        (value, gradient), bend = scaled(steps), curvature(steps)
        if not (np.isfinite(value) and np.isfinite(bend).all() and np.linalg.eigvalsh(bend)[0] > 0):
            return None
        move = np.linalg.solve(bend, gradient)
        if np.linalg.norm(move) > _FAR:
            return None
        if np.abs(move).max() < _CLOSE:
            covariance = scale @ np.linalg.inv(bend) @ scale.T
            return Peak(parameters=start + scale @ (steps - move), covariance=covariance, log_likelihood=-value)
        steps = steps - move
    return None


def _differentiate(gradient: Callable[[FloatArray], FloatArray], point: FloatArray) -> FloatArray:
    """Return the symmetric matrix of second derivatives at ``point``, by central differences."""
    rows = [(gradient(point + move) - gradient(point - move)) / (2 * _STEP) for move in _STEP * np.eye(point.size)]
    matrix = np.stack(rows)
    symmetric: FloatArray = (matrix + matrix.T) / 2
    return symmetric
