"""Decimals that a spreadsheet took for a time of day: 11.07, typed where ``.`` parts hours from minutes, is 11:07.

The cell then holds 0.463194, the part of a day, and shows 11:07. What was typed may have been 11.07 or, below ten
minutes, 11.7, and the part of a day may be a number in its own right: every reading counts, and the limits of the
column decide. A cell with more than one reading left is refused; one with a single reading is read, and reported.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Final

from kbkit.ingest.sheet import Cell

_TEXT: Final = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_MINUTES: Final = 1440
_EXACT: Final = 1e-6
"""Of a minute: a part of a day that was stored as a time is a whole number of minutes but for rounding."""
_TWO_DIGITS: Final = 10


def is_time(cell: Cell) -> bool:
    """Whether a cell shows a time of day."""
    return isinstance(cell, (dt.time, dt.timedelta)) or (isinstance(cell, str) and bool(_TEXT.fullmatch(cell.strip())))


def numbers_behind(cell: Cell, *, lower: float, upper: float) -> tuple[float, ...]:
    """Return every number within the limits of its column that a time of day can stand for.

    Args:
        cell: a time, its text, or the part of a day.
        lower: least value that the column may hold.
        upper: greatest value that the column may hold.
    """
    minutes = _minutes_of(cell)
    if minutes is None:
        return ()
    hour, minute = divmod(minutes, 60)
    readings = {minutes / _MINUTES, round(hour + minute / 100, 2)}
    if minute < _TWO_DIGITS:
        readings.add(round(hour + minute / 10, 1))
    return tuple(sorted(value for value in readings if lower <= value <= upper))


def _minutes_of(cell: Cell) -> int | None:
    """Return the minutes since midnight, ``None`` where the cell is no time in whole minutes."""
    if isinstance(cell, str):
        match = _TEXT.fullmatch(cell.strip())
        return 60 * int(match[1]) + int(match[2]) if match else None
    if isinstance(cell, dt.time):
        cell = dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    if isinstance(cell, dt.timedelta):
        minutes = cell.total_seconds() / 60
    elif type(cell) is float and 0 < cell < 1:
        minutes = cell * _MINUTES
    else:
        return None
    whole = round(minutes)
    return whole if math.isclose(minutes, whole, rel_tol=0, abs_tol=_EXACT * _MINUTES) else None
