"""The portal's export "Rekap Klasifikasi": one row a Kampung KB, 12 scores, 3 indices, tier; names without codes.

The export holds no date. The portal keeps no history and computes the tier anew at every view, so the day of the
export is the only thing that dates it: it stands in the name of the file, or the caller gives it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.domain.tiers import HIGHEST_SCORE, SCORES, TIERS
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.snapshots import read_snapshot

NAME: Final = "classification"

_SCORE_HEADINGS: Final = (
    "INPUT POKJA",
    "INPUT SUMBER DANA",
    "INPUT POKTAN",
    "INPUT SARANA",
    "INPUT PKB PLKB",
    "PROSES PENGGUNAAN DATA",
    "PROSES OPERASIONAL",
    "PROSES LINTAS SEKTOR",
    "OUTPUT POKTAN",
    "OUTPUT CPR",
    "OUTPUT MKJP",
    "OUTPUT UNMET NEED",
)
_INDICES: Final = {
    "index_input": ("INDEX INPUT", "INDEKS INPUT"),
    "index_process": ("INDEX PROSES", "INDEKS PROSES"),
    "index_output": ("INDEX OUTPUT", "INDEKS OUTPUT"),
}
_FIELDS: Final = (
    Field(name="kampung_kb_name", headings=("KAMPUNG KB", "NAMA KAMPUNG KB")),
    Field(name="province_found", headings=("PROVINSI",)),
    Field(name="regency_found", headings=("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA")),
    Field(name="district_found", headings=("KECAMATAN",)),
    Field(name="village_found", headings=("DESA", "DESA KELURAHAN", "KELURAHAN")),
    *(Field(name=name, headings=(heading,)) for name, heading in zip(SCORES, _SCORE_HEADINGS, strict=True)),
    *(Field(name=name, headings=headings) for name, headings in _INDICES.items()),
    Field(name="tier", headings=("KLASIFIKASI", "KLASIFIKASI KAMPUNG KB")),
)
_COLUMNS: Final = (
    {"kampung_kb_name": "object"}
    | dict.fromkeys(SCORES, "Int64")
    | dict.fromkeys(_INDICES, "Float64")
    | {"tier": "object", "snapshot_date": "object"}
)


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    return read_snapshot(sheet, fit, given, record=_record, columns=_COLUMNS)


def _record(cells: CellReader, row: int, date: dt.date) -> dict[str, Any]:
    record: dict[str, Any] = {ROW: row + 1, "snapshot_date": date, "tier": _tier(cells, row)}
    for name in ("kampung_kb_name", "province_found", "regency_found", "district_found", "village_found"):
        record[name] = cells.text(row, name)
    for name in SCORES:
        record[name] = _score(cells, row, name)
    for name in _INDICES:
        record[name] = cells.real(row, name, lower=1, upper=4)
    return record


def _score(cells: CellReader, row: int, name: str) -> int | None:
    """Return a score of 1 to its highest; another number is no score and is missing."""
    score = cells.count(row, name)
    if score is None or 1 <= score <= HIGHEST_SCORE[name]:
        return score
    cells.fault("ingest.score_out_of_range", row=row, name=name, allowed=f"1–{HIGHEST_SCORE[name]}", severity="warning")
    return None


def _tier(cells: CellReader, row: int) -> str | None:
    text = cells.text(row, "tier")
    if text is None or text.casefold() in TIERS:
        return text.casefold() if text else None
    cells.fault("ingest.not_a_tier", row=row, name="tier", allowed=", ".join(TIERS), severity="warning")
    return None


CLASSIFICATION: Final = Layout(name=NAME, recognise=_recognise, read=_read)
