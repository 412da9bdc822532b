"""Registers of villages (K/0 and the like) as wide tables: their newest state, a row a village."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kbkit.domain.periods import begins


@dataclass(frozen=True, kw_only=True)
class RegisterState:
    """Indicators of a register at its newest period.

    Attributes:
        period: ``None`` where the register is not dated.
        values: indexed by village, a column an indicator, ``NaN`` where nothing was printed.
    """

    period: str | None
    values: pd.DataFrame


def newest_state(indicators: pd.DataFrame, names: Sequence[str]) -> RegisterState | None:
    """Return indicators at their newest period; ``None`` where no village has a value of the first of them.

    Rows without a date are used only where no row has one.

    Args:
        indicators: table ``village_indicators`` of a dataset.
        names: indicators of one register, the one that says whether the register is there first.
    """
    rows = indicators[indicators["indicator"].isin(names)].dropna(subset=["value"])
    dated = rows.dropna(subset=["period"])
    period = max(map(str, dated["period"].unique()), key=_order, default=None)
    rows = rows if period is None else dated[dated["period"] == period]
    rows = rows.drop_duplicates(["village_code", "indicator"])
    if names[0] not in set(rows["indicator"]):
        return None
    wide = rows.pivot(index="village_code", columns="indicator", values="value").reindex(columns=list(names))
    return RegisterState(period=period, values=wide.astype("float64"))


def _order(period: str) -> tuple[dt.date, str]:
    """Sort periods whose year nobody knows before all others, and among themselves by their month."""
    return begins(period) or dt.date.min, period
