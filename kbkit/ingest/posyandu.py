"""A list of posyandu, one row each: a village has as many as it has rows. Their names are not kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout, canonical_table
from kbkit.ingest.headings import Field, Recognition, find_headings, normalise_heading
from kbkit.ingest.periods import period_of_file
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints
from kbkit.ingest.village_table import NAMES, PERIOD, PLACES, split_rows

NAME: Final = "posyandu"

_FIELDS: Final = (*PLACES, Field(name="posyandu", headings=("NAMA POSYANDU", "POSYANDU")))


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    dating = period_of_file(sheet, given)
    rows, _ = split_rows(cells)
    seen: set[tuple[str, ...]] = set()
    records = [record | {PERIOD: dating.period} for row in rows if (record := _record(cells, row, seen))]
    if dating.period is None:
        cells.faults.append(Fault(code="ingest.undated", severity="warning", file=sheet.file, sheet=sheet.sheet))
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, {"posyandu": "Float64", PERIOD: "object"}),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        regency_hints=regency_hints(cells, None),
        dated_by=dating.dated_by,
    )


def _record(cells: CellReader, row: int, seen: set[tuple[str, ...]]) -> dict[str, Any] | None:
    """Return a row; ``None`` where it names no posyandu, or one that the village was already given."""
    key = tuple(normalise_heading(cells.text(row, name)) for name in (*NAMES, "posyandu"))
    if not key[-1] or key in seen:
        # Without the name that stands in the row: a posyandu may be named after a person.
        code = "ingest.posyandu_repeated" if key[-1] else "ingest.posyandu_unnamed"
        cells.faults.append(Fault(code=code, file=cells.sheet.file, sheet=cells.sheet.sheet, row=row + 1))
        return None
    seen.add(key)
    return {ROW: row + 1, "posyandu": 1.0} | {name: cells.text(row, name) for name in NAMES}


POSYANDU: Final = Layout(name=NAME, recognise=_recognise, read=_read)
