"""Cases as a rate with a level for every unit and every period (Poisson pseudo-likelihood with an offset).

Estimand: the ratio of prevalences that goes with one more unit of a term within the same unit, beyond what changed for
all units in that period. It stands beside :mod:`kbkit.methods.two_way`, whose differences of prevalence assume that
units move in parallel in points; here they move in parallel in proportion.

Formula: ``E(cases_it) = n_it exp(a_i + c_t + sum_k b_k x_kit)``. The level of a unit is
``exp(a_i) = sum_t cases_it / sum_t n_it exp(z_it)`` at every ``z = c + b x``, so that ``(c, b)`` maximise
``sum_it cases_it (z_it - log sum_s n_is exp(z_is))``: Newton steps with the score ``sum_it (cases_it - m_it) x_it``
and the information ``sum_it m_it (x_it - x_i)(x_it - x_i)'``, ``m`` the fitted cases and ``x_i`` their mean of ``x`` in
the unit. Covariance by leaving out one cluster at a time, ``(G - 1) / G sum_j (b_(j) - b)(b_(j) - b)'``; t(G - 1); the
ratio ``exp(b)`` is bounded as its logarithm. Dispersion: Pearson's ``sum (cases - m)^2 / m`` over the residual degrees
of freedom, levels counted.

Assumptions: the mean is right; cases need not be Poisson, and are not: they are out of ``n``, which makes them vary
less, and of one village, which makes them vary more. Effects are the same for all units and at all times, with the
faults of a two-way model where they are not.

Edge cases: rows with ``n = 0`` are left out; units without a case or seen once inform nothing and are left out and
counted. A term that never changes within a unit, or goes with the period: ``Undefined("rank_deficient")`` with its
name. A term that marks rows without a case: ``Undefined("separation")`` with its name. A term that cannot be told
without one of the clusters: ``Undefined("no_variance")``. Further ``nothing_measured``, ``no_cases``,
``too_few_clusters``, ``no_residual_df`` and ``not_converged``.

Source: Hausman, Hall & Griliches, Econometrica 1984, 52:909-938 (levels concentrated out); Wooldridge, Journal of
Econometrics 1999, 90:77-97 (consistency with the mean alone right); Santos Silva & Tenreyro, Review of Economics and
Statistics 2006, 88:641-658; MacKinnon, Nielsen & Webb, Journal of Applied Econometrics 2023, 38:671-694 (jackknife).

Checked against: R 4.2.2 ``glm(poisson)`` with all indicators and an offset, refitted without each cluster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kbkit.methods.column_space import find_aliased
from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, as_counts, check_level, sum_within
from kbkit.methods.jackknife import describe_terms, jackknife_covariance
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.separation import find_separation
from kbkit.methods.wald import ratio_contrast
from kbkit.results import Contrast, Undefined

METHOD = "two_way_poisson_CR3_jackknife"

# Steps in log ratios: one under the first is rounding, and what needs more than the second has no maximum.
_STEP_TOLERANCE, _MAX_STEPS = 1e-10, 40

# The longest step in the linear predictor; a longer one is cut.
_LONGEST_STEP = 2.0


@dataclass(frozen=True, kw_only=True, eq=False)
class CountTwoWayFit:
    """A fitted two-way model of counts. Logarithms of ratios in ``table``, ratios in ``ratios``.

    Attributes:
        table: one row per term: estimate, standard error, degrees of freedom, statistic, p-value and limits.
        covariance_matrix: jackknife covariance of the terms, indexed by their names twice.
        ratios: term to its ratio of prevalences.
        deviance: Poisson deviance.
        dispersion: Pearson dispersion, 1 for Poisson counts.
        n_rows: rows used.
        n_units: units used.
        n_left_out: measured units without a case, or seen once.
        n_clusters: clusters used.
        level: coverage of the intervals.
        method: name of model and covariance.
    """

    table: pd.DataFrame
    covariance_matrix: pd.DataFrame
    ratios: Mapping[str, Contrast]
    deviance: float
    dispersion: float
    n_rows: int
    n_units: int
    n_left_out: int
    n_clusters: int
    level: float
    method: str = METHOD


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """Rows that inform: counts ``(rows,)``, later periods and terms ``(rows, columns)``, codes ``(rows,)``."""

    cases: FloatArray
    n: FloatArray
    design: FloatArray
    unit: IntArray
    cluster: IntArray

    def without(self, cluster: int) -> _Rows:
        """Return the rows of the other clusters, units counted anew."""
        kept = self.cluster != cluster
        return _Rows(
            cases=self.cases[kept],
            n=self.n[kept],
            design=self.design[kept],
            unit=np.unique(self.unit[kept], return_inverse=True)[1],
            cluster=self.cluster[kept],
        )

    def fitted(self, coefficients: FloatArray) -> FloatArray:
        """Return the expected cases with every unit's level at its maximum, shape ``(rows,)``."""
        linear = self.design @ coefficients
        rates = self.n * np.exp(linear - linear.max())
        levels = sum_within(self.unit, self.cases) / sum_within(self.unit, rates)
        expected: FloatArray = rates * levels[self.unit]
        return expected

    def within_units(self, weights: FloatArray) -> FloatArray:
        """Return the design less its weighted means in the units, shape ``(rows, columns)``."""
        totals = np.stack([sum_within(self.unit, weights * column) for column in self.design.T], axis=1)
        return self.design - (totals / sum_within(self.unit, weights)[:, None])[self.unit]


def fit_count_two_way(
    panel: pd.DataFrame,
    *,
    cases: str,
    n: str,
    terms: Sequence[str],
    unit: str,
    period: str,
    cluster: str,
    level: float = DEFAULT_LEVEL,
) -> CountTwoWayFit | Undefined:
    """Fit cases among ``n`` on terms with a level for every unit and every period.

    Args:
        panel: one row per unit and period.
        cases: column of the units with the outcome.
        n: column of the units measured, the offset; rows with 0 are left out.
        terms: columns of the terms, for example whether the unit has reached a tier.
        unit: column that names the unit.
        period: column of the period.
        cluster: column of the independent unit that holds the unit.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: counts are missing or malformed, a term is missing, a unit lies in several clusters, or ``level`` is
            outside (0, 1).
    """
    check_level(level)
    case_counts, sizes = as_counts(cases=panel[cases], n=panel[n])
    measured = panel[sizes > 0].assign(_cases=case_counts[sizes > 0], _n=sizes[sizes > 0])
    if (measured.groupby(unit)[cluster].nunique(dropna=False) > 1).any():
        raise ValueError("a unit lies in several clusters")
    by_unit = measured.groupby(unit)["_cases"]
    used = measured[(by_unit.transform("sum") > 0) & (by_unit.transform("size") > 1)]
    if used[list(terms)].isna().any(axis=None):
        raise ValueError(f"one of {list(terms)} is missing")
    if not len(used):
        return Undefined(reason="nothing_measured" if not len(measured) else "no_cases")
    rows = _make_rows(used, list(terms), unit, period, cluster)
    obstacle = _find_obstacle(rows, list(terms))
    if obstacle is not None:
        return obstacle
    peaks = _refit(rows, len(terms))
    if isinstance(peaks, Undefined):
        return peaks if peaks.reason != "not_converged" else _explain(rows, list(terms))
    left_out = int(measured[unit].nunique()) - int(used[unit].nunique())
    return _describe_fit(rows, *peaks, list(terms), left_out, level)


def _make_rows(used: pd.DataFrame, terms: list[str], unit: str, period: str, cluster: str) -> _Rows:
    later = pd.get_dummies(pd.factorize(used[period], sort=True)[0]).to_numpy(dtype=np.float64)[:, 1:]
    rows = _Rows(
        cases=used["_cases"].to_numpy(dtype=np.float64),
        n=used["_n"].to_numpy(dtype=np.float64),
        design=np.column_stack([later, used[terms].to_numpy(dtype=np.float64)]),
        unit=pd.factorize(used[unit])[0].astype(np.int64),
        cluster=as_cluster_codes(used[cluster].to_numpy(), rows=len(used)),
    )
    # Periods that no unit shares with another are spanned by the levels of the units.
    spanned = [column for column in find_aliased(rows.within_units(rows.n)) if column < later.shape[1]]
    return _Rows(**(vars(rows) | {"design": np.delete(rows.design, spanned, axis=1)}))


def _find_obstacle(rows: _Rows, terms: list[str]) -> Undefined | None:
    if rows.cluster.max() == 0:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    count, columns = rows.design.shape
    aliased = [terms[c - columns + len(terms)] for c in find_aliased(rows.within_units(rows.n))]
    if aliased:
        return Undefined(reason="rank_deficient", details={"terms": ", ".join(aliased)})
    parameters = int(rows.unit.max()) + 1 + columns
    if count <= parameters:
        return Undefined(reason="no_residual_df", details={"rows": count, "terms": parameters})
    return None


def _climb(rows: _Rows, start: FloatArray) -> FloatArray | None:
    """Return the coefficients at the maximum, ``None`` where there is none."""
    coefficients = start
    for _ in range(_MAX_STEPS):
        fitted = rows.fitted(coefficients)
        centred = rows.within_units(fitted)
        information = centred.T @ (fitted[:, None] * centred)
        try:
            step = np.linalg.solve(information, rows.design.T @ (rows.cases - fitted))
        except np.linalg.LinAlgError:
            return None
        reach = float(np.abs(rows.design @ step).max())
        coefficients = coefficients + step * min(1.0, _LONGEST_STEP / max(reach, _STEP_TOLERANCE))
        if np.abs(step).max() < _STEP_TOLERANCE:
            return coefficients
    return None


def _refit(rows: _Rows, n_terms: int) -> tuple[FloatArray, FloatArray] | Undefined:
    """Return the coefficients and the jackknife covariance of the terms, shape ``(terms, terms)``."""
    whole = _climb(rows, np.zeros(rows.design.shape[1]))
    if whole is None:
        return Undefined(reason="not_converged", details={"steps": _MAX_STEPS})
    without = []
    for left_out in np.unique(rows.cluster):
        kept = rows.without(int(left_out))
        spanned = find_aliased(kept.within_units(kept.n))
        if any(column >= whole.size - n_terms for column in spanned):
            return Undefined(reason="no_variance")
        fewer = _Rows(**(vars(kept) | {"design": np.delete(kept.design, spanned, axis=1)}))
        coefficients = _climb(fewer, np.delete(whole, spanned))
        if coefficients is None:
            return Undefined(reason="no_variance")
        without.append(coefficients[-n_terms:])
    covariance = jackknife_covariance(whole[-n_terms:], without)
    return (whole, covariance) if covariance is not None else Undefined(reason="no_variance")


def _explain(rows: _Rows, terms: list[str]) -> Undefined:
    """Say why no maximum was reached. Counts are bounded by 0 alone, as cases among one more than there are."""
    levels = np.eye(int(rows.unit.max()) + 1)[rows.unit]
    design = np.column_stack([levels, rows.design])
    names = [*[""] * (design.shape[1] - len(terms)), *terms]
    separated = find_separation(design=design, cases=rows.cases, n=rows.cases + 1)
    if not separated.size:
        return Undefined(reason="not_converged", details={"steps": _MAX_STEPS})
    return Undefined(reason="separation", details={"terms": ", ".join(filter(None, (names[c] for c in separated)))})


def _describe_fit(
    rows: _Rows, coefficients: FloatArray, covariance: FloatArray, terms: list[str], left_out: int, level: float
) -> CountTwoWayFit:
    df, slopes, errors = float(rows.cluster.max()), coefficients[-len(terms) :], np.sqrt(np.diag(covariance))
    ratios = {
        term: ratio_contrast(log_ratio=slope, log_error=error, df=df, level=level, term=term, method=METHOD)
        for term, slope, error in zip(terms, slopes.tolist(), errors.tolist(), strict=True)
    }
    fitted, n_units = rows.fitted(coefficients), int(rows.unit.max()) + 1
    logs = np.log(np.where(rows.cases > 0, rows.cases, fitted) / fitted)
    df_resid = rows.n.size - n_units - rows.design.shape[1]
    return CountTwoWayFit(
        table=describe_terms(slopes, covariance, terms=terms, df=df, level=level, method=METHOD),
        covariance_matrix=pd.DataFrame(covariance, index=terms, columns=terms),
        ratios=ratios,
        deviance=2 * float(np.sum(rows.cases * logs - (rows.cases - fitted))),
        dispersion=float(np.sum((rows.cases - fitted) ** 2 / fitted)) / df_resid,
        n_rows=rows.n.size,
        n_units=n_units,
        n_left_out=left_out,
        n_clusters=int(rows.cluster.max()) + 1,
        level=level,
    )
