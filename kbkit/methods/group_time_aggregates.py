"""Effects by group and period drawn together: one number, or one per group or per time since beginning.

Estimand: three different ones. ``simple``: the mean over all pairs of group and period after beginning, groups weighted
by their share of the units, so that early groups count more often. ``group``: the mean over a group's periods after
beginning, then over groups: what a unit that ever begins gains on average. ``dynamic``: the mean over groups of the
effect ``e`` periods after beginning, then over ``e >= 0``. They are printed with their name, for they need not agree.

Formula: ``sum_k p_k a_k / sum_k p_k`` over the effects ``a_k`` that take part, ``p_k`` the share of units that begin in
the group. The influence of a unit is ``sum_k p_k psi_ik / P + sum_k (a_k - mean) / P * w_i ([i begins in k] - p_k)``
with ``P = sum_k p_k``: its influence on the effects and, through the second sum, on the shares. Variance over clusters
and t(C - 1) as in :mod:`kbkit.methods.group_time`.

Assumptions: those of the effects. Time before beginning (``e < 0``) is shown and never part of an overall number.

Edge cases: an effect that has no standard error takes part, and then what it takes part in has none either. No effect
after beginning: ``Undefined("no_change_observed")``.

Source: Callaway & Sant'Anna, Journal of Econometrics 2021, 225:200-230, section 3.

Checked against: the minimum-wage panel: the published -0.0400 (simple), -0.0310 (group) and -0.0772 (dynamic), and
diff-diff 3.13.0 for standard errors; influences against finite differences in the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from kbkit.methods.counts import FloatArray
from kbkit.methods.group_time import GroupTimeEffects, describe_effect
from kbkit.results import Estimate, Undefined

Aggregation = Literal["simple", "group", "dynamic"]


@dataclass(frozen=True, kw_only=True)
class EffectPart:
    """One group's effect, or that of one time since beginning.

    Attributes:
        label: the period in which the group begins, or the periods since beginning.
        effect: its estimate.
    """

    label: object
    effect: Estimate


@dataclass(frozen=True, kw_only=True)
class AggregatedEffects:
    """Effects drawn together.

    Attributes:
        kind: which mean is meant.
        overall: the one number.
        parts: by group or by time since beginning, in order; empty for ``simple``.
    """

    kind: Aggregation
    overall: Estimate
    parts: tuple[EffectPart, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Mean:
    """An effect, or a mean of effects, with the influence of every unit; ``group`` and ``time`` where it has one."""

    value: float
    influence: FloatArray
    known: bool
    group: int = -1
    time: int = 0


def aggregate_effects(effects: GroupTimeEffects, *, kind: Aggregation) -> AggregatedEffects | Undefined:
    """Draw effects by group and period together.

    Args:
        effects: the effects.
        kind: which mean is meant.
    """
    cells = _cells(effects)
    after = [cell for cell in cells if cell.time >= 0]
    if not after:
        return Undefined(reason="no_change_observed")
    if kind == "simple":
        return _describe(effects, kind, _mean_over_groups(effects, after), {})
    if kind == "group":
        labels = {cell.group: effect.group for cell, effect in zip(cells, effects.effects, strict=True)}
        codes = sorted({cell.group for cell in after})
        groups = {code: _plain_mean([cell for cell in after if cell.group == code]) for code in codes}
        overall = _mean_over_groups(effects, [replace(mean, group=group) for group, mean in groups.items()])
        return _describe(effects, kind, overall, {labels[group]: mean for group, mean in groups.items()})
    times = sorted({cell.time for cell in cells})
    by_time: dict[object, _Mean] = {
        time: _mean_over_groups(effects, [cell for cell in cells if cell.time == time]) for time in times
    }
    return _describe(effects, kind, _plain_mean([by_time[time] for time in times if time >= 0]), by_time)


def _cells(effects: GroupTimeEffects) -> list[_Mean]:
    return [
        _Mean(
            value=cell.effect.estimate,
            influence=effects.influence[:, column],
            known=cell.effect.std_error is not None,
            group=int(effects.effect_group[column]),
            time=cell.event_time,
        )
        for column, cell in enumerate(effects.effects)
    ]


def _plain_mean(means: list[_Mean]) -> _Mean:
    return _Mean(
        value=float(np.mean([mean.value for mean in means])),
        influence=np.mean([mean.influence for mean in means], axis=0),
        known=all(mean.known for mean in means),
    )


def _mean_over_groups(effects: GroupTimeEffects, means: list[_Mean]) -> _Mean:
    """Return the mean weighted by the groups' shares of the units, the estimation of the shares allowed for."""
    members = [effects.group == mean.group for mean in means]
    shares = np.array([effects.weight[member].sum() for member in members])
    values, total = np.array([mean.value for mean in means]), shares.sum()
    average = float(shares @ values / total)
    influence = np.zeros(effects.n_units)
    for mean, member, share in zip(means, members, shares, strict=True):
        through_share = effects.weight * (member - share) * (mean.value - average)
        influence += (share * mean.influence + through_share) / total
    return _Mean(value=average, influence=influence, known=all(mean.known for mean in means))


def _describe(
    effects: GroupTimeEffects, kind: Aggregation, overall: _Mean, parts: Mapping[object, _Mean]
) -> AggregatedEffects:
    def estimate(mean: _Mean) -> Estimate:
        return describe_effect(mean.value, mean.influence, effects.cluster, level=effects.level, known=mean.known)

    return AggregatedEffects(
        kind=kind,
        overall=estimate(overall),
        parts=tuple(EffectPart(label=label, effect=estimate(mean)) for label, mean in parts.items()),
    )
