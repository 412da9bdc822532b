"""A long table of units and periods as arrays, checked once: every unit used has an outcome in every period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kbkit.methods.counts import FloatArray, IntArray, as_cluster_codes


@dataclass(frozen=True, kw_only=True, eq=False)
class BalancedPanel:
    """Units that may inform a comparison over time.

    Attributes:
        outcome: outcome of every unit and period, shape ``(units, periods)``.
        periods: labels of the periods, in time.
        group: index of the period in which every unit begins, shape ``(units,)``; the number of periods for never.
        weight: share of every unit in the total weight, shape ``(units,)``.
        cluster: cluster code of every unit, shape ``(units,)``.
        left_out: units without an outcome in every period, or treated from the first period on.
    """

    outcome: FloatArray
    periods: tuple[object, ...]
    group: IntArray
    weight: FloatArray
    cluster: IntArray
    left_out: int


def balance_panel(
    panel: pd.DataFrame,
    *,
    outcome: str,
    unit: str,
    period: str,
    first_treated: str,
    cluster: str,
    weight: str | None,
) -> BalancedPanel:
    """Return the units of a long table that are observed throughout and not treated from the first period on.

    Args:
        panel: one row per unit and period.
        outcome: column of the outcome.
        unit: column that names the unit.
        period: column of the period; its values sort in time.
        first_treated: column of the period in which the unit begins, missing for never; one value a unit.
        cluster: column of the independent unit that holds the unit; one value a unit.
        weight: column of the unit's weight, positive, one value a unit; equal weights where ``None``.

    Raises:
        ValueError: a unit has two rows in a period, or several values where it must have one, or a weight is not
            positive.
    """
    values = _values_of_units(panel, unit, period, [first_treated, cluster, *([weight] if weight else [])])
    wide = panel.pivot(index=unit, columns=period, values=outcome).sort_index(axis=1)
    group = _places(wide.columns, values[first_treated])
    used = wide.notna().all(axis=1).to_numpy() & (group > 0)
    count = int(used.sum())
    weights = values[weight].to_numpy(dtype=np.float64)[used] if weight else np.ones(count)
    if not (weights > 0).all():
        raise ValueError("weights must be positive")
    return BalancedPanel(
        outcome=wide.to_numpy(dtype=np.float64)[used],
        periods=tuple(wide.columns),
        group=group[used],
        weight=weights / weights.sum() if count else weights,
        cluster=as_cluster_codes(values[cluster].to_numpy()[used], rows=count),
        left_out=used.size - count,
    )


def _values_of_units(panel: pd.DataFrame, unit: str, period: str, columns: list[str]) -> pd.DataFrame:
    """Return what a unit has one value of, one row a unit in sort order."""
    if panel.duplicated([unit, period]).any():
        raise ValueError("a unit has two rows in one period")
    by_unit = panel.groupby(unit, sort=True)[columns]
    if (by_unit.nunique(dropna=False) > 1).any(axis=None):
        raise ValueError(f"a unit has several values of one of {columns}")
    return panel.drop_duplicates(unit).set_index(unit).sort_index()[columns]


def _places(periods: pd.Index[Any], first: pd.Series[Any]) -> IntArray:
    """Return the index of every unit's first treated period, the number of periods for never, shape ``(units,)``."""
    places = np.full(first.size, len(periods), dtype=np.int64)
    begins = first.notna().to_numpy()
    places[begins] = np.searchsorted(periods.to_numpy(), first[begins].to_numpy())
    return places
