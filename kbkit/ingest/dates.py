"""Dates inside file names, stamps and titles."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "pebruari", "february"),
            ("maret", "mar", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("agustus", "agu", "agt", "ags", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov", "nopember", "nop"),
            ("desember", "des", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}
"""Number of a month by its names, in small letters."""

_YEAR_FIRST: Final = re.compile(r"(?<!\d)(20\d{2})[-_. /]?(0[1-9]|1[0-2])[-_. /]?(0[1-9]|[12]\d|3[01])(?:\d{6})?(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_. /](0?[1-9]|1[0-2])[-_. /](20\d{2})(?!\d)")
_WORDS: Final = re.compile(r"(?<!\d)(\d{1,2})[-_. ]+([A-Za-z]{3,9})[-_. ]+(20\d{2})(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_STAMP: Final = re.compile(r"data\s+(?:per\s+)?tanggal\s*:?\s*(.+)", re.IGNORECASE)


def dates_in(text: str) -> tuple[dt.date, ...]:
    """Return the distinct whole dates in a text, earliest first.

    Reads ``2022-06-13``, ``20220613``, ``20220613101502``, ``13-06-2022`` and ``13 Juni 2022``.
    """
    found = {_date(match[1], match[2], match[3]) for match in _YEAR_FIRST.finditer(text)}
    found |= {_date(match[3], match[2], match[1]) for match in _DAY_FIRST.finditer(text)}
    found |= {
        _date(match[3], str(month), match[1])
        for match in _WORDS.finditer(text)
        if (month := MONTHS.get(match[2].casefold()))
    }
    return tuple(sorted(date for date in found if date is not None))


def only_date_in(text: str) -> dt.date | None:
    """Return the date in a text, or ``None`` where there is none or more than one."""
    found = dates_in(text)
    return found[0] if len(found) == 1 else None


def only_year_in(text: str) -> int | None:
    """Return the year in a text, or ``None`` where there is none or more than one."""
    found = years_in(text)
    return found.pop() if len(found) == 1 else None


def years_in(text: str) -> set[int]:
    """Return the distinct years that stand by themselves in a text."""
    return {int(year) for year in _YEAR.findall(text)}


def stamp_date(text: str) -> dt.date | None:
    """Return the date of a stamp such as ``Data Tanggal : 2024-01-17 07:49:21``, or ``None`` where this is none."""
    match = _STAMP.search(text)
    return only_date_in(match[1]) if match else None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
