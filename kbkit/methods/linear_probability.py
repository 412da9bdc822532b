"""Linear probability: a proportion on a design by weighted least squares.

Estimand: the difference in the proportion, in points, that goes with one more unit of a column, the other columns
alike; the best straight line through proportions that may well be curved.

Formula: ``b = (X'NX)^-1 X'N y`` with ``y = cases / n`` and ``N = diag(n)``. Covariance by leaving out one cluster at a
time, ``(G - 1) / G sum_j (b_(j) - b)(b_(j) - b)'``, t(G - 1). Beside it the classical t statistic
``b_k / sqrt(s^2 [(X'NX)^-1]_kk)``, ``s^2 = e'Ne / (rows - columns)``, for :mod:`kbkit.methods.robustness_value`.

Assumptions: clusters are independent. Fitted proportions can leave 0-1; a coefficient is a mean over rows all the same.
The classical t is a measure of fit and not a test: rows of one cluster resemble each other.

Edge cases: rows with ``n = 0`` are left out; none left: ``Undefined("nothing_measured")``. Columns that determine each
other: ``Undefined("rank_deficient")``; no more rows than columns: ``Undefined("no_residual_df")``; one cluster:
``Undefined("too_few_clusters")``. A column of a left-out cluster alone (its fixed effect) is not needed without it. A
term that one cluster alone informs, and an exact fit: ``Undefined("no_variance")``.

Source: Angrist & Pischke, Mostly Harmless Econometrics, 2009, section 3.4.2; MacKinnon, Nielsen & Webb, Journal of
Applied Econometrics 2023, 38:671-694 (jackknife by cluster).

Checked against: R 4.2.2 ``lm`` with weights, refitted without each cluster; ``summary`` for the classical t.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.column_space import find_aliased
from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, as_counts, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import difference_contrast
from kbkit.results import Contrast, Undefined

METHOD = "linear_probability_CR3_jackknife"

_NO_ERROR = 1e-12
# Of a column without a cluster, against the same column with it: what is left below this is rounding.
_UNINFORMED = 1e-9
# Share of a direction outside a cluster under which it is the cluster's own.
_NO_REST = 1e-10


@dataclass(frozen=True, kw_only=True)
class LinearProbability:
    """One coefficient of a linear probability model.

    Attributes:
        slope: points of proportion per unit of the term.
        classical_t: the t statistic of least squares that takes rows as independent.
        df_resid: its degrees of freedom, rows less columns.
    """

    slope: Contrast
    classical_t: float
    df_resid: int


def linear_probability(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    design: ArrayLike,
    names: Sequence[str],
    cluster: ArrayLike,
    term: str,
    level: float = DEFAULT_LEVEL,
) -> LinearProbability | Undefined:
    """Fit the proportion of ``cases`` among ``n`` on ``design`` and return the coefficient of ``term``.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, the weight of a row, shape ``(rows,)``.
        design: numeric design matrix with its constant, shape ``(rows, columns)``.
        names: one unique name per column.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        term: name of the column that is asked for.
        level: coverage of the interval, 0-1.

    Raises:
        ValueError: the arrays do not fit together, ``term`` is not in ``names``, or ``level`` is outside (0, 1).
    """
    check_level(level)
    counts, sizes = as_counts(cases=cases, n=n)
    matrix = np.asarray(design, dtype=np.float64)
    if matrix.shape != (sizes.size, len(names)) or term not in names:
        raise ValueError(f"design must be {sizes.size} rows by {len(names)} names, among them {term!r}")
    kept = sizes > 0
    codes = as_cluster_codes(cluster, rows=sizes.size)[kept]
    codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    root = np.sqrt(sizes[kept])
    scaled, response = matrix[kept] * root[:, None], counts[kept] / root
    obstacle = _find_obstacle(scaled, names, codes)
    return obstacle or _describe(scaled, response, codes, term, list(names).index(term), level)


def _find_obstacle(scaled: FloatArray, names: Sequence[str], codes: IntArray) -> Undefined | None:
    rows, columns = scaled.shape
    if rows == 0:
        return Undefined(reason="nothing_measured")
    if codes.max() == 0:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    if rows <= columns:
        return Undefined(reason="no_residual_df", details={"rows": rows, "terms": columns})
    aliased = find_aliased(scaled)
    if aliased.size:
        return Undefined(reason="rank_deficient", details={"terms": ", ".join(names[column] for column in aliased)})
    return None


def _describe(
    scaled: FloatArray, response: FloatArray, codes: IntArray, term: str, place: int, level: float
) -> LinearProbability | Undefined:
    information, moment = scaled.T @ scaled, scaled.T @ response
    coefficients = np.linalg.solve(information, moment)
    residuals, df_resid = response - scaled @ coefficients, len(response) - scaled.shape[1]
    variance = float(residuals @ residuals) / df_resid * float(np.linalg.inv(information)[place, place])
    deviations = _leave_one_out(scaled, response, codes, place) - coefficients[place]
    clusters = deviations.size
    error = float(np.sqrt((clusters - 1) / clusters * deviations @ deviations))
    if not np.isfinite(error) or error < _NO_ERROR or variance < _NO_ERROR**2:
        return Undefined(reason="no_variance")
    slope = difference_contrast(
        estimate=float(coefficients[place]), std_error=error, df=clusters - 1.0, level=level, term=term, method=METHOD
    )
    return LinearProbability(slope=slope, classical_t=float(coefficients[place]) / variance**0.5, df_resid=df_resid)


def _leave_one_out(scaled: FloatArray, response: FloatArray, codes: IntArray, place: int) -> FloatArray:
    """Return the coefficient without each cluster, ``nan`` where the rest does not inform it, shape ``(G,)``.

    By Frisch, Waugh and Lovell: what is left of the term after the other columns, on what is left of the outcome. The
    products of the rest are those of all rows less the cluster's own.
    """
    basis = np.linalg.qr(np.delete(scaled, place, axis=1))[0]
    term, outcome = (vector - basis @ (basis.T @ vector) for vector in (scaled[:, place], response))
    found = []
    for code in range(int(codes.max()) + 1):
        inside = codes == code
        own, own_term, own_outcome = basis[inside], term[inside], outcome[inside]
        remaining, axes = np.linalg.eigh(np.eye(own.shape[1]) - own.T @ own)
        # Without its cluster a fixed effect, or the constant beside those of all the others, adds nothing.
        needed = axes[:, remaining > _NO_REST] / np.sqrt(remaining[remaining > _NO_REST])
        along, outcome_along = own_term @ own @ needed, own_outcome @ own @ needed
        strength = term @ term - own_term @ own_term - along @ along
        moment = term @ outcome - own_term @ own_outcome - along @ outcome_along
        found.append(float(moment / strength) if strength > _UNINFORMED * float(term @ term) else np.nan)
    return np.array(found)
