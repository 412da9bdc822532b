"""Lists that an office keeps by hand in kbkit's own layout: what interventions and funding have in common.

The layout is written by ``kbkit template`` and is simple on purpose: one row of headings in Indonesian, wherever it
stands; one row a village and thing; the village by kecamatan and name, its code beside them where it is known. A row
whose column ``No`` says *contoh* is the example of the template and is not read.

A cell that cannot be read is missing in a row that stays; a row that does not say what it is about (year, intervention,
source of money) is not read. Both are told, with what may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process

from kbkit.domain.spelling import plain_words
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import CODE, ROW, Extract, canonical_table
from kbkit.ingest.headings import Field
from kbkit.ingest.numbers import NotANumberError, parse_count
from kbkit.ingest.periods import read_period
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints
from kbkit.ingest.totals import is_sum_row
from kbkit.ingest.village_table import code_tail, split_rows

NUMBER: Final = "number"
EXAMPLE_WORDS: Final = frozenset({"contoh", "example"})
"""What the column ``No`` of an example row says, in small letters."""

COMPANION_MARK: Final = "kbkit"
"""Begins the first cell of the sheets of a template that are not to be filled in: its guide and its lists."""

FIRST_YEAR: Final = 2016
"""The year of the first Kampung KB."""
LAST_YEAR: Final = 2045

PLACE_COLUMNS: Final = (
    Field(name=NUMBER, headings=("NO", "NOMOR"), required=False),
    Field(name=CODE, headings=("KODE DESA", "KODE DESA KELURAHAN", "KODE"), required=False),
    Field(name="province_found", headings=("PROVINSI",), required=False),
    Field(name="regency_found", headings=("KABUPATEN KOTA", "KABUPATEN", "KAB KOTA"), required=False),
    Field(name="district_found", headings=("KECAMATAN",)),
    Field(name="village_found", headings=("DESA KELURAHAN", "DESA", "KELURAHAN", "NAMA DESA")),
    Field(name="year", headings=("TAHUN",)),
)
"""Where a row says its village and its year. A list of one regency may leave the regency to its title or file name."""

_WHERE_AND_WHEN: Final = frozenset(column.name for column in PLACE_COLUMNS)
_TEXTS: Final = ("province_found", "regency_found", "district_found", "village_found")
_RUPIAH: Final = re.compile(r"^\s*rp\.?\s*|\s*,(?:00?|-)\s*$", re.IGNORECASE)
_WHOLE_YEAR: Final = frozenset({"tahunan", "setahun", "1 tahun", "annual"})
_NEAR: Final = 88
"""Likeness, 0-100, from which on a name that is no known one is shown beside the known one."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words that a column may hold.

    Attributes:
        key_of: key of a word, ``None`` where it is not known.
        words: the usual words, as a message shows them.
    """

    key_of: Callable[[str], Any]
    words: tuple[str, ...]


def is_companion(sheet: RawSheet) -> bool:
    """Whether a sheet is a template's guide or its lists."""
    return bool(sheet.rows and sheet.rows[0]) and str(sheet.rows[0][0]).startswith(COMPANION_MARK)


ReadRow = Callable[[CellReader, int], dict[str, Any] | None]
"""Reads a row of a list; ``None`` where the row does not say what it is about."""


def read_list(cells: CellReader, *, layout: str, types: Mapping[str, str], read_row: ReadRow) -> Extract:
    """Return a list, row by row."""
    rows = data_rows(cells)
    records = [record for row in rows if (record := read_row(cells, row)) is not None]
    return Extract(
        sheet=cells.sheet,
        layout=layout,
        table=canonical_table(records, types),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        regency_hints=regency_hints(cells, None),
        dated_by="content",
    )


def data_rows(cells: CellReader) -> list[int]:
    """Return the rows of the list: no sums, no examples, none that names a village and says nothing of it."""
    rows, _sums = split_rows(cells)
    return [row for row in rows if _is_data(cells, row)]


def _is_data(cells: CellReader, row: int) -> bool:
    number = cells.text(row, NUMBER)
    if number is not None and (number.casefold() in EXAMPLE_WORDS or is_sum_row([number])):
        return False
    return any(cells.text(row, name) is not None for name in cells.fit.columns if name not in _WHERE_AND_WHEN)


def read_place(cells: CellReader, row: int) -> dict[str, Any]:
    """Return where a row stands and which village it names."""
    return {ROW: row + 1} | {name: cells.text(row, name) for name in _TEXTS} | {CODE: code_tail(cells.text(row, CODE))}


def read_year(cells: CellReader, row: int) -> int | None:
    """Return the year of a row; without one the row cannot be read."""
    text = cells.text(row, "year") or ""
    if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    cells.fault("lists.not_a_year", row=row, name="year", allowed=f"{FIRST_YEAR}–{LAST_YEAR}")
    return None


def read_period_of_year(cells: CellReader, row: int, year: int) -> str | None:
    """Return the period of a row inside its year, the year itself where none is named.

    A period that cannot be read or is of another year leaves ``None`` and a fault: the row then belongs nowhere.
    """
    text = cells.text(row, "period")
    if text is None or text.casefold() in _WHOLE_YEAR:
        return str(year)
    period = read_period(text, year=year)
    if period is None or not period.startswith(str(year)):
        cells.fault("lists.not_a_period", row=row, name="period", allowed=f"Tahunan, Semester 1, Triwulan I ({year})")
        return None
    return period


def read_rupiah(cells: CellReader, row: int, name: str) -> int | None:
    """Return an amount of money in whole rupiah: ``1500000``, ``Rp1.500.000,00``. Blank is missing, 0 is nothing."""
    cell = cells.cell(row, name)
    if cells.is_merged(row, name):
        return None
    try:
        return parse_count(_RUPIAH.sub("", cell) if isinstance(cell, str) else cell)
    except NotANumberError:
        cells.fault("lists.not_an_amount", row=row, name=name, allowed="0, 1500000, Rp1.500.000", severity="warning")
        return None


def read_word(cells: CellReader, row: int, name: str, vocabulary: Vocabulary) -> Any:
    """Return the key of a word of a closed vocabulary; another word is missing, and told."""
    text = cells.text(row, name)
    if text is None:
        return None
    key = vocabulary.key_of(text)
    if key is None:
        cells.fault("lists.not_a_word", row=row, name=name, allowed="; ".join(vocabulary.words), severity="warning")
    return key


def read_name(cells: CellReader, row: int, name: str, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """Return a name of an open vocabulary as it is written, and its key where it is a known one.

    A name that only looks like a known one keeps its own words and gets no key: the fault shows the known one.
    """
    text = cells.text(row, name)
    if text is None:
        return None, None
    key = vocabulary.key_of(text)
    if key is None and (near := _nearest(text, vocabulary.words)):
        cells.fault("lists.name_near", row=row, name=name, allowed=near, severity="warning")
    return text, key


def _nearest(text: str, words: Iterable[str]) -> str | None:
    found = process.extractOne(text, words, scorer=fuzz.ratio, processor=plain_words, score_cutoff=_NEAR)
    return found[0] if found else None
