"""Indeks Desa Membangun as the workbook "Rekomendasi IDM … per Desa": headings in two rows, several rows a desa.

A desa's recommendations run on below its first row, which alone holds the index: the rows below are of no further
desa. Its codes have ten digits without dots and no scheme, so that the names find the desa and the last four digits
only confirm it. The recommendations are free text and are not read.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import only_year_in
from kbkit.ingest.extract import CODE, PLACE, ROW, DatedBy, Extract, Layout, canonical_table
from kbkit.ingest.grouped_headings import find_first_heading_row, flatten_headings
from kbkit.ingest.headings import Field, Recognition, fit_headings
from kbkit.ingest.idm import INDICES, read_status
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints, texts_above
from kbkit.ingest.totals import is_column_number, is_sum_row
from kbkit.ingest.village_table import code_tail

NAME: Final = "idm_recommendation"

_VILLAGE: Final = ("NAMA DESA", "DESA")
_YEAR: Final = re.compile(r"\b20\d{2}\b")


def _index(word: str) -> tuple[str, ...]:
    return word, f"NILAI {word}", f"SKOR {word}", f"INDEKS {word}", f"IDM {word}", f"INDEKS DESA MEMBANGUN {word}"


_FIELDS: Final = (
    Field(name="province_found", headings=("NAMA PROVINSI", "PROVINSI"), required=False),
    Field(
        name="regency_found",
        headings=("NAMA KABUPATEN", "KABUPATEN", "NAMA KABUPATEN KOTA", "KABUPATEN KOTA"),
        required=False,
    ),
    Field(name="district_found", headings=("NAMA KECAMATAN", "KECAMATAN")),
    Field(name=CODE, headings=("KODE DESA",), required=False),
    Field(name="village_found", headings=_VILLAGE),
    Field(name="iks", headings=_index("IKS")),
    Field(name="ike", headings=_index("IKE")),
    Field(name="ikl", headings=_index("IKL")),
    Field(name="idm", headings=("NILAI IDM", "IDM", "IDM NILAI", "INDEKS DESA MEMBANGUN NILAI")),
    Field(name="idm_status", headings=("STATUS IDM", "STATUS", "IDM STATUS", "INDEKS DESA MEMBANGUN STATUS")),
)


def _recognise(sheet: RawSheet) -> Recognition:
    first = find_first_heading_row(sheet, anchors=_VILLAGE)
    if first is None:
        missing = tuple(field.headings[0] for field in _FIELDS if field.required)
        return Recognition(layout=NAME, score=0.0, missing=missing)
    headings, first_data_row = flatten_headings(sheet, first)
    undated = [" ".join(_YEAR.sub("", heading).split()) for heading in headings]
    return fit_headings(undated, layout=NAME, fields=_FIELDS, heading_row=first, first_data_row=first_data_row)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    year, dated_by = _year(cells, given)
    rows = _first_rows(cells)
    records = [_record(cells, row) | {"year": year} for row in rows] if year else []
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, dict.fromkeys(INDICES, "Float64") | {"idm_status": "object", "year": "Int64"}),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        regency_hints=regency_hints(cells, None),
        dated_by=dated_by,
    )


def _year(cells: CellReader, given: dt.date | None) -> tuple[int | None, DatedBy | None]:
    """Return the year: the caller's word, else the only one in titles and headings, else the only one in the name."""
    if given:
        return given.year, "parameter"
    fit = cells.fit
    written = [str(cell) for row in cells.sheet.rows[fit.heading_row : fit.first_data_row] for cell in row]
    if year := only_year_in(" ".join([*texts_above(cells.sheet, fit), *written])):
        return year, "content"
    if year := only_year_in(cells.sheet.path.name):
        return year, "file_name"
    cells.faults.append(Fault(code="ingest.year_unknown", file=cells.sheet.file, sheet=cells.sheet.sheet))
    return None, None


def _first_rows(cells: CellReader) -> list[int]:
    """Return the index of the first row of each desa: blank rows, sums and rows that run on left out.

    A row runs on where its names and its index are blank or those of the desa above (merged cells repeat them).
    """
    rows: list[int] = []
    for row in range(cells.fit.first_data_row, len(cells.sheet.rows)):
        village = cells.text(row, "village_found")
        if cells.blank(row) or is_column_number(village) or is_sum_row([village, cells.text(row, "district_found")]):
            continue
        if not rows or not _runs_on(cells, row, rows[-1]):
            rows.append(row)
    return rows


def _runs_on(cells: CellReader, row: int, above: int) -> bool:
    names = ("district_found", "village_found", *INDICES)
    return all(cells.text(row, name) in (None, cells.text(above, name)) for name in names)


def _record(cells: CellReader, row: int) -> dict[str, Any]:
    return (
        {ROW: row + 1, "idm_status": read_status(cells, row)}
        | {name: cells.text(row, name) for name in PLACE}
        | {CODE: code_tail(cells.text(row, CODE))}
        | {name: cells.real(row, name, lower=0, upper=1) for name in INDICES}
    )


IDM_RECOMMENDATION: Final = Layout(name=NAME, recognise=_recognise, read=_read)
