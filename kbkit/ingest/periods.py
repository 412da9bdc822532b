"""Periods as registers write them: a month, a quarter, a semester, a year, or a year to date.

A figure "up to August" holds July's: as a period of its own, the interval ``2024-01/2024-08``, it can be mistaken for
no month and is added to none. Where nothing tells the year of a month it is ``XXXX-08``, unspecified digits after
ISO 8601-2.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from kbkit.ingest.dates import MONTHS, dates_in, only_year_in, years_in
from kbkit.ingest.extract import DatedBy
from kbkit.ingest.headings import normalise_heading
from kbkit.ingest.sheet import RawSheet

UNKNOWN_YEAR: Final = "XXXX"

_TO_DATE: Final = re.compile(r"\b(?:S D|SD|SAMPAI(?: DENGAN)?|HINGGA|KUMULATIF|YTD)\b")
_QUARTER: Final = re.compile(r"\b(?:TW|TRIWULAN|TRIBULAN|Q)\s*(IV|III|II|I|[1-4])\b")
_SEMESTER: Final = re.compile(r"\bSEM(?:ESTER)?\s*(II|I|[12])\b")
_YEAR: Final = re.compile(r"\b(20\d{2})\b")
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTHS_OF_A_QUARTER: Final = 3


def read_period(text: str, *, year: int | None) -> str | None:
    """Return the period that a text names, ``None`` where it names none or more than one.

    Args:
        text: ``"AGUSTUS"``, ``"Agustus 2024"``, ``"TW III"``, ``"s.d. Agustus"``, ``"Januari - Agustus"``, ``"2024"``.
        year: the year, where the text does not hold it.
    """
    words = normalise_heading(text)
    years = set(_YEAR.findall(words))
    if len(years) > 1:
        return None
    known = years.pop() if years else str(year) if year else None
    to_date = bool(_TO_DATE.search(words))
    months = [MONTHS[word.casefold()] for word in words.split() if word.casefold() in MONTHS]
    if months:
        return _of_months(months, known or UNKNOWN_YEAR, to_date=to_date)
    if quarter := _QUARTER.search(words):
        number = _ROMAN.get(quarter[1]) or int(quarter[1])
        if to_date:
            return _of_months([_MONTHS_OF_A_QUARTER * number], known or UNKNOWN_YEAR, to_date=True)
        return f"{known or UNKNOWN_YEAR}-Q{number}"
    if semester := _SEMESTER.search(words):
        return f"{known or UNKNOWN_YEAR}-S{_ROMAN.get(semester[1]) or int(semester[1])}"
    return known if words == known else None


def _of_months(months: list[int], year: str, *, to_date: bool) -> str | None:
    """Return a month, or the interval from the year's first month to the last one named."""
    if len(months) == 1 and not to_date:
        return f"{year}-{months[0]:02d}"
    if months[0] == 1 or len(months) == 1:
        return f"{year}-01/{year}-{months[-1]:02d}"
    return None


@dataclass(frozen=True, kw_only=True)
class FilePeriod:
    """What dates a whole file.

    Attributes:
        period: the day or the year; ``None`` where nothing tells it.
        year: the year alone, for the months of its rows.
        dated_by: where it was found.
    """

    period: str | None = None
    year: int | None = None
    dated_by: DatedBy | None = None


def period_of_file(sheet: RawSheet, given: dt.date | None) -> FilePeriod:
    """Return what dates a whole file: the caller's day, else the only day or year in the file's name.

    A day of one year beside another year leaves open which of them the data are of.
    """
    days = (given,) if given else dates_in(sheet.path.name)
    if len(days) == 1 and (given or years_in(sheet.path.name) <= {days[0].year}):
        return FilePeriod(period=days[0].isoformat(), year=days[0].year, dated_by="parameter" if given else "file_name")
    if year := only_year_in(sheet.path.name):
        return FilePeriod(period=str(year), year=year, dated_by="file_name")
    return FilePeriod()


def is_undated(period: str | None) -> bool:
    """Whether the year of a period is not known."""
    return period is None or period.startswith(UNKNOWN_YEAR)
