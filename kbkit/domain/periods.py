"""Measuring periods: a month as ``"2024-08"``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

_PERIOD: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

_ANY: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<part>0[1-9]|1[0-2]|Q[1-4]|S[12])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")


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


def begins(period: object) -> dt.date | None:
    """Return the first day of what a period ends with, ``None`` where no year is known.

    Args:
        period: a day, a month ("2024-08"), a quarter ("2024-Q3"), a semester ("2024-S2"), a year as text or number, or
            an interval ("2024-01/2024-08"), which counts by its last month.
    """
    last = str(period).rpartition("/")[2]
    match = _ANY.fullmatch(last)
    if match is None:
        return None
    year, part = int(match["year"]), match["part"] or "1"
    month = {"Q": 3 * int(part[1:]) - 2, "S": 6 * int(part[1:]) - 5}[part[0]] if part[0] in "QS" else int(part)
    return dt.date(year, month, int(match["day"] or 1))


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Return the whole calendar months from one date to a later one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month
