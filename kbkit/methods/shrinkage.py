"""Proportions of small areas, drawn towards their group (empirical Bayes). For display and ranking only.

Estimand: the proportion of every area, were many more of its units measured.

Formula: within a group the proportions have mean ``m`` and variance ``A`` between areas. The estimate of area ``i`` is
``m + w_i (x_i / n_i - m)`` with ``w_i = n_i A / (n_i A + m (1 - m) - A)``: an area with few units moves most.
``beta_binomial``: the proportions are Beta(``m f``, ``(1 - m) f``), so that ``A = m (1 - m) / (f + 1)`` and
``w_i = n_i / (n_i + f)``; ``m`` and ``f`` by maximum likelihood, see :mod:`kbkit.methods.beta_binomial`. The limits are
quantiles of ``Beta(m f + x_i, (1 - m) f + n_i - x_i)``.
``marshall``: by moments, ``m = sum x / sum n``, ``s^2 = sum n_i (x_i / n_i - m)^2 / sum n`` and, with mean size ``k``,
``A = (s^2 - m (1 - m) / k) / (1 - 1 / k)``, not below 0; the limits are ``+- z sqrt((1 - w_i) A)`` about the estimate,
within 0-1. This is Marshall's estimator with the binomial variance in the place of the Poisson one, which for a
prevalence of 20 % is a quarter too large.

Assumptions: areas of a group are exchangeable, and their sizes tell nothing of their proportions. The limits take ``m``
and ``A`` as known and so are short where a group has few areas. Never compare, test or regress shrunken proportions:
what they differ by has been taken out of them.

Edge cases: an area without measured units gets the mean of its group. Where areas differ by no more than chance
(``A = 0``) all get the mean, and limits are blank, for the formula would give them no width. A group with fewer than 3
measured areas has no prior, ``Undefined("too_few_units")``, and its rows are blank.

Source: Marshall, Applied Statistics 1991, 40:283-294; Martuzzi & Elliott, Statistics in Medicine 1996, 15:1867-1873
(binomial form); Griffiths, Biometrics 1973, 29:637-648 (beta-binomial by maximum likelihood); Carlin & Louis, Bayes and
Empirical Bayes Methods for Data Analysis, 2nd ed. 2000 (intervals and what they leave out).

Checked against: R spdep 1.2-7 ``EBest(family = "binomial")`` (marshall); the beta-binomial likelihood maximised by R
4.2.2 ``nlm`` and ``optim``, and ``qbeta``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betaincinv, expit

from kbkit.methods.beta_binomial import fit_beta_binomial
from kbkit.methods.counts import FloatArray, as_counts, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import critical_value
from kbkit.results import Undefined

ShrinkageMethod = Literal["beta_binomial", "marshall"]

# With two areas, mean and variance are all that there is; a third is the least that a prior can be learnt from.
FEWEST_AREAS = 3

# The columns of a table that a prior is needed for, in the order in which they are computed.
_SHRUNKEN = ("estimate", "lower", "upper", "weight", "prior_mean")


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What the areas of a group share.

    Attributes:
        mean: mean of the proportions.
        variance: their variance between areas; 0 where they differ by no more than chance.
        areas: measured areas behind it.
    """

    mean: float
    variance: float
    areas: int


@dataclass(frozen=True, kw_only=True, eq=False)
class ShrunkenProportions:
    """Proportions of all areas, drawn towards their group.

    Attributes:
        table: one row an area in the order handed in: ``estimate``, ``lower``, ``upper``, ``crude`` (blank without
            measured units), ``weight`` of the area's own proportion and ``prior_mean``. Limits are blank where areas do
            not differ beyond chance, and by moments where all have all or nothing.
        priors: prior of every group; the one key is ``None`` where no groups were given.
        level: coverage of the limits, were the prior known.
        method: estimator of the prior.
    """

    table: pd.DataFrame
    priors: Mapping[object, Prior | Undefined]
    level: float
    method: ShrinkageMethod


def shrink_proportions(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    group: ArrayLike | None = None,
    method: ShrinkageMethod = "beta_binomial",
    level: float = DEFAULT_LEVEL,
    prior: Prior | None = None,
) -> ShrunkenProportions:
    """Draw the proportions of areas towards the mean of their group.

    Args:
        cases: units with the outcome, shape ``(areas,)``.
        n: units measured, shape ``(areas,)``.
        group: label of the group whose mean an area is drawn to, shape ``(areas,)``; one group where not given.
        method: how mean and variance of a group are estimated.
        level: coverage of the limits, 0-1.
        prior: what every group is taken to share, in the place of what its own areas tell.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    check_level(level)
    case_counts, sizes = as_counts(cases=cases, n=n)
    labels = np.full(sizes.size, None, dtype=object) if group is None else np.asarray(group, dtype=object)
    if labels.shape != sizes.shape or (group is not None and pd.isna(labels).any()):
        raise ValueError(f"group must be {sizes.size} labels, not shape {labels.shape} or missing")
    table = pd.DataFrame(np.nan, index=range(sizes.size), columns=list(_SHRUNKEN))
    table["crude"] = np.divide(case_counts, sizes, out=np.full(sizes.size, np.nan), where=sizes > 0)
    priors: dict[object, Prior | Undefined] = {}
    for label in dict.fromkeys(labels):
        rows = np.array([value == label for value in labels])
        priors[label] = shared = prior or _estimate_prior(case_counts[rows], sizes[rows], method)
        if isinstance(shared, Prior):
            table.loc[rows, list(_SHRUNKEN)] = _shrink(case_counts[rows], sizes[rows], shared, method, level)
    return ShrunkenProportions(table=table, priors=priors, level=level, method=method)


def _estimate_prior(cases: FloatArray, n: FloatArray, method: ShrinkageMethod) -> Prior | Undefined:
    measured = n > 0
    areas = int(measured.sum())
    if areas < FEWEST_AREAS:
        return Undefined(reason="too_few_units", details={"units": areas, "needed": FEWEST_AREAS})
    estimate = _beta_binomial if method == "beta_binomial" else _moments
    moments = estimate(cases[measured], n[measured])
    return moments if isinstance(moments, Undefined) else Prior(mean=moments[0], variance=moments[1], areas=areas)


def _moments(cases: FloatArray, n: FloatArray) -> tuple[float, float]:
    """Return mean and variance by moments."""
    mean, size = float(cases.sum() / n.sum()), float(n.mean())
    if size == 1:
        return mean, 0.0  # single units show no variance between areas
    scatter = float(n @ (cases / n - mean) ** 2 / n.sum())
    # No values of 0-1 vary more (Bhatia & Davis 2000); where every area has all or nothing, rounding may exceed it.
    most = mean * (1 - mean)
    variance = max(0.0, (scatter - most / size) / (1 - 1 / size))
    return mean, most if math.isclose(variance, most) else variance


def _beta_binomial(cases: FloatArray, n: FloatArray) -> tuple[float, float] | Undefined:
    """Return mean and variance by maximum likelihood."""
    mean = float(cases.sum() / n.sum())
    if not 0 < mean < 1:
        return mean, 0.0
    fit = fit_beta_binomial(cases=cases, n=n, design=np.ones((n.size, 1)), names=["constant"])
    if isinstance(fit, Undefined):
        return (mean, 0.0) if fit.reason == "no_overdispersion" else fit
    mean = float(expit(fit.coefficients["constant"]))
    return mean, mean * (1 - mean) * fit.icc.estimate


def _shrink(cases: FloatArray, n: FloatArray, prior: Prior, method: ShrinkageMethod, level: float) -> FloatArray:
    """Return estimate, lower, upper, weight and prior mean of the areas of one group, shape ``(areas, 5)``."""
    m, variance = prior.mean, prior.variance
    result = np.full((n.size, 5), np.nan)
    own = n * variance
    weight = np.divide(own, own + (m * (1 - m) - variance), out=np.zeros(n.size), where=own > 0)
    result[:, 3], result[:, 4] = weight, m
    result[:, 0] = m + weight * (np.divide(cases, n, out=np.full(n.size, m), where=n > 0) - m)
    if variance == 0:
        return result
    if method == "marshall":
        # Where the prior tells nothing the limits would meet: none are better than certainty about everything.
        left = np.where(weight < 1, 1 - weight, np.nan)
        half = critical_value(level=level, df=None) * np.sqrt(left * variance)
        result[:, 1], result[:, 2] = np.maximum(result[:, 0] - half, 0), np.minimum(result[:, 0] + half, 1)
        return result
    strength = m * (1 - m) / variance - 1
    a, b, tail = m * strength + cases, (1 - m) * strength + n - cases, (1 - level) / 2
    result[:, 1], result[:, 2] = betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)
    return result
