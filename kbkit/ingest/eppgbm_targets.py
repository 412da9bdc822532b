"""The separate e-PPGBM table of targets (*sasaran*): children under five a village, by sex and in all.

It supplies ``children_target`` to measurements that come without. It has no codes, and a stamp only sometimes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.domain.periods import period_of
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import only_date_in
from kbkit.ingest.eppgbm import PLACE_FIELDS, VILLAGE_HEADINGS, place_of, village_rows
from kbkit.ingest.extract import DatedBy, Extract, Layout, canonical_table
from kbkit.ingest.grouped_headings import find_first_heading_row, flatten_headings
from kbkit.ingest.headings import Field, Recognition, fit_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints, stamp_of

NAME: Final = "eppgbm_targets"

_FIELDS: Final = (
    *PLACE_FIELDS,
    Field(name="boys", headings=("SASARAN LAKI", "SASARAN LAKI LAKI", "SASARAN L")),
    Field(name="girls", headings=("SASARAN PEREMPUAN", "SASARAN P")),
    Field(name="children_target", headings=("SASARAN TOTAL", "TOTAL SASARAN", "SASARAN JUMLAH", "JUMLAH SASARAN")),
)
_COUNTS: Final = ("boys", "girls", "children_target")


def _recognise(sheet: RawSheet) -> Recognition:
    first = find_first_heading_row(sheet, anchors=VILLAGE_HEADINGS)
    if first is None:
        return Recognition(layout=NAME, score=0.0, missing=tuple(f.headings[0] for f in _FIELDS if f.required))
    headings, first_data_row = flatten_headings(sheet, first)
    return fit_headings(headings, layout=NAME, fields=_FIELDS, heading_row=first, first_data_row=first_data_row)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    date, dated_by = _date(sheet, fit, given)
    rows, totals = village_rows(cells)
    period = period_of(date) if date else None
    if period is None:
        cells.faults.append(Fault(code="ingest.undated", severity="note", file=sheet.file, sheet=sheet.sheet))
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(
            [_record(cells, row) | {"period": period} for row in rows],
            dict.fromkeys(_COUNTS, "Int64") | {"period": "object"},
        ),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        total={name: cells.count(totals[-1], name) for name in _COUNTS} if totals else {},
        regency_hints=regency_hints(cells, totals[-1] if totals else None),
        date=date,
        dated_by=dated_by,
    )


def _date(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> tuple[dt.date | None, DatedBy | None]:
    """Return the day of the targets where something tells it; without one they hold for every period."""
    if stamp := stamp_of(sheet, fit):
        return stamp, "content"
    if given:
        return given, "parameter"
    named = only_date_in(sheet.path.name)
    return (named, "file_name") if named else (None, None)


def _record(cells: CellReader, row: int) -> dict[str, Any]:
    return place_of(cells, row) | {name: cells.count(row, name) for name in _COUNTS}


EPPGBM_TARGETS: Final = Layout(name=NAME, recognise=_recognise, read=_read)
