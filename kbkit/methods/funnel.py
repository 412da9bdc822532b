"""Funnel limits: which areas differ from the whole by more than their size explains. For display only.

Estimand: the range in which the proportion of an area of its size would lie, were all areas to share one target, or to
scatter about it by no more than areas usually do.

Formula: target ``t = sum x / sum n`` unless given; binomial standard error ``s_i = sqrt(t (1 - t) / n_i)`` and
``z_i = (x_i / n_i - t) / s_i``. Overdispersion ``phi`` is the mean of ``z^2`` after the lowest and highest
``winsorise`` share of ``z`` are set to the quantile there. Limits are ``t +- q e_i`` with ``q`` the normal quantile at
``(1 + level) / 2`` and ``e_i = s_i`` (``none``), ``sqrt(max(1, phi)) s_i`` (``multiplicative``) or
``sqrt(s_i^2 + tau^2)`` (``additive``), where ``tau^2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w)`` with
``w = 1 / s^2``, not below 0, for ``I`` areas.

Assumptions: areas are independent and ``n_i`` large enough for the normal. ``none`` also takes children of an area as
independent, and flags many areas that nothing is amiss with. ``multiplicative`` widens the funnel of large areas as if
their children scattered more; ``additive`` says that areas differ, and is the default. A flag is a reason to look, not
a verdict.

Edge cases: quantiles interpolate linearly between ordered values. ``phi <= (I - 1) / I`` gives ``tau^2 = 0``: the
funnel is then the binomial one. Limits are cut at 0 and 1. Areas without measured units are left out of target and
``phi``, and their row is blank. Nobody measured: ``Undefined("nothing_measured")``; one area:
``Undefined("too_few_units")``; no case or cases only, without a target given: ``Undefined("no_variance")``.

Source: Spiegelhalter, Statistics in Medicine 2005, 24:1185-1202; Spiegelhalter, Quality and Safety in Health Care 2005,
14:347-351 (additive and multiplicative overdispersion, winsorising).

Checked against: R metafor 3.8-1 ``rma(method = "DL")`` for ``tau^2`` without winsorising; the formulas written out in R
4.2.2 with ``quantile`` for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray, as_counts, check_level
from kbkit.methods.wald import critical_value
from kbkit.results import Undefined

Overdispersion = Literal["none", "multiplicative", "additive"]

# Three standard errors and a little: one area in 500 lies outside by chance. The convention of funnel plots.
FUNNEL_LEVEL = 0.998

# Share of areas at either end whose distance may be what is looked for, and so may not set the scale.
DEFAULT_WINSORISED = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class FunnelLimits:
    """Limits for the areas at hand.

    Attributes:
        table: one row an area in the order handed in: ``share``, ``lower``, ``upper``, ``statistic`` (distance from the
            target in the standard error behind the limits) and ``outside``.
        target: proportion at the centre.
        phi: winsorised overdispersion, 1 for binomial counts.
        tau2: variance between areas that accounts for it, in the additive form.
        overdispersion: how the limits allow for it.
        level: coverage of the limits.
    """

    table: pd.DataFrame
    target: float
    phi: float
    tau2: float
    overdispersion: Overdispersion
    level: float


def funnel_limits(
    *,
    cases: ArrayLike,
    n: ArrayLike,
    overdispersion: Overdispersion = "additive",
    target: float | None = None,
    winsorise: float = DEFAULT_WINSORISED,
    level: float = FUNNEL_LEVEL,
) -> FunnelLimits | Undefined:
    """Return the limits of a funnel plot at every area.

    Args:
        cases: units with the outcome, shape ``(areas,)``.
        n: units measured, shape ``(areas,)``.
        overdispersion: how limits allow for areas that scatter more than binomial counts.
        target: proportion at the centre; that of all areas together where not given.
        winsorise: share of areas at either end that is drawn in before overdispersion is measured, 0 to under 0.5.
        level: coverage of the limits, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``target``, ``winsorise`` or ``level`` is outside its range.
    """
    check_level(level)
    case_counts, sizes = as_counts(cases=cases, n=n)
    if not 0 <= winsorise < 0.5 or (target is not None and not 0 < target < 1):
        raise ValueError(f"need winsorise in [0, 0.5) and target in (0, 1), not {winsorise}, {target}")
    measured = sizes > 0
    obstacle = _find_obstacle(case_counts, sizes, target)
    if obstacle is not None:
        return obstacle
    centre = float(case_counts.sum() / sizes.sum()) if target is None else target
    variance = np.divide(centre * (1 - centre), sizes, out=np.full(sizes.size, np.nan), where=measured)
    share = np.divide(case_counts, sizes, out=np.full(sizes.size, np.nan), where=measured)
    phi = _overdispersion(((share - centre) / np.sqrt(variance))[measured], winsorise)
    tau2 = _between_variance(phi, variance[measured])
    widened = {"none": variance, "multiplicative": max(1.0, phi) * variance, "additive": variance + tau2}
    return FunnelLimits(
        table=_limits(share, centre, np.sqrt(widened[overdispersion]), level),
        target=centre,
        phi=phi,
        tau2=tau2,
        overdispersion=overdispersion,
        level=level,
    )


def _find_obstacle(cases: FloatArray, n: FloatArray, target: float | None) -> Undefined | None:
    areas = int((n > 0).sum())
    if areas == 0:
        return Undefined(reason="nothing_measured")
    if areas == 1:
        return Undefined(reason="too_few_units", details={"units": 1, "needed": 2})
    if target is None and cases.sum() in (0.0, n.sum()):
        return Undefined(reason="no_variance")
    return None


def _overdispersion(distances: FloatArray, winsorise: float) -> float:
    low, high = np.quantile(distances, [winsorise, 1 - winsorise])
    return float(np.mean(np.clip(distances, low, high) ** 2))


def _between_variance(phi: float, variance: FloatArray) -> float:
    weights = 1 / variance
    excess = variance.size * phi - (variance.size - 1)
    return max(0.0, excess / float(weights.sum() - weights @ weights / weights.sum()))


def _limits(share: FloatArray, centre: float, std_error: FloatArray, level: float) -> pd.DataFrame:
    half = critical_value(level=level, df=None) * std_error
    lower, upper = np.maximum(centre - half, 0), np.minimum(centre + half, 1)
    return pd.DataFrame(
        {
            "share": share,
            "lower": lower,
            "upper": upper,
            "statistic": (share - centre) / std_error,
            "outside": (share < lower) | (share > upper),
        }
    )
