"""What a sheet of e-PPGBM says outside its rows of villages: the day of its data and the regency it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import stamp_date
from kbkit.ingest.headings import Recognition
from kbkit.ingest.sheet import RawSheet, as_text


def stamp_of(sheet: RawSheet, fit: Recognition) -> dt.date | None:
    """Return the date of the stamp ``Data Tanggal : …`` above the rows, or ``None`` without one."""
    dates = (stamp_date(text) for text in texts_above(sheet, fit))
    return next((date for date in dates if date is not None), None)


def regency_hints(cells: CellReader, total: int | None) -> tuple[tuple[str, str], ...]:
    """Return the texts that may name the regency, best first: total row, titles, file name, folder name.

    Args:
        cells: reader of the sheet.
        total: index of the total row, or ``None``.
    """
    sheet = cells.sheet
    hints: list[tuple[str, str]] = []
    if total is not None:
        hints += [("total_row", text) for name in ("number", "village_found") if (text := cells.text(total, name))]
    hints += [("title", text) for text in texts_above(sheet, cells.fit) if stamp_date(text) is None]
    hints += [("sheet_name", sheet.sheet)] if sheet.sheet else []
    hints += [("file_name", sheet.path.stem), ("folder_name", sheet.path.resolve().parent.name)]
    return tuple(dict.fromkeys(hints))


def texts_above(sheet: RawSheet, fit: Recognition) -> Iterator[str]:
    """Yield the texts outside the table and in the rows above its headings."""
    yield from sheet.outside
    for row in sheet.rows[: fit.heading_row]:
        yield from dict.fromkeys(text for cell in row if isinstance(cell, str) and (text := as_text(cell)))
