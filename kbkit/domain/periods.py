"""Measuring periods: a month as ``"2024-08"``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

_PERIOD: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def period_of(date: dt.date) -> str:
    """Return the period in which a date lies."""
    return f"{date:%Y-%m}"


def last_day(period: str) -> dt.date:
    """Return the last day of a period.

    Raises:
        ValueError: not a period.
    """
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period like 2024-08: {period!r}")
    year, month = int(match[1]), int(match[2])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Return the whole calendar months from one date to a later one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month
