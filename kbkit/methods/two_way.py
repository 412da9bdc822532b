"""Least squares with a level for every unit and every period, on units that change while they are observed.

Estimand: the mean difference in the outcome, in points of proportion, that goes with one more unit of a term within the
same unit, beyond what changed for all units in that period.

Formula: ``y_it = a_i + c_t + sum_k b_k x_kit + e_it`` by weighted least squares. Outcome, terms and indicators of
periods are taken less their weighted mean within the unit; regression on these gives ``b``. Covariance by leaving out
one cluster at a time, ``(G - 1) / G sum_j (b_(j) - b)(b_(j) - b)'``, every unit lying within one cluster; t(G - 1). A
coefficient is a weighted mean of effects with weights proportional to ``w x r`` where ``r`` is what is left of a term
after all else; ``negative_weight`` is the sum of those under 0, of weights that sum to 1.

Assumptions: without a change units would have moved in parallel, and effects are the same for all units and at all
times. Where they are not, units that changed early serve as controls for those that change later, and the coefficient
can even have the wrong sign: the more negative weight, the less it should be read, and
:mod:`kbkit.methods.group_time` does without such comparisons.

Edge cases: rows without an outcome or without weight are left out; a unit seen once then informs nothing. A term that
never changes within a unit, or goes with the period, is ``Undefined("rank_deficient")`` with its name. A term that
cannot be told without one of the clusters, and an exact fit, have no variance: ``Undefined("no_variance")``. One
cluster: ``Undefined("too_few_clusters")``; no row: ``Undefined("nothing_measured")``; no more rows than levels and
terms: ``Undefined("no_residual_df")``.

Source: Wooldridge, Econometric Analysis of Cross Section and Panel Data, 2nd ed. 2010, chapter 10; MacKinnon, Nielsen &
Webb, Journal of Applied Econometrics 2023, 38:671-694 (jackknife by cluster); de Chaisemartin & D'Haultfoeuille,
American Economic Review 2020, 110:2964-2996 (weights).

Checked against: R 4.2.2 ``lm`` with all indicators, refitted without each cluster; weights written out there with the
residuals of ``lm``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kbkit.methods.column_space import find_aliased
from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, check_level
from kbkit.methods.jackknife import describe_terms, jackknife_covariance
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.results import Undefined

METHOD = "two_way_least_squares_CR3_jackknife"


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoWayFit:
    """A fitted two-way model.

    Attributes:
        table: one row per term: estimate, standard error, degrees of freedom, statistic, p-value and limits.
        covariance_matrix: jackknife covariance of the terms, indexed by their names twice.
        deviance: weighted sum of squared residuals.
        dispersion: the same over the residual degrees of freedom, levels of units and periods counted.
        negative_weight: per term the sum of the weights under 0 that its coefficient gives to effects, 0 or less.
        n_rows: rows used.
        n_units: units used.
        n_clusters: clusters used.
        level: coverage of the intervals.
        method: name of model and covariance.
    """

    table: pd.DataFrame
    covariance_matrix: pd.DataFrame
    deviance: float
    dispersion: float
    negative_weight: pd.Series[float]
    n_rows: int
    n_units: int
    n_clusters: int
    level: float
    method: str = METHOD


def fit_two_way(
    panel: pd.DataFrame,
    *,
    outcome: str,
    terms: Sequence[str],
    unit: str,
    period: str,
    cluster: str,
    weight: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> TwoWayFit | Undefined:
    """Fit the outcome on terms with a level for every unit and every period.

    Args:
        panel: one row per unit and period.
        outcome: column of the outcome, for example a prevalence 0-1.
        terms: columns of the terms, for example whether the unit has reached a tier.
        unit: column that names the unit.
        period: column of the period.
        cluster: column of the independent unit that holds the unit.
        weight: column of the weight of a row, for example measured units; equal weights where not given.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: a unit lies in several clusters, a term is missing where there is an outcome, a weight is negative
            or missing, or ``level`` is outside (0, 1).
    """
    check_level(level)
    rows, weights = _used_rows(panel, outcome, list(terms), unit, cluster, weight)
    if not len(rows):
        return Undefined(reason="nothing_measured")
    codes = as_cluster_codes(rows[cluster].to_numpy(), rows=len(rows))
    response, design = _within_units(rows, weights, outcome, list(terms), unit, period)
    n_units, periods = int(rows[unit].nunique()), design.shape[1] - len(terms)
    obstacle = _find_obstacle(design, list(terms), n_units=n_units, n_clusters=int(codes.max()) + 1)
    if obstacle is not None:
        return obstacle
    covariance = _jackknife(response, design, codes, periods)
    if covariance is None:
        return Undefined(reason="no_variance")
    coefficients, residuals = _least_squares(response, design)
    deviance = float(residuals @ residuals)
    return TwoWayFit(
        table=describe_terms(
            coefficients[periods:], covariance, terms=terms, df=float(codes.max()), level=level, method=METHOD
        ),
        covariance_matrix=pd.DataFrame(covariance, index=list(terms), columns=list(terms)),
        deviance=deviance,
        dispersion=deviance / (len(rows) - n_units - design.shape[1]),
        negative_weight=_negative_weight(rows, weights, design, list(terms)),
        n_rows=len(rows),
        n_units=n_units,
        n_clusters=int(codes.max()) + 1,
        level=level,
    )


def _find_obstacle(design: FloatArray, terms: list[str], *, n_units: int, n_clusters: int) -> Undefined | None:
    """Return why the terms have no estimate or no covariance, if so; ``design`` is less its units' means."""
    if n_clusters == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    count, columns = design.shape
    periods = columns - len(terms)
    aliased = [terms[column - periods] for column in find_aliased(design) if column >= periods]
    if aliased:
        return Undefined(reason="rank_deficient", details={"terms": ", ".join(aliased)})
    if count <= n_units + columns:
        return Undefined(reason="no_residual_df", details={"rows": count, "terms": n_units + columns})
    return None


def _used_rows(
    panel: pd.DataFrame, outcome: str, terms: list[str], unit: str, cluster: str, weight: str | None
) -> tuple[pd.DataFrame, FloatArray]:
    weights = panel[weight].to_numpy(dtype=np.float64) if weight else np.ones(len(panel))
    if not (weights >= 0).all():
        raise ValueError("weights must not be negative or missing")
    used = panel[outcome].notna().to_numpy() & (weights > 0)
    rows = panel[used]
    if rows[terms].isna().any(axis=None):
        raise ValueError(f"one of {terms} is missing where there is an outcome")
    if (rows.groupby(unit)[cluster].nunique(dropna=False) > 1).any():
        raise ValueError("a unit lies in several clusters")
    return rows, weights[used]


def _within_units(
    rows: pd.DataFrame, weights: FloatArray, outcome: str, terms: list[str], unit: str, period: str
) -> tuple[FloatArray, FloatArray]:
    """Return outcome ``(rows,)`` and periods and terms ``(rows, columns)`` less unit means, times root weights."""
    codes, _ = pd.factorize(rows[unit])
    later = pd.get_dummies(pd.factorize(rows[period], sort=True)[0]).to_numpy(dtype=np.float64)[:, 1:]
    columns = np.column_stack([rows[outcome], later, rows[terms]]).astype(np.float64)
    totals = np.stack([np.bincount(codes, weights=weights * column) for column in columns.T], axis=1)
    centred = columns - (totals / np.bincount(codes, weights=weights)[:, None])[codes]
    scaled = np.sqrt(weights)[:, None] * centred
    # Periods that no unit shares with another leave nothing: they are spanned by the levels of the units.
    kept = np.delete(scaled[:, 1:], [c for c in find_aliased(scaled[:, 1:]) if c < later.shape[1]], axis=1)
    return scaled[:, 0], kept


def _least_squares(response: FloatArray, design: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return coefficients ``(columns,)`` and residuals ``(rows,)``."""
    coefficients = np.asarray(np.linalg.lstsq(design, response, rcond=None)[0], dtype=np.float64)
    return coefficients, response - design @ coefficients


def _jackknife(response: FloatArray, design: FloatArray, codes: IntArray, periods: int) -> FloatArray | None:
    """Return the covariance of the terms by leaving out each cluster in turn, shape ``(terms, terms)``.

    ``None`` where a term cannot be told from the others without some cluster, or nothing varies.
    """
    without = []
    for left_out in np.unique(codes):
        kept = codes != left_out
        if any(column >= periods for column in find_aliased(design[kept])):
            return None
        without.append(_least_squares(response[kept], design[kept])[0][periods:])
    return jackknife_covariance(_least_squares(response, design)[0][periods:], without)


def _negative_weight(rows: pd.DataFrame, weights: FloatArray, design: FloatArray, terms: list[str]) -> pd.Series[float]:
    sums = []
    for place, term in enumerate(terms, start=design.shape[1] - len(terms)):
        others = np.delete(design, place, axis=1)
        _, rest = _least_squares(design[:, place], others)
        shares = np.sqrt(weights) * rest * rows[term].to_numpy(dtype=np.float64)
        sums.append(float(np.minimum(shares, 0).sum() / shares.sum()))
    return pd.Series(sums, index=terms, name="negative_weight")
