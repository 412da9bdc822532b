"""Slope and relative index of inequality: the two ends of a social order compared, all between them used.

Estimand: by the model, the prevalence at the top of the order minus that at its bottom (slope index), and the ratio of
the two (relative index). Negative, or under 1, where the outcome is more common at the bottom.

Formula: rows are ordered by ``position``; a row's rank is the share of measured units below it and half of those that
share its position (ridit), so that ranks lie in 0-1 with mean 1/2. A logit of cases on the rank, weighted by measured
units, gives ``P(rank) = expit(a + b rank)``; slope index ``P(1) - P(0)``, relative index ``P(1) / P(0)``. Covariance
clustered, CR2 with Satterthwaite degrees of freedom; delta method, on the log scale for the ratio.

Assumptions: the logit is near linear in the rank; clusters are independent; ranks are taken as known, as is usual.
With a straight line in the place of the logit the ends could leave 0-1. Neither index says why the ends differ.

Edge cases: only the order of ``position`` counts, not its distances, and rows that tie share a rank. Rows without
measured units have no part. One position only: ``Undefined("one_group")``. What the logit cannot estimate hands on its
reason.

Source: Mackenbach & Kunst, Social Science & Medicine 1997, 44:757-771; Moreno-Betancur, Latouche, Menvielle, Kunst &
Rey, Epidemiology 2015, 26:518-527 (regression forms); WHO, Handbook on Health Inequality Monitoring, 2013 (logit on the
ridit, as the Health Equity Assessment Toolkit does).

Checked against: R 4.2.2 ``glm`` on ridits with clubSandwich 0.5.8 ``vcovCR`` and ``linear_contrast`` and the delta
method.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.binomial import fit_binomial
from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.counts import FloatArray, as_counts
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.standardisation import prevalence_contrasts, prevalence_slope
from kbkit.results import Contrasted, Undefined

_RANK = "rank"


def slope_index(
    *, cases: ArrayLike, n: ArrayLike, position: ArrayLike, cluster: ArrayLike, level: float = DEFAULT_LEVEL
) -> Contrasted:
    """Estimate the difference in prevalence between the top and the bottom of the order.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        position: place in the social order, lowest at the bottom, shape ``(rows,)``.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        level: coverage of the interval, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    fit = _fit_on_rank(cases, n, position, cluster, level)
    return fit if isinstance(fit, Undefined) else prevalence_slope(fit, term=_RANK, lowest=0, highest=1)


def relative_index(
    *, cases: ArrayLike, n: ArrayLike, position: ArrayLike, cluster: ArrayLike, level: float = DEFAULT_LEVEL
) -> Contrasted:
    """Estimate the ratio of the prevalence at the top of the order to that at its bottom.

    Args:
        cases: units with the outcome, shape ``(rows,)``.
        n: units measured, shape ``(rows,)``.
        position: place in the social order, lowest at the bottom, shape ``(rows,)``.
        cluster: label of the independent unit that holds the row, shape ``(rows,)``.
        level: coverage of the interval, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    fit = _fit_on_rank(cases, n, position, cluster, level)
    if isinstance(fit, Undefined):
        return fit
    ends = {"bottom": np.zeros(fit.n.size), "top": np.ones(fit.n.size)}
    settings = {end: np.column_stack([np.ones(fit.n.size), rank]) for end, rank in ends.items()}
    (contrast,) = prevalence_contrasts(fit, settings=settings, reference="bottom")
    return contrast.ratio


def rank_units(*, n: FloatArray, position: ArrayLike) -> FloatArray:
    """Return the ridit of every row: the share of units below it and half of those beside it, shape ``(rows,)``.

    Args:
        n: units measured, with a positive sum, shape ``(rows,)``.
        position: place in the social order, lowest at the bottom, shape ``(rows,)``.

    Raises:
        ValueError: positions are not one number a row.
    """
    places = np.asarray(position, dtype=np.float64)
    if places.shape != n.shape or not np.isfinite(places).all():
        raise ValueError(f"position must be {n.size} finite numbers, not shape {places.shape}")
    codes, _ = pd.factorize(places, sort=True)
    shares = np.bincount(codes, weights=n) / n.sum()
    ranks: FloatArray = (np.cumsum(shares) - shares / 2)[codes]
    return ranks


def _fit_on_rank(
    cases: ArrayLike, n: ArrayLike, position: ArrayLike, cluster: ArrayLike, level: float
) -> BinomialFit | Undefined:
    case_counts, sizes = as_counts(cases=cases, n=n)
    if not sizes.sum() > 0:
        return Undefined(reason="nothing_measured")
    ranks = rank_units(n=sizes, position=position)
    if np.unique(ranks[sizes > 0]).size == 1:
        return Undefined(reason="one_group")
    return fit_binomial(
        cases=case_counts,
        n=sizes,
        design=np.column_stack([np.ones(sizes.size), ranks]),
        names=["constant", _RANK],
        cluster=cluster,
        level=level,
    )
