"""Mixed logit: groups with intercepts of their own, drawn from a normal distribution.

Estimand: coefficients of ``logit P(case | groups) = X b + s1 u + s2 v``, log odds per unit of a column **within a
group**, and the standard deviations ``s`` of the groups' intercepts. These are conditional coefficients: a little
farther from 0 than those of :mod:`kbkit.methods.binomial`, which compare averages over groups.

Formula: maximum likelihood, the intercepts ``u, v ~ N(0, 1)`` integrated out. One level: adaptive Gauss-Hermite
quadrature with 25 points, centred at the mode of every group and scaled by the curvature ``H`` there. Two nested levels
(village in kecamatan): the Laplace approximation ``f(u^, v^) - log det H / 2`` with ``f`` the joint log density and
``(u^, v^)`` its maximum. Covariance: the coefficients' block of the inverse observed information of all parameters.
Tests and intervals use t with ``G - 1`` degrees of freedom, ``G`` the outermost groups.

Assumptions: normal intercepts that do not depend on the columns of ``X``: where better-off kecamatan have higher tiers
the coefficient mixes both comparisons. Rows are binomial given the groups: a kecamatan intercept alone leaves the
variation between villages out, and its errors are then far too small. Give both levels where villages have several
rows, or a village has one row and varies beyond chance.

Edge cases: rows with ``n = 0`` are left out. A standard deviation of 0 is an estimate: groups then differ no more than
chance (lme4 calls it singular). One outer group: ``Undefined("too_few_clusters")``. One inner group in every outer one:
``Undefined("levels_coincide")``. Groups within groups are told apart by both labels. Further ``nothing_measured``,
``rank_deficient``, ``no_residual_df`` and ``separation`` as in :mod:`kbkit.methods.binomial`, and ``not_converged``.

Source: Pinheiro & Bates, Journal of Computational and Graphical Statistics 1995, 4:12-35 (quadrature and Laplace);
Bates, Maechler, Bolker & Walker, Journal of Statistical Software 2015, 67(1) (lme4); Li & Redden, BMC Medical Research
Methodology 2015, 15:38 (degrees of freedom of mixed models with few clusters).

Checked against: R lme4 1.1-31 ``glmer`` on cbpp (25 points) and on the villages (25 points; two levels, Laplace);
gradients against finite differences; the Laplace approximation written out with dense matrices; the integral by
another quadrature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.binomial import estimate_dispersion, fit_binomial
from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.counts import as_cluster_codes
from kbkit.methods.likelihood_fit import LikelihoodFit
from kbkit.methods.likelihood_search import Peak, find_peak
from kbkit.methods.mixed_likelihood import GroupedRows, find_modes, laplace_likelihood, quadrature_likelihood
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.results import Undefined

# Where the search for a standard deviation begins, in log odds.
_FIRST_SD = 0.3

# In log odds: a standard deviation under this is the border 0, seen through rounding.
_NO_SD = 1e-5


@dataclass(frozen=True, kw_only=True, eq=False)
class LogisticMixedFit(LikelihoodFit):
    """A fitted mixed logit; coefficients are conditional on the groups.

    Attributes:
        random_sd: standard deviation of the intercepts in log odds, outermost level first.
        n_groups: groups with measured units, outermost level first.
    """

    random_sd: tuple[float, ...]
    n_groups: tuple[int, ...]


def fit_logistic_mixed(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    design: ArrayLike,
    names: Sequence[str],
    groups: Sequence[ArrayLike],
    level: float = DEFAULT_LEVEL,
) -> LogisticMixedFit | Undefined:
    """Fit the logit of ``cases`` among ``n`` on ``design`` with normal intercepts of groups.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``; rows with 0 are left out.
        design: numeric design matrix with its constant, shape ``(rows, columns)``.
        names: one unique term per column.
        groups: labels of one level, or of two with the outer first, each of shape ``(rows,)``.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: the arrays do not fit together, ``design`` is not finite, there are not one or two levels, or
            ``level`` is outside (0, 1).
    """
    binomial = fit_binomial(
        cases=cases, n=n, design=design, names=names, covariance="model", level=level, solver="newton"
    )
    rows = _group_rows(cases, n, design, groups)
    if isinstance(binomial, Undefined):
        return binomial
    sizes = _group_sizes(rows, levels=len(groups))
    if sizes[0] == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    if len(sizes) == 2 and sizes[0] == sizes[1]:
        return Undefined(reason="levels_coincide")
    peak = _climb(rows, binomial, levels=len(groups))
    return Undefined(reason="not_converged") if peak is None else _describe_fit(rows, binomial, peak, sizes)


def _group_rows(cases: ArrayLike, n: ArrayLike, design: ArrayLike, groups: Sequence[ArrayLike]) -> GroupedRows:
    sizes = np.asarray(n, dtype=np.float64)
    if len(groups) not in (1, 2) or any(np.ndim(labels) != 1 for labels in groups):
        raise ValueError(f"groups must be a sequence of one or two label vectors, not {len(groups)}")
    codes = [as_cluster_codes(labels, rows=sizes.size)[sizes > 0] for labels in groups]
    outer = np.unique(codes[0], return_inverse=True)[1].astype(np.int64)
    # A village is its kecamatan and its name: names recur.
    pairs, inner = np.unique(np.stack([outer, codes[-1]]), axis=1, return_inverse=True)
    return GroupedRows(
        cases=np.asarray(cases, dtype=np.float64)[sizes > 0],
        n=sizes[sizes > 0],
        design=np.asarray(design, dtype=np.float64)[sizes > 0],
        outer=outer,
        inner=inner.astype(np.int64),
        parent=pairs[0].astype(np.int64),
    )


def _group_sizes(rows: GroupedRows, *, levels: int) -> tuple[int, ...]:
    return (int(rows.outer.max()) + 1, rows.parent.size)[:levels]


def _climb(rows: GroupedRows, binomial: BinomialFit, *, levels: int) -> Peak | None:
    """Find the maximum over coefficients and standard deviations.

    The likelihood is an even function of a standard deviation, so 0 is no border to the search: it is smooth there.
    """
    columns = len(binomial.names)
    # Known to about what as many drawn intercepts would tell.
    errors = _FIRST_SD / np.sqrt(2 * np.array(_group_sizes(rows, levels=levels)))
    scale = np.diag(np.append(np.zeros(columns), errors))
    scale[:columns, :columns] = np.linalg.cholesky(max(binomial.dispersion, 1.0) * binomial.model_covariance)
    likelihood = quadrature_likelihood if levels == 1 else laplace_likelihood
    start = np.append(binomial.log_odds, np.full(levels, _FIRST_SD))
    return find_peak(lambda parameters: likelihood(rows, parameters), start=start, scale=scale)


def _describe_fit(
    rows: GroupedRows, binomial: BinomialFit, peak: Peak, sizes: tuple[int, ...]
) -> LogisticMixedFit | Undefined:
    names, columns = list(binomial.names), len(binomial.names)
    coefficients, sd = peak.parameters[:columns], np.abs(peak.parameters[columns:])
    fitted = find_modes(rows, coefficients, (float(sd[0]), float(sd[1]) if sd.size == 2 else 0.0)).fitted
    dispersion = estimate_dispersion(cases=rows.cases, n=rows.n, fitted=fitted, n_parameters=columns)
    if isinstance(dispersion, Undefined):
        return dispersion
    return LogisticMixedFit(
        names=binomial.names,
        coefficients=pd.Series(coefficients, index=names, name="estimate"),
        covariance_matrix=pd.DataFrame(peak.covariance[:columns, :columns], index=names, columns=names),
        dispersion=dispersion,
        log_likelihood=peak.log_likelihood,
        n_rows=rows.n.size,
        n_clusters=sizes[0],
        df=sizes[0] - 1.0,
        level=binomial.level,
        method="logistic_mixed_quadrature" if sd.size == 1 else "logistic_mixed_laplace",
        random_sd=tuple(float(value) if value > _NO_SD else 0.0 for value in sd),
        n_groups=sizes,
    )
