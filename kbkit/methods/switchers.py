"""Units that move up or down a ladder, against units that stay where the movers began (DID_M).

Estimand: for units that change their step between two consecutive periods, the mean difference per step between how
their outcome changed and how it would have changed had they stayed, at the time of the move.

Formula: a move of unit ``i`` from ``d`` to ``d'`` between ``t - 1`` and ``t`` has sign ``s_i`` of ``d' - d`` and change
``c_i = y_it - y_i(t-1)``; ``m(d, t)`` is the weighted mean change of the units that stay at ``d`` between the same
periods. ``DID_M = sum w_i s_i (c_i - m(d_i, t_i)) / sum w_i |d'_i - d_i|`` over all moves, ``w`` the weight of the row
at ``t``; ``up`` and ``down`` are the same over moves of one sign. ``placebo`` puts ``y_i(t-1) - y_i(t-2)`` for ``c_i``,
among units whose step did not change between those two: before a move the difference should be 0. The influence of a
row is the derivative in its weight times its weight; it is summed within clusters, the variance is ``C / (C - 1)``
times the sum of squares, and t(C - 1) for ``C`` clusters.

Assumptions: units at one step would have moved in parallel over two consecutive periods, whatever they did next, and a
step acts at once: what comes later is not seen. Unlike :mod:`kbkit.methods.group_time` a unit may fall, rise again or
skip steps. With a ladder of several steps, a change of two counts as two; effects per step may differ between moves,
and the mean weighs them by steps moved. A tier is no treatment until a design says so.

Edge cases: a move at a time when no unit stays at its first step has nothing to be compared with; it is left out and
counted. A pair of consecutive periods of the panel counts where the unit has outcome, step and a positive weight in
both. Where the movers, or those who stay, lie in one cluster, the estimate stands without a standard error. No move
that can be compared: ``Undefined("no_change_observed")``, also for ``up``, ``down`` and ``placebo`` alone. No pair of
periods observed: ``Undefined("nothing_measured")``; one cluster: ``Undefined("too_few_clusters")``.

Source: de Chaisemartin & D'Haultfoeuille, American Economic Review 2020, 110:2964-2996.

Checked against: diff-diff 3.13.0 ``ChaisemartinDHaultfoeuille`` on a panel of two steps (estimate, up, down, and
placebo, which has the other sign there); a ladder of three steps by hand; standard errors against finite differences in
the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes, check_level
from kbkit.methods.group_time import describe_effect
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.results import Estimate, Estimated, Undefined

METHOD = "switchers_and_stayers"

_BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class SwitcherEffect:
    """Movers against those who stay at the step where the movers began.

    Attributes:
        effect: mean difference per step, all moves.
        up: the same for moves up.
        down: the same for moves down, per step up.
        placebo: the same difference one period before the move; 0 where movers and stayers went in parallel.
        n_moves: moves compared.
        n_uncompared: moves left out, as nobody stayed at their first step.
        n_stays: pairs of periods of units that stay, used in some comparison.
        n_clusters: clusters of the moves and stays used.
        level: coverage of the intervals.
    """

    effect: Estimate
    up: Estimated
    down: Estimated
    placebo: Estimated
    n_moves: int
    n_uncompared: int
    n_stays: int
    n_clusters: int
    level: float


@dataclass(frozen=True, kw_only=True, eq=False)
class _Steps:
    """Units over two consecutive periods, each of shape ``(pairs,)``.

    ``cell`` is one number per first step and time; ``before`` is the change of one period earlier, missing where the
    unit was not seen or had another step then.
    """

    cell: IntArray
    step: FloatArray
    change: FloatArray
    before: FloatArray
    weight: FloatArray
    cluster: IntArray


def compare_switchers(
    panel: pd.DataFrame,
    *,
    outcome: str,
    treatment: str,
    unit: str,
    period: str,
    cluster: str,
    weight: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> SwitcherEffect | Undefined:
    """Compare units that change their step with units that stay at the same first step.

    Args:
        panel: one row per unit and period.
        outcome: column of the outcome, for example a prevalence 0-1.
        treatment: column of the step as a number, for example a tier score.
        unit: column that names the unit.
        period: column of the period; its values sort in time.
        cluster: column of the independent unit that holds the unit; one value a unit.
        weight: column of the weight of a row, for example measured units; equal weights where not given.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: a unit has two rows in a period or lies in several clusters, a weight is negative or missing, or
            ``level`` is outside (0, 1).
    """
    check_level(level)
    steps = _pair_periods(panel, outcome, treatment, unit, period, cluster, weight)
    if not steps.step.size:
        return Undefined(reason="nothing_measured")
    compared = _compared(steps)
    used = compared & (np.bincount(steps.cell, weights=compared & (steps.step != 0)) > 0)[steps.cell]
    if not used.any():
        return Undefined(reason="no_change_observed")
    n_clusters = np.unique(steps.cluster[used]).size
    if n_clusters == 1:
        return Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    effect = _describe(steps, steps.change, steps.step != 0, level)
    if isinstance(effect, Undefined):
        return effect
    seen_before = _keep(steps, np.isfinite(steps.before))
    return SwitcherEffect(
        effect=effect,
        up=_describe(steps, steps.change, steps.step > 0, level),
        down=_describe(steps, steps.change, steps.step < 0, level),
        placebo=_describe(seen_before, seen_before.before, seen_before.step != 0, level),
        n_moves=int((compared & (steps.step != 0)).sum()),
        n_uncompared=int((~compared & (steps.step != 0)).sum()),
        n_stays=int((used & (steps.step == 0)).sum()),
        n_clusters=n_clusters,
        level=level,
    )


def _pair_periods(
    panel: pd.DataFrame, outcome: str, treatment: str, unit: str, period: str, cluster: str, weight: str | None
) -> _Steps:
    """Return every unit over every two consecutive periods in which it is seen."""
    if panel.duplicated([unit, period]).any():
        raise ValueError("a unit has two rows in one period")
    if (panel.groupby(unit)[cluster].nunique(dropna=False) > 1).any():
        raise ValueError("a unit lies in several clusters")
    weights = panel[weight].to_numpy(dtype=np.float64) if weight else np.ones(len(panel))
    if not (weights >= 0).all():
        raise ValueError("weights must not be negative or missing")
    seen = panel[[outcome, treatment]].notna().all(axis=1).to_numpy() & (weights > 0)
    rows = panel.assign(_weight=weights)[seen].sort_values(unit)
    units, periods = (pd.factorize(rows[column], sort=True)[0] for column in (unit, period))
    size = units.max(initial=-1) + 1
    wide = np.full((3, size, periods.max(initial=-1) + 1), np.nan)
    wide[:, units, periods] = rows[[outcome, treatment, "_weight"]].to_numpy(dtype=np.float64).T
    codes = as_cluster_codes(rows.drop_duplicates(unit)[cluster].to_numpy(), rows=size)
    return _flatten(wide[0], wide[1], wide[2], codes)


def _flatten(y: FloatArray, d: FloatArray, w: FloatArray, codes: IntArray) -> _Steps:
    change, step = np.diff(y, axis=1), np.diff(d, axis=1)
    earlier = np.where(step == 0, change, np.nan)
    before = np.hstack([np.full((len(y), 1), np.nan), earlier[:, :-1]])[:, : change.shape[1]]
    seen = np.isfinite(step)
    times = np.broadcast_to(np.arange(step.shape[1]), step.shape)
    pairs = np.column_stack([times[seen], d[:, :-1][seen]])
    cell = np.unique(pairs, axis=0, return_inverse=True)[1].ravel() if len(pairs) else np.zeros(0, dtype=np.int64)
    return _Steps(
        cell=cell.astype(np.int64),
        step=step[seen],
        change=change[seen],
        before=before[seen],
        weight=w[:, 1:][seen],
        cluster=np.broadcast_to(codes[:, None], step.shape)[seen],
    )


def _keep(steps: _Steps, rows: _BoolArray) -> _Steps:
    return _Steps(**{name: getattr(steps, name)[rows] for name in _Steps.__dataclass_fields__})


def _compared(steps: _Steps) -> _BoolArray:
    """Return which pairs lie in a cell where somebody stays, shape ``(pairs,)``."""
    compared: _BoolArray = (np.bincount(steps.cell, weights=steps.step == 0) > 0)[steps.cell]
    return compared


def _describe(steps: _Steps, change: FloatArray, chosen: _BoolArray, level: float) -> Estimated:
    """Return the difference per step of the chosen moves, all others left out."""
    stays = steps.step == 0
    if not steps.step.size:
        return Undefined(reason="no_change_observed")
    moves = chosen & _compared(steps)
    if not moves.any():
        return Undefined(reason="no_change_observed")
    stayed = np.bincount(steps.cell, weights=steps.weight * stays)
    signed = np.where(moves, steps.weight * np.sign(steps.step), 0.0)
    # In a cell without anybody who stays there is no move either: nothing is divided by 0.
    scale = np.where(stayed > 0, stayed, 1.0)
    left = change - (np.bincount(steps.cell, weights=steps.weight * stays * change) / scale)[steps.cell]
    total = float(steps.weight[moves] @ np.abs(steps.step[moves]))
    effect = float(signed @ left) / total
    of_moves = signed * left - np.where(moves, steps.weight * np.abs(steps.step), 0.0) * effect
    of_stays = stays * steps.weight * left * (np.bincount(steps.cell, weights=signed) / scale)[steps.cell]
    counted = (np.bincount(steps.cell, weights=moves) > 0)[steps.cell] & (moves | stays)
    fewest = min(np.unique(steps.cluster[part & counted]).size for part in (moves, stays))
    codes = np.unique(steps.cluster[counted], return_inverse=True)[1]
    influence = ((of_moves - of_stays) / total)[counted]
    return describe_effect(effect, influence, codes, level=level, known=fewest > 1, method=METHOD)
