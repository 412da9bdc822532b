"""Logit of grouped counts, with the covariance chosen by name.

Estimand: coefficients of ``logit E(cases / n) = X b``, log odds per unit of a column, over measured units.

Formula: maximum likelihood of the binomial, ``sum_i x_i log p_i + (n_i - x_i) log(1 - p_i)``, by iteratively
reweighted least squares on proportions with weights ``n``: the generalised linear model of statsmodels, or for refits
the same steps written out (:mod:`kbkit.methods.logit_maximum`), which also stand in where statsmodels overshoots and
does not converge. Dispersion (Pearson) over rows with measured units
``phi = sum (x - np)^2 / (np(1-p)) / (N - K)``. Covariance: ``CR0 CR1 CR1S CR2 CR3`` as in
:mod:`kbkit.methods.cluster_covariance`, ``model`` is ``M = (X' W X)^-1`` and ``quasi`` is ``phi M``. Tests and
intervals use t with the Satterthwaite degrees of freedom (CR2), ``G - 1`` (the other CR) or ``N - K`` (quasi), and the
normal for ``model``.

Assumptions: the mean is right and clusters are independent; nothing else for CR, whatever the overdispersion. ``quasi``
also needs independent rows with one dispersion, ``model`` independent children; both understate the uncertainty of
village data and are here for comparison.

Edge cases: rows with ``n = 0`` carry no likelihood and are left out of ``N``, ``G`` and the dispersion. Undefined:
``nothing_measured``; ``rank_deficient`` and ``separation`` (both name the terms); ``no_residual_df`` when rows do not
outnumber columns; ``too_few_clusters`` below two, with any CR; ``not_converged``. A term that no more than one cluster
informs has no sandwich variance: its uncertainty is blank in the table and ``Undefined("no_variance")`` from the
methods.

Source: McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989 (grouped logit, dispersion); for the covariances see
:mod:`kbkit.methods.cluster_covariance`; for the existence of the estimate :mod:`kbkit.methods.separation`.

Checked against: R 4.2.2 ``glm(binomial)`` and ``glm(quasibinomial)``, sandwich 3.0-2 ``vcovCL`` and clubSandwich 0.5.8;
statsmodels 0.15 ``GLM``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.binomial_fit import WITHOUT_CLUSTERS, BinomialFit, Covariance
from kbkit.methods.cluster_covariance import SatterthwaiteMoments, cluster_covariance, linearise
from kbkit.methods.column_space import ColumnSpace
from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, as_counts, check_level
from kbkit.methods.glm_maximum import fit_glm
from kbkit.methods.logit_maximum import MAX_STEPS, LogitMaximum, describe_maximum, maximise_logit
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.separation import find_separation
from kbkit.results import Undefined

Solver = Literal["statsmodels", "newton"]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """Checked arrays of one fit, one row per village-period."""

    cases: FloatArray
    n: FloatArray
    design: FloatArray
    codes: IntArray | None

    def measured(self) -> _Rows:
        """Return the rows that carry likelihood, clusters counted anew."""
        kept = self.n > 0
        if kept.all():
            return self
        codes = None if self.codes is None else np.unique(self.codes[kept], return_inverse=True)[1]
        return _Rows(cases=self.cases[kept], n=self.n[kept], design=self.design[kept], codes=codes)


def fit_binomial(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    design: ArrayLike,
    names: Sequence[str],
    cluster: ArrayLike | None = None,
    covariance: Covariance = "CR2",
    level: float = DEFAULT_LEVEL,
    solver: Solver = "statsmodels",
) -> BinomialFit | Undefined:
    """Fit the logit of ``cases`` among ``n`` on ``design``.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``; rows with 0 are left out of the fit and kept for standardisation.
        design: numeric design matrix with its constant, shape ``(rows, columns)``.
        names: one unique term per column.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``; needed for every ``CR``.
        covariance: how the covariance of the coefficients is estimated.
        level: coverage of the intervals, 0-1.
        solver: what finds the maximum; ``"newton"`` is the faster one, for refits of a model.

    Raises:
        ValueError: the arrays do not fit together, ``design`` is not finite, or ``level`` is outside (0, 1).
    """
    check_level(level)
    rows = _check_rows(cases=cases, n=n, design=design, names=names, cluster=cluster)
    if rows.codes is None and covariance not in WITHOUT_CLUSTERS:
        raise ValueError(f"covariance {covariance} needs clusters")
    measured, terms = rows.measured(), tuple(names)
    space = ColumnSpace.of(measured.design)
    obstacle = _find_obstacle(measured, space, terms, sandwich=covariance not in WITHOUT_CLUSTERS)
    if obstacle is not None:
        return obstacle
    peak = _find_maximum(measured, space, solver)
    if peak is None:
        return Undefined(reason="not_converged", details={"steps": MAX_STEPS})
    return _describe_fit(rows, measured, space, terms, peak, covariance, level)


def estimate_dispersion(*, cases: ArrayLike, n: ArrayLike, fitted: ArrayLike, n_parameters: int) -> float | Undefined:
    """Return the Pearson dispersion of grouped counts, 1 when they are binomial.

    Rows expanded to single units give about 1 whatever the truth: overdispersion shows in grouped rows only.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``; rows with 0 do not count.
        fitted: fitted proportions, strictly between 0 and 1, shape ``(rows,)``.
        n_parameters: estimated coefficients.

    Raises:
        ValueError: cases and n do not fit together.
    """
    case_counts, sizes = as_counts(cases=cases, n=n)
    share = np.asarray(fitted, dtype=np.float64)
    df_resid = int((sizes > 0).sum()) - n_parameters
    if df_resid <= 0:
        return Undefined(reason="no_residual_df", details={"rows": int((sizes > 0).sum()), "terms": n_parameters})
    with_units = sizes > 0
    variance = (sizes * share * (1 - share))[with_units]
    return float(np.sum((case_counts - sizes * share)[with_units] ** 2 / variance) / df_resid)


def _check_rows(
    *, cases: ArrayLike, n: ArrayLike, design: ArrayLike, names: Sequence[str], cluster: ArrayLike | None
) -> _Rows:
    case_counts, sizes = as_counts(cases=cases, n=n)
    matrix = np.array(design, dtype=np.float64)
    if matrix.shape != (sizes.size, len(names)) or not np.isfinite(matrix).all():
        raise ValueError(f"design must be finite, {sizes.size} rows by {len(names)} names, not {matrix.shape}")
    if len(set(names)) != len(names):
        raise ValueError(f"names must be unique: {list(names)}")
    codes = None if cluster is None else as_cluster_codes(cluster, rows=sizes.size)
    return _Rows(cases=case_counts, n=sizes, design=matrix, codes=codes)


def _find_obstacle(rows: _Rows, space: ColumnSpace, names: tuple[str, ...], *, sandwich: bool) -> Undefined | None:
    """Return why the model has no estimate or no covariance on these rows, if so."""
    count, columns = rows.design.shape
    if count == 0:
        return Undefined(reason="nothing_measured")
    aliased = space.aliased()
    if aliased.size:
        return Undefined(reason="rank_deficient", details={"terms": _join(names, aliased)})
    if count <= columns:
        return Undefined(reason="no_residual_df", details={"rows": count, "terms": columns})
    if sandwich and rows.codes is not None and rows.codes.max() == 0:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    separated = find_separation(design=rows.design, cases=rows.cases, n=rows.n)
    if separated.size:
        return Undefined(reason="separation", details={"terms": _join(names, separated)})
    return None


def _find_maximum(rows: _Rows, space: ColumnSpace, solver: Solver) -> LogitMaximum | None:
    if solver == "statsmodels":
        coefficients = fit_glm(cases=rows.cases, n=rows.n, design=rows.design)
        if coefficients is not None:
            return describe_maximum(cases=rows.cases, n=rows.n, design=rows.design, coefficients=coefficients)
    return maximise_logit(cases=rows.cases, n=rows.n, space=space)


def _join(names: tuple[str, ...], columns: IntArray) -> str:
    return ", ".join(names[column] for column in columns)


def _describe_fit(
    rows: _Rows,
    measured: _Rows,
    space: ColumnSpace,
    names: tuple[str, ...],
    peak: LogitMaximum,
    covariance: Covariance,
    level: float,
) -> BinomialFit | Undefined:
    dispersion = estimate_dispersion(cases=measured.cases, n=measured.n, fitted=peak.fitted, n_parameters=len(names))
    if isinstance(dispersion, Undefined):
        return dispersion
    by_model = space.inverse_information(measured.n * peak.fitted * (1 - peak.fitted))
    matrix, moments = _choose_covariance(measured, peak, covariance, by_model=by_model, dispersion=dispersion)
    for array in (rows.cases, rows.n, rows.design):
        array.setflags(write=False)
    return BinomialFit(
        names=names,
        log_odds=peak.coefficients,
        log_odds_covariance=matrix,
        covariance=covariance,
        dispersion=dispersion,
        deviance=peak.deviance,
        df_resid=measured.n.size - len(names),
        n_rows=measured.n.size,
        n_clusters=None if measured.codes is None else int(measured.codes.max()) + 1,
        absorbs_clusters=measured.codes is not None and space.holds_a_cluster(measured.codes),
        level=level,
        cases=rows.cases,
        n=rows.n,
        design=rows.design,
        cluster=rows.codes,
        model_covariance=by_model,
        moments=moments,
    )


def _choose_covariance(
    rows: _Rows, peak: LogitMaximum, covariance: Covariance, *, by_model: FloatArray, dispersion: float
) -> tuple[FloatArray, SatterthwaiteMoments | None]:
    """Return the covariance of the coefficients, shape ``(columns, columns)``, and with CR2 its moments."""
    if covariance == "quasi":
        return dispersion * by_model, None
    if covariance == "model" or rows.codes is None:
        return by_model, None
    linear = linearise(design=rows.design, cases=rows.cases, n=rows.n, fitted=peak.fitted, codes=rows.codes)
    return cluster_covariance(linear, kind=covariance)
