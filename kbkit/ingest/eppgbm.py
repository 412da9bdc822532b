"""e-PPGBM by village, as xlsx and as the HTML table that is named ``.xls``.

Both carry a stamp ``Data Tanggal : …`` and group the classes of height for age under TB/U. ``Puskesmas``,
``Kecamatan``, ``Sasaran``, ``Diukur`` and the outlier classes come and go. The regency stands in the total row, in a
title, or nowhere but in the name of the file.

Children with a class of height for age are the denominator, outliers out; children weighed are not (Permenkes 2/2020
classes; an outlier is no plausible measurement).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from kbkit.domain.periods import period_of
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout, canonical_table
from kbkit.ingest.grouped_headings import find_first_heading_row, flatten_headings
from kbkit.ingest.headings import Field, Recognition, fit_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints, stamp_of
from kbkit.ingest.totals import is_column_number, is_total

NAME: Final = "eppgbm"
VILLAGE_HEADINGS: Final = (
    "DESA KELURAHAN",
    "DESA",
    "KELURAHAN",
    "DESA KEL",
    "KELURAHAN DESA",
    "KEL DESA",
    "NAMA DESA",
    "NAMA DESA KELURAHAN",
)
PLACE_FIELDS: Final = (
    Field(name="number", headings=("NO", "NOMOR"), required=False),
    Field(name="regency_found", headings=("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA"), required=False),
    Field(name="district_found", headings=("KECAMATAN", "KEC"), required=False),
    Field(name="health_centre_found", headings=("PUSKESMAS", "PUKESMAS", "NAMA PUSKESMAS"), required=False),
    Field(name="village_found", headings=VILLAGE_HEADINGS),
)
_CLASSES: Final = (
    Field(name="very_short", headings=("TB U SANGAT PENDEK", "SANGAT PENDEK")),
    Field(name="short", headings=("TB U PENDEK", "PENDEK")),
    Field(name="normal", headings=("TB U NORMAL", "TB U TINGGI BADAN NORMAL")),
    Field(name="tall", headings=("TB U TINGGI", "TB U TINGGI BADAN LEBIH")),
)
_CLASS_HEADINGS: Final = frozenset(heading for field in _CLASSES for heading in field.headings)
_OTHERS: Final = (
    Field(name="outlier", headings=("TB U OUTLIER", "TB U OUTLIERS"), required=False),
    Field(name="target", headings=("SASARAN", "JUMLAH SASARAN", "SASARAN BALITA"), required=False),
)
_PRINTED: Final = (("measured_printed", ("DIUKUR", "JUMLAH DIUKUR")), ("stunted_printed", ("STUNTING",)))
_PERCENTS: Final = (
    Field(name="measured_percent", headings=("% DIUKUR",), required=False),
    Field(name="stunted_percent", headings=("% STUNTING",), required=False),
)
"""Printed percentages: compared with the counts, and used for nothing else."""
_NOTHING_BY_NOTHING: Final = "#DIV/0!"
_WITH_CLASSES: Final = (
    *_CLASSES,
    *_OTHERS,
    *_PERCENTS,
    *(Field(name=name, headings=headings, required=False) for name, headings in _PRINTED),
)
_WITHOUT_CLASSES: Final = (*_OTHERS, *_PERCENTS, *(Field(name=name, headings=headings) for name, headings in _PRINTED))
COUNTS: Final = ("children_target", "children_measured", "children_stunted", "children_severely_stunted")
COLUMNS: Final = (
    dict.fromkeys((*COUNTS, "measured_printed", "stunted_printed", "outlier"), "Int64")
    | {field.name: "Float64" for field in _PERCENTS}
    | {"period": "object"}
)


def _recognise(sheet: RawSheet) -> Recognition:
    return recognise_heights(sheet, layout=NAME, places=PLACE_FIELDS, anchors=VILLAGE_HEADINGS)


def recognise_heights(
    sheet: RawSheet, *, layout: str, places: tuple[Field, ...], anchors: Sequence[str]
) -> Recognition:
    """Return how well a sheet fits a table of height for age: with its classes, or with printed counts alone.

    Args:
        sheet: the sheet.
        layout: name of the layout.
        places: columns of the places that the rows are about.
        anchors: headings of which one must stand in the first row of the headings.
    """
    first = find_first_heading_row(sheet, anchors=anchors)
    if first is None:
        missing = tuple(field.headings[0] for field in (*places, *_WITH_CLASSES) if field.required)
        return Recognition(layout=layout, score=0.0, missing=missing)
    headings, first_data_row = flatten_headings(sheet, first)
    headings = [heading.replace("TB U PB U", "TB U").replace("PB U", "TB U") for heading in headings]
    with_classes, without = (
        fit_headings(
            headings, layout=layout, fields=(*places, *fields), heading_row=first, first_data_row=first_data_row
        )
        for fields in (_WITH_CLASSES, _WITHOUT_CLASSES)
    )
    if not without.recognised or with_classes.recognised:
        return with_classes
    some = any(heading in _CLASS_HEADINGS or heading.split()[:2] == ["TB", "U"] for heading in headings)
    return replace(without, incomplete=with_classes.missing if some else ())


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    stamp = stamp_of(sheet, fit)
    date = stamp or given
    if date is None:
        cells.faults.append(Fault(code="ingest.period_unknown", file=sheet.file, sheet=sheet.sheet))
    rows, totals = village_rows(cells)
    records = [record_of(cells, row) | {"period": period_of(date)} for row in rows] if date else []
    total = totals[-1] if totals else None
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, COLUMNS),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        total={name: value for name, value in record_of(cells, total).items() if name in COUNTS} if total else {},
        regency_hints=regency_hints(cells, total),
        date=date,
        dated_by="content" if stamp else "parameter" if given else None,
    )


def village_rows(cells: CellReader) -> tuple[list[int], list[int]]:
    """Return the indices of the rows of villages and of the rows of totals."""
    rows: list[int] = []
    totals: list[int] = []
    for row in range(cells.fit.first_data_row, len(cells.sheet.rows)):
        number, village = cells.text(row, "number"), cells.text(row, "village_found")
        if is_total(number, village):  # also where its name is all that a total says
            totals.append(row)
        elif not cells.blank(row) and not is_column_number(village):
            rows.append(row)
    cells.sums.update(totals)
    return rows, totals


def place_of(cells: CellReader, row: int) -> dict[str, Any]:
    """Return the names of a row and its place in the sheet."""
    names = ("regency_found", "district_found", "health_centre_found", "village_found")
    return {ROW: row + 1} | {name: cells.text(row, name) for name in names}


def record_of(cells: CellReader, row: int) -> dict[str, Any]:
    """Return the names and counts of a row; what is measured and stunted from the classes where there are classes."""
    record = place_of(cells, row)
    printed = {name: cells.count(row, name) for name, _ in _PRINTED}
    very_short = cells.count(row, "very_short")
    if cells.has("very_short"):
        short, normal, tall = (cells.count(row, name) for name in ("short", "normal", "tall"))
        measured, stunted = _sum(very_short, short, normal, tall), _sum(very_short, short)
    else:
        measured, stunted = printed["measured_printed"], printed["stunted_printed"]
    return (
        record
        | printed
        | {
            "children_target": cells.count(row, "target"),
            "children_measured": measured,
            "children_stunted": stunted,
            "children_severely_stunted": very_short,
            "outlier": cells.count(row, "outlier"),
        }
        | {field.name: _percent(cells, row, field.name) for field in _PERCENTS if cells.has(field.name)}
    )


def _percent(cells: CellReader, row: int, name: str) -> float | None:
    """Return a printed percentage; nothing by nothing is none, and no fault: its counts are what is used."""
    if cells.text(row, name) == _NOTHING_BY_NOTHING:
        return None
    return cells.real(row, name, lower=0, percent=True)


def _sum(*counts: int | None) -> int | None:
    """Return the sum, missing where a part is missing: a part of a count is not the count."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


EPPGBM: Final = Layout(name=NAME, recognise=_recognise, read=_read)
