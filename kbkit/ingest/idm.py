"""Indeks Desa Membangun by Kemendagri code. Kelurahan are not in it by definition.

The status is printed as a word or as a digit, 1 (mandiri) to 5 (sangat tertinggal). Its words "berkembang" and
"mandiri" have nothing to do with the tiers of a Kampung KB.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import only_year_in
from kbkit.ingest.extract import CODE, ROW, DatedBy, Extract, Layout, canonical_table
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.numbers import is_missing
from kbkit.ingest.sheet import RawSheet

NAME: Final = "idm"

INDICES: Final = ("idm", "iks", "ike", "ikl")
STATUSES: Final = {
    "1": "mandiri",
    "2": "maju",
    "3": "berkembang",
    "4": "tertinggal",
    "5": "sangat tertinggal",
}
_NO_STATUS: Final = "0"
_MISSPELT: Final = {"sangat tertingal": "sangat tertinggal", "tertingal": "tertinggal"}
_FIELDS: Final = (
    Field(name=CODE, headings=("KODE", "KODE DESA", "KODE KEMENDAGRI")),
    Field(name="idm", headings=("IDM", "NILAI IDM")),
    Field(name="iks", headings=("IKS",)),
    Field(name="ike", headings=("IKE",)),
    Field(name="ikl", headings=("IKL",)),
    Field(name="idm_status", headings=("STATUS", "STATUS IDM")),
    Field(name="year", headings=("TAHUN",), required=False),
)


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    year, dated_by = _year(cells, given)
    rows = cells.filled_rows()
    records = [_record(cells, row, year) for row in rows] if year or cells.has("year") else []
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(
            [record for record in records if record["year"] is not None],
            dict.fromkeys(INDICES, "Float64") | {"idm_status": "object", "year": "Int64"},
        ),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        dated_by=dated_by,
    )


def _year(cells: CellReader, given: dt.date | None) -> tuple[int | None, DatedBy | None]:
    """Return the year of the whole file; a column of years goes before it, row by row."""
    if cells.has("year"):
        return None, "content"
    if given:
        return given.year, "parameter"
    year = only_year_in(cells.sheet.path.name)
    if year is None:
        cells.faults.append(Fault(code="ingest.year_unknown", file=cells.sheet.file, sheet=cells.sheet.sheet))
    return year, "file_name" if year else None


def _record(cells: CellReader, row: int, year: int | None) -> dict[str, Any]:
    own_year = cells.count(row, "year") if cells.has("year") else year
    return {ROW: row + 1, CODE: cells.text(row, CODE), "year": own_year, "idm_status": read_status(cells, row)} | {
        name: cells.real(row, name, lower=0, upper=1) for name in INDICES
    }


def read_status(cells: CellReader, row: int) -> str | None:
    """Return the status of a row in its usual words, ``None`` where it has none or an unknown one."""
    text = (cells.text(row, "idm_status") or "").casefold()
    if is_missing(text) or text == _NO_STATUS:
        return None
    status = STATUSES.get(text, _MISSPELT.get(text, text))
    if status in STATUSES.values():
        return status
    cells.fault(
        "ingest.not_a_status", row=row, name="idm_status", allowed=", ".join(STATUSES.values()), severity="warning"
    )
    return None


IDM: Final = Layout(name=NAME, recognise=_recognise, read=_read)
