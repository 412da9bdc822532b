"""Reading a sheet whose layout is known, and what must be said of it as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from kbkit.errors import Fault
from kbkit.ingest.extract import Extract
from kbkit.ingest.headings import Recognition
from kbkit.ingest.missed_columns import missed_columns
from kbkit.ingest.ragged import without_ragged_rows
from kbkit.ingest.sheet import RawSheet

Reader = Callable[[RawSheet, Recognition, dt.date | None], Extract]


def read_recognised(sheet: RawSheet, fit: Recognition, date: dt.date | None, *, read: Reader) -> Extract:
    """Return what a layout reads in a sheet, without the sheet's cells.

    Args:
        sheet: the sheet.
        fit: where its columns are.
        date: day of the data that the caller gives, or ``None``.
        read: the layout's reader.
    """
    even, ragged = without_ragged_rows(sheet, fit)
    extract = read(even, fit, date)
    faults = (*ragged, *extract.faults, *missed_columns(sheet, fit), *_doubts(extract, sheet, fit))
    return replace(
        extract,
        sheet=replace(sheet, rows=()),
        faults=faults if extract.rows_read or faults else (_fault("ingest.no_rows", sheet),),
        rows_read=extract.rows_read + len(ragged),
    )


def _doubts(extract: Extract, sheet: RawSheet, fit: Recognition) -> Iterator[Fault]:
    if fit.incomplete:
        found = ", ".join(fit.incomplete)
        yield replace(_fault("ingest.classes_missing", sheet), severity="warning", found=found)
    if sheet.open_end and extract.rows_read:
        yield replace(_fault("ingest.last_line_open", sheet), severity="note", row=len(sheet.rows))


def _fault(code: str, sheet: RawSheet) -> Fault:
    return Fault(code=code, file=sheet.file, sheet=sheet.sheet)
