"""The portal's public table "Jumlah Kampung KB menurut Klasifikasi": how many of each tier, by area.

Its column of areas changes its label with the level that is shown: Provinsi, Kabupaten, Kecamatan, Desa. Counts and
percentages stand under each tier; the percentages follow from the counts and are not kept. The last row is a total.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from kbkit.domain.indicators import indicators_of
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout, canonical_table
from kbkit.ingest.grouped_headings import find_first_heading_row, flatten_headings
from kbkit.ingest.headings import Field, Recognition, fit_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.snapshots import snapshot_date_of
from kbkit.ingest.stamps import regency_hints
from kbkit.ingest.totals import is_sum_row

NAME: Final = "tier_counts"

_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "village": ("DESA", "DESA KELURAHAN", "KELURAHAN"),
    "district": ("KECAMATAN",),
    "regency": ("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA"),
    "province": ("PROVINSI",),
}
"""Labels of the column of areas, the lowest level first: it is the one that a row is about."""
_INDICATORS: Final = indicators_of(NAME)
_FIELDS: Final = (
    Field(name="number", headings=("NO", "NOMOR"), required=False),
    *(Field(name=level, headings=headings, required=False) for level, headings in _LEVELS.items()),
    Field(name="area_found", headings=tuple(heading for headings in _LEVELS.values() for heading in headings)),
    *(Field(name=item.name, headings=item.headings) for item in _INDICATORS),
)


def _recognise(sheet: RawSheet) -> Recognition:
    first = find_first_heading_row(sheet, anchors=[heading for headings in _LEVELS.values() for heading in headings])
    if first is None:
        missing = tuple(field.headings[0] for field in _FIELDS if field.required)
        return Recognition(layout=NAME, score=0.0, missing=missing)
    headings, first_data_row = flatten_headings(sheet, first)
    return fit_headings(headings, layout=NAME, fields=_FIELDS, heading_row=first, first_data_row=first_data_row)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    cells = CellReader(sheet, fit)
    date, dated_by = snapshot_date_of(sheet, given, cells.faults)
    level = next(level for level in _LEVELS if cells.has(level))
    filled = cells.filled_rows()
    sums = [row for row in filled if is_sum_row([cells.text(row, level), cells.text(row, "number")])]
    rows = [row for row in filled if row not in sums]
    records = [_record(cells, row, level) | {"period": date.isoformat()} for row in rows] if date else []
    columns = dict.fromkeys((item.name for item in _INDICATORS), "Float64")
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, {"level": "object", "area_found": "object", "period": "object"} | columns),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        total={item.name: cells.count(sums[0], item.name) for item in _INDICATORS} if len(sums) == 1 and date else {},
        regency_hints=regency_hints(cells, None),
        date=date,
        dated_by=dated_by,
    )


def _record(cells: CellReader, row: int, level: str) -> dict[str, Any]:
    places = {f"{name}_found": cells.text(row, name) for name in _LEVELS if name != level}
    name = cells.text(row, level)
    return (
        {ROW: row + 1, "level": level, "area_found": name}
        | places
        | {f"{level}_found": name}
        | {item.name: cells.count(row, item.name) for item in _INDICATORS}
    )


TIER_COUNTS: Final = Layout(name=NAME, recognise=_recognise, read=_read)
