"""The maximum of the likelihood of a grouped logit, by the generalised linear model of statsmodels."""

from __future__ import annotations

import warnings
from typing import Final

import numpy as np
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import ModelWarning

from kbkit.methods.counts import FloatArray

# Change of the coefficients in units of a column's own spread: a step doubles the correct digits, so that one under
# 1e-8 leaves rounding.
_TOLERANCE: Final = 1e-8
_MAX_STEPS: Final = 40


def fit_glm(*, cases: FloatArray, n: FloatArray, design: FloatArray) -> FloatArray | None:
    """Return the coefficients, shape ``(columns,)``; ``None`` where statsmodels does not converge.

    Proportions with ``n`` as variance weights: of the layouts that statsmodels takes, the one whose residual degrees of
    freedom and dispersion are those of the rows. The family is made anew, for an instance keeps counts of its last fit.
    Columns are given to unit length, which makes the search the same in all units.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, positive, shape ``(rows,)``.
        design: design matrix of full column rank, shape ``(rows, columns)``.
    """
    lengths = np.linalg.norm(design, axis=0) / np.sqrt(n.size)
    model = GLM(cases / n, design / lengths, family=Binomial(), var_weights=n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # what it warns of is returned, or was tested before
        warnings.simplefilter("ignore", RuntimeWarning)
        result = model.fit(maxiter=_MAX_STEPS, tol=_TOLERANCE, tol_criterion="params")
    coefficients: FloatArray = np.asarray(result.params) / lengths
    return coefficients if result.converged and np.isfinite(coefficients).all() else None
