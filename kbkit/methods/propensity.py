"""Generalized propensity score: the probability of every tier, given what was there before.

Estimand: ``P(T = t | x)`` for every village and every tier ``t``.

Formula: ordinal, ``logit P(T <= t | x) = c_t - x'b`` with ``c_1 < c_2 < ...`` (proportional odds); multinomial,
``log P(T = t | x) / P(T = first | x) = a_t + x'b_t``. Maximum likelihood, one row one vote. Columns are centred and
made orthonormal for the search; a constant is part of both models and must not be among them.

Assumptions: the model's shape. The ordinal one takes one ``b`` for all steps of the ladder and so needs few
parameters; the multinomial one is free of that and needs several villages in every tier for every column. Give both:
what depends on the choice is not known. Only columns that were there before the tier belong in.

Edge cases: one tier: ``Undefined("one_group")``; no row: ``Undefined("nothing_measured")``. Columns that determine each
other or are constant: ``Undefined("rank_deficient")``; no more rows than parameters: ``Undefined("no_residual_df")``.
Columns that tell a tier from the others without error, or a fitted probability under one in a million:
``Undefined("no_overlap")``, for no weight can replace villages that do not exist. Else ``not_converged``.

Source: Imbens, Biometrika 2000, 87:706-710 (generalized propensity score); McCullagh, Journal of the Royal Statistical
Society B 1980, 42:109-142 (proportional odds).

Checked against: R MASS 7.3-58.2 ``polr`` and nnet 7.3-18 ``multinom``; gradients against finite differences; with two
tiers both are the logit of :mod:`kbkit.methods.binomial`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.column_space import find_aliased
from kbkit.methods.counts import FloatArray, IntArray, as_scores
from kbkit.methods.likelihood_search import Peak, find_peak
from kbkit.methods.separation import find_separation
from kbkit.methods.tier_models import MODELS, PropensityModel, TierModel
from kbkit.results import Undefined

# Under this no village of the kind exists, and a weight over a million stands for nobody.
_NO_CHANCE = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class PropensityFit:
    """Fitted probabilities of all tiers.

    Attributes:
        model: ``"ordinal"`` or ``"multinomial"``.
        names: columns of ``design``.
        tiers: labels of the tiers in ascending order.
        probabilities: one row per row handed in, one column per tier.
        coefficients: change of the log odds per unit of a column; one column ``"step"`` of the ordinal model, positive
            where a column goes with higher tiers; else one column per tier against the first.
        log_likelihood: the maximum.
        codes: tier of every row as its place in ``tiers``, shape ``(rows,)``.
        design: columns handed in, shape ``(rows, columns)``.
        log_gradient: derivatives of the logarithm of ``probabilities``, shape ``(rows, tiers, parameters)``.
        influence: what every row adds to the parameters, shape ``(rows, parameters)``.
    """

    model: PropensityModel
    names: tuple[str, ...]
    tiers: tuple[str, ...]
    probabilities: pd.DataFrame
    coefficients: pd.DataFrame
    log_likelihood: float
    codes: IntArray = field(repr=False)
    design: FloatArray = field(repr=False)
    log_gradient: FloatArray = field(repr=False)
    influence: FloatArray = field(repr=False)


def generalized_propensity(
    *, tier: ArrayLike, design: ArrayLike, names: Sequence[str], model: PropensityModel = "ordinal"
) -> PropensityFit | Undefined:
    """Estimate the probability of every tier in every row.

    Args:
        tier: tier of the row as a number, shape ``(rows,)``.
        design: columns that were there before the tier, without a constant, shape ``(rows, columns)``.
        names: one unique name per column.
        model: ``ordinal`` (proportional odds) or ``multinomial``.

    Raises:
        ValueError: the arrays do not fit together or are not finite, names repeat, or the model is unknown.
    """
    matrix = np.array(design, dtype=np.float64)
    numbers = as_scores(tier, rows=len(matrix))
    if matrix.shape != (numbers.size, len(names)) or not np.isfinite(matrix).all() or len(set(names)) != len(names):
        raise ValueError(f"design must be finite, {numbers.size} rows by {len(names)} unique names, not {matrix.shape}")
    if model not in MODELS:
        raise ValueError(f"model must be one of {sorted(MODELS)}, not {model!r}")
    values, codes = np.unique(numbers, return_inverse=True)
    obstacle = _find_obstacle(matrix, names, n_tiers=values.size, model=model)
    if obstacle is not None:
        return obstacle
    fit = _fit_model(matrix, codes.astype(np.int64), tuple(f"{value:g}" for value in values), tuple(names), model)
    if fit is None:
        return Undefined(reason="no_overlap" if _is_separated(matrix, codes) else "not_converged")
    return fit if fit.probabilities.to_numpy().min() >= _NO_CHANCE else Undefined(reason="no_overlap")


def _fit_model(
    design: FloatArray, codes: IntArray, tiers: tuple[str, ...], names: tuple[str, ...], model: PropensityModel
) -> PropensityFit | None:
    basis, root = np.linalg.qr(design - design.mean(axis=0))
    length = np.sqrt(codes.size)
    likelihood = MODELS[model](columns=basis * length, n_tiers=len(tiers))
    peak = _climb(likelihood, codes)
    if peak is None:
        return None
    by_tier = [likelihood.log_gradient(peak.parameters, np.full_like(codes, tier)) for tier in range(len(tiers))]
    return PropensityFit(
        model=model,
        names=names,
        tiers=tiers,
        probabilities=pd.DataFrame(likelihood.chances(peak.parameters), columns=list(tiers)),
        coefficients=pd.DataFrame(
            np.linalg.solve(root, likelihood.slopes(peak.parameters)) * length,
            index=pd.Index(names, name="term"),
            columns=["step"] if model == "ordinal" else list(tiers[1:]),
        ),
        log_likelihood=peak.log_likelihood,
        codes=codes,
        design=design,
        log_gradient=np.stack(by_tier, axis=1),
        influence=likelihood.log_gradient(peak.parameters, codes) @ peak.covariance,
    )


def _find_obstacle(
    design: FloatArray, names: Sequence[str], *, n_tiers: int, model: PropensityModel
) -> Undefined | None:
    rows, columns = design.shape
    if rows == 0:
        return Undefined(reason="nothing_measured")
    if n_tiers == 1:
        return Undefined(reason="one_group")
    aliased = find_aliased(np.column_stack([np.ones(rows), design])) - 1
    if aliased.size:
        return Undefined(reason="rank_deficient", details={"terms": ", ".join(names[column] for column in aliased)})
    parameters = n_tiers - 1 + columns * (1 if model == "ordinal" else n_tiers - 1)
    if rows <= parameters:
        return Undefined(reason="no_residual_df", details={"rows": rows, "terms": parameters})
    return None


def _climb(model: TierModel, codes: IntArray) -> Peak | None:
    """Find the maximum of the likelihood from equal chances in all rows."""
    rows = np.arange(codes.size)
    start = model.start(np.bincount(codes) / codes.size)

    def likelihood(parameters: FloatArray) -> tuple[float, FloatArray]:
        own = np.maximum(model.chances(parameters)[rows, codes], np.finfo(np.float64).tiny)
        return float(np.log(own).sum()), model.log_gradient(parameters, codes).sum(axis=0)

    return find_peak(
        likelihood,
        start=start,
        # Of orthonormal columns a coefficient is known to about the root of 4 over the rows.
        scale=np.eye(start.size) * np.sqrt(4 / codes.size),
        information=lambda parameters: model.information(parameters, codes),
    )


def _is_separated(design: FloatArray, codes: IntArray) -> bool:
    """Return whether some tier can be told from all others without error."""
    terms, ones = np.column_stack([np.ones(len(design)), design]), np.ones(len(design))
    return any(
        find_separation(design=terms, cases=(codes == code).astype(np.float64), n=ones).size > 0
        for code in np.unique(codes)
    )
