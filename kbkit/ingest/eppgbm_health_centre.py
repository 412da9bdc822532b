"""e-PPGBM by puskesmas: for figures of the regency. A puskesmas is no village, and its rows never become villages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from kbkit.domain.periods import period_of
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.eppgbm import COLUMNS, COUNTS, VILLAGE_HEADINGS, recognise_heights, record_of
from kbkit.ingest.extract import Extract, Layout, canonical_table
from kbkit.ingest.grouped_headings import find_first_heading_row
from kbkit.ingest.headings import Field, Recognition
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints, stamp_of
from kbkit.ingest.totals import is_column_number, is_sum_row, is_total

NAME: Final = "eppgbm_health_centre"

_CENTRE: Final = ("PUSKESMAS", "PUKESMAS", "NAMA PUSKESMAS")
_PLACES: Final = (
    Field(name="number", headings=("NO", "NOMOR"), required=False),
    Field(name="regency_found", headings=("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA"), required=False),
    Field(name="district_found", headings=("KECAMATAN", "KEC"), required=False),
    Field(name="health_centre_found", headings=_CENTRE),
)


def _recognise(sheet: RawSheet) -> Recognition:
    fit = recognise_heights(sheet, layout=NAME, places=_PLACES, anchors=_CENTRE)
    if find_first_heading_row(sheet, anchors=VILLAGE_HEADINGS) is not None:  # then its rows are villages
        return replace(fit, score=0.0, missing=fit.missing or _CENTRE[:1])
    return fit


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    stamp = stamp_of(sheet, fit)
    date = stamp or given
    if date is None:
        cells.faults.append(Fault(code="ingest.period_unknown", file=sheet.file, sheet=sheet.sheet))
    rows, totals = _split_rows(cells)
    named_once = _named_once(cells, rows)
    records = [_record(cells, row, date) for row in named_once] if date else []
    total = totals[-1] if totals and date else None
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, COLUMNS | {"level": "object", "area_found": "object"}),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        total={name: value for name, value in record_of(cells, total).items() if name in COUNTS} if total else {},
        regency_hints=regency_hints(cells, total),
        date=date,
        dated_by="content" if stamp else "parameter" if given else None,
    )


def _split_rows(cells: CellReader) -> tuple[list[int], list[int]]:
    """Return the indices of the rows of puskesmas and of the rows of totals."""
    rows: list[int] = []
    totals: list[int] = []
    for row in range(cells.fit.first_data_row, len(cells.sheet.rows)):
        number, centre = cells.text(row, "number"), cells.text(row, "health_centre_found")
        if not cells.blank(row) and not is_column_number(centre):
            (totals if is_sum_row([number, centre]) or is_total(number, None) else rows).append(row)
    cells.sums.update(totals)
    return rows, totals


def _named_once(cells: CellReader, rows: list[int]) -> list[int]:
    """Return the rows of puskesmas that stand there once.

    A puskesmas with several rows is a table of villages that has lost their names.
    """
    names = [(cells.text(row, "district_found"), cells.text(row, "health_centre_found")) for row in rows]
    once: list[int] = []
    for row, name in zip(rows, names, strict=True):
        if names.count(name) == 1:
            once.append(row)
        else:
            cells.fault("ingest.centre_repeated", row=row, name="health_centre_found")
    return once


def _record(cells: CellReader, row: int, date: dt.date) -> dict[str, Any]:
    record = record_of(cells, row)
    return record | {
        "level": "health_centre",
        "area_found": record["health_centre_found"],
        "period": period_of(date),
    }


EPPGBM_HEALTH_CENTRE: Final = Layout(name=NAME, recognise=_recognise, read=_read)
