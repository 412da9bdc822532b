"""Registers of villages (K/0 and the like): the tidy table parted by indicator once, and their newest state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.domain.periods import begins

FloatArray = NDArray[np.float64]
ObjectArray = NDArray[Any]

UNDATED: Final = ""
"""Period of a row without a date."""


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Values of one indicator in the order of the table; every array has the shape ``(rows,)``.

    Attributes:
        villages: codes.
        periods: :data:`UNDATED` where a row has no date.
        values: none is missing.
    """

    villages: ObjectArray
    periods: ObjectArray
    values: FloatArray


Registers = Mapping[str, Reports]
"""Indicator -> its reports; an indicator without a value is not there."""


@dataclass(frozen=True, kw_only=True)
class RegisterState:
    """Indicators of a register at its newest period.

    Attributes:
        period: ``None`` where the register is not dated.
        villages: codes, shape ``(villages,)``.
        values: by indicator, shape ``(villages,)``, ``nan`` where nothing was printed.
    """

    period: str | None
    villages: ObjectArray
    values: Mapping[str, FloatArray]


def part_registers(indicators: pd.DataFrame) -> Registers:
    """Return the rows of each indicator that have a value.

    Args:
        indicators: table ``village_indicators`` of a dataset.
    """
    values = indicators["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    numbers, names = pd.factorize(indicators["indicator"])
    order = np.argsort(numbers, kind="stable")
    order = order[~np.isnan(values[order])]
    bounds = np.searchsorted(numbers[order], range(len(names) + 1))
    villages = indicators["village_code"].to_numpy(dtype=object)
    periods = indicators["period"].to_numpy(dtype=object, na_value=UNDATED)
    rows = {name: order[start:end] for name, start, end in zip(names, bounds, bounds[1:], strict=False)}
    return {
        name: Reports(villages=villages[chosen], periods=periods[chosen], values=values[chosen])
        for name, chosen in rows.items()
        if chosen.size
    }


def newest_state(registers: Registers, names: Sequence[str]) -> RegisterState | None:
    """Return indicators at their newest period; ``None`` where no village has a value of the first of them.

    Rows without a date are used only where no row has one.

    Args:
        registers: reports by indicator, from :func:`part_registers`.
        names: indicators of one register, the one that says whether the register is there first.
    """
    reports = {name: registers[name] for name in names if name in registers}
    periods = {period for report in reports.values() for period in report.periods} - {UNDATED}
    period = max(periods, key=_order, default=UNDATED)
    known = {name: _values_of(report, period) for name, report in reports.items()}
    if not known.get(names[0]):
        return None
    villages = sorted({village for by_village in known.values() for village in by_village})
    return RegisterState(
        period=None if period == UNDATED else period,
        villages=np.array(villages, dtype=object),
        values={
            name: np.array([known.get(name, {}).get(village, np.nan) for village in villages], dtype=np.float64)
            for name in names
        },
    )


def _values_of(report: Reports, period: str) -> dict[str, float]:
    """Return the value of each village in a period, the first where there are several."""
    rows = report.periods == period
    return dict(zip(report.villages[rows][::-1], report.values[rows][::-1], strict=True))


def _order(period: str) -> tuple[dt.date, str]:
    """Sort periods whose year nobody knows before all others, and among themselves by their month."""
    return begins(period) or dt.date.min, period
