"""Effects by group and period where units begin treatment at different times (Callaway & Sant'Anna, no covariates).

Estimand: for the units that begin in period ``g``, and for a period ``t``, the mean difference between their outcome
and what it would have been in ``t`` had they not begun yet.

Formula: ``ATT(g, t) = E[y_t - y_b | begins in g] - E[y_t - y_b | control]``, means weighted by a weight per unit. The
base ``b`` is the last period before ``g`` where ``t >= g`` and the period before ``t`` where ``t < g``: before ``g``
the difference should be 0, and that is what can be seen of parallel trends. Controls begin after ``t`` and after
``b``, or never (``not_yet_treated``), or never only (``never_treated``). A unit's influence is
``w_i (d_i - mean d) / sum w`` with ``d_i = y_it - y_ib``, over the treated less over the controls; it is summed within
clusters and the variance is ``C / (C - 1)`` times the sum of squares; t(C - 1) for ``C`` clusters.

Assumptions: without treatment both sides would have moved in parallel; nobody changes in advance of beginning; who has
begun stays. Already treated units are never controls, which is what a two-way regression gets wrong. A tier is no
treatment until a design says so: units that rise differ from those that do not, before they rise.

Edge cases: units that lack an outcome in a period, and units treated from the first period on, are left out and
counted. Beginning after the last period is never beginning here. A pair ``(g, t)`` without controls is left out. Where
treated or controls of a pair lie in one cluster, deviations from their mean sum to 0 there and the variance would miss
them: the estimate then stands without a standard error. Nobody begins while observed, or never with a control:
``Undefined("no_change_observed")``. One cluster: ``Undefined("too_few_clusters")``.

Source: Callaway & Sant'Anna, Journal of Econometrics 2021, 225:200-230.

Checked against: diff-diff 3.13.0 on the minimum-wage panel of Callaway & Sant'Anna, effects and standard errors with
either kind of controls; a panel of six units by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from kbkit.methods.balanced_panel import BalancedPanel, balance_panel
from kbkit.methods.counts import FloatArray, IntArray, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import wald_test
from kbkit.results import Estimate, Undefined

Controls = Literal["not_yet_treated", "never_treated"]

METHOD = "group_time_unadjusted"

# A standard error below this is rounding.
_NO_ERROR = 1e-12


@dataclass(frozen=True, kw_only=True)
class GroupTimeEffect:
    """The effect on one group in one period.

    Attributes:
        effect: its estimate; without a standard error where treated or controls lie in one cluster.
        group: period in which the units begin.
        period: period of the outcome.
        event_time: periods since beginning; negative before it.
        n_treated: units that begin in ``group``.
        n_controls: units that they are compared with.
    """

    effect: Estimate
    group: object
    period: object
    event_time: int
    n_treated: int
    n_controls: int


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupTimeEffects:
    """All effects that the panel identifies, and what their aggregates need.

    Attributes:
        effects: one per group and period, in this order.
        n_units: units used.
        n_left_out: units without an outcome in every period, or treated from the first period on.
        n_clusters: clusters of the units used.
        controls: who the controls are.
        level: coverage of the intervals.
        influence: influence of every unit on every effect, shape ``(units, effects)``.
        effect_group: index of the period in which the units of every effect begin, shape ``(effects,)``.
        group: index of the period in which every unit begins, shape ``(units,)``; the number of periods for never.
        weight: share of every unit in the total weight, shape ``(units,)``.
        cluster: cluster code of every unit, shape ``(units,)``.
    """

    effects: tuple[GroupTimeEffect, ...]
    n_units: int
    n_left_out: int
    n_clusters: int
    controls: Controls
    level: float
    influence: FloatArray = field(repr=False)
    effect_group: IntArray = field(repr=False)
    group: IntArray = field(repr=False)
    weight: FloatArray = field(repr=False)
    cluster: IntArray = field(repr=False)


def group_time_effects(
    panel: pd.DataFrame,
    *,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    cluster: str,
    weight: str | None = None,
    controls: Controls = "not_yet_treated",
    level: float = DEFAULT_LEVEL,
) -> GroupTimeEffects | Undefined:
    """Estimate the effects by group and period.

    Args:
        panel: one row per unit and period.
        outcome: column of the outcome, for example a prevalence 0-1.
        unit: column that names the unit.
        period: column of the period; its values sort in time.
        first_treated: column of the period in which the unit begins, missing for never; one value a unit.
        cluster: column of the independent unit that holds the unit; one value a unit.
        weight: column of the unit's weight, positive, one value a unit; equal weights where not given.
        controls: who the controls are.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: a unit has two rows in a period, or several values where it must have one, or a weight is not
            positive, or ``level`` is outside (0, 1).
    """
    check_level(level)
    units = balance_panel(
        panel, outcome=outcome, unit=unit, period=period, first_treated=first_treated, cluster=cluster, weight=weight
    )
    n_clusters = np.unique(units.cluster).size
    if n_clusters == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    groups = np.unique(units.group[units.group < len(units.periods)])
    pairs = [(int(group), time) for group in groups for time in range(1, len(units.periods))]
    results = [_effect(units, group, time, controls, level) for group, time in pairs]
    found = [result for result in results if result is not None]
    if not found:
        return Undefined(reason="no_change_observed")
    return GroupTimeEffects(
        effects=tuple(effect for effect, _ in found),
        n_units=units.group.size,
        n_left_out=units.left_out,
        n_clusters=n_clusters,
        controls=controls,
        level=level,
        influence=np.column_stack([influence for _, influence in found]),
        effect_group=np.array([units.periods.index(effect.group) for effect, _ in found], dtype=np.int64),
        group=units.group,
        weight=units.weight,
        cluster=units.cluster,
    )


def describe_effect(
    estimate: float, influence: FloatArray, cluster: IntArray, *, level: float, known: bool, method: str = METHOD
) -> Estimate:
    """Return an effect with its uncertainty from the influence of units, clusters independent.

    Args:
        estimate: the effect.
        influence: influence of every unit on it, shape ``(units,)``.
        cluster: cluster code of every unit, shape ``(units,)``.
        level: coverage of the interval, 0-1.
        known: whether the clusters show its whole variance; the estimate stands alone where not.
        method: name of the method.
    """
    totals, clusters = np.bincount(cluster, weights=influence), np.unique(cluster).size
    std_error = float(np.sqrt(totals @ totals * clusters / (clusters - 1)))
    if not known or std_error < _NO_ERROR:
        return Estimate(estimate=estimate, method=method)
    test = wald_test(estimate=estimate, std_error=std_error, df=clusters - 1.0, level=level)
    return Estimate(
        estimate=estimate,
        std_error=std_error,
        df=clusters - 1.0,
        statistic=test.statistic,
        p_value=test.p_value,
        lower=test.lower,
        upper=test.upper,
        level=level,
        method=method,
    )


def _effect(
    units: BalancedPanel, group: int, time: int, controls: Controls, level: float
) -> tuple[GroupTimeEffect, FloatArray] | None:
    """Return the effect and every unit's influence on it; ``None`` without controls."""
    base = group - 1 if time >= group else time - 1
    treated = units.group == group
    earliest = len(units.periods) if controls == "never_treated" else max(time, base) + 1
    compared = (units.group >= earliest) & ~treated
    if not compared.any():
        return None
    change = units.outcome[:, time] - units.outcome[:, base]
    mean_treated, influence_treated = _mean(change, units.weight * treated)
    mean_compared, influence_compared = _mean(change, units.weight * compared)
    influence = influence_treated - influence_compared
    fewest = min(np.unique(units.cluster[part]).size for part in (treated, compared))
    effect = GroupTimeEffect(
        effect=describe_effect(mean_treated - mean_compared, influence, units.cluster, level=level, known=fewest > 1),
        group=units.periods[group],
        period=units.periods[time],
        event_time=time - group,
        n_treated=int(treated.sum()),
        n_controls=int(compared.sum()),
    )
    return effect, influence


def _mean(change: FloatArray, weight: FloatArray) -> tuple[float, FloatArray]:
    """Return the weighted mean and every unit's influence on it, shape ``(units,)``."""
    shares = weight / weight.sum()
    mean = float(shares @ change)
    return mean, shares * (change - mean)
