"""The portal's export "Rekap Kampung" (*profil rinci*): one row a Kampung KB, what it has and whom it counts.

Typed by Pokja and field workers and checked by nobody: populations of 8.8e9, negative counts, fewer people than
families. Every number stays as it is typed; what cannot be is an issue and not a correction. The portal leaves zeros
blank, so that blank is zero or not entered: it is missing here.

Like the classification, the export holds no date: it stands in the name of the file, or the caller gives it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.dataset.schema import PROFILE_COUNTS, PROFILE_FLAGS
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.snapshots import read_snapshot

NAME: Final = "profile"

_FLAG_HEADINGS: Final = (
    "POKJA PENGURUSAN",
    "POKJA SK",
    "POKJA PELATIHAN",
    "PLKB PENDAMPING",
    "REGULASI",
    "RKM",
    "PENGGUNAAN DATA",
)
_COUNT_HEADINGS: Final = (
    "JUMLAH SUMBER DANA",
    "POKJA JUMLAH",
    "POKJA JUMLAH TERLATIH",
    "REGULASI JUMLAH",
    "JUMLAH MEKANISME OPERASIONAL",
    "PUS",
    "PENDUDUK",
    "KELUARGA",
    "REMAJA",
    "MEMILIKI BALITA",
    "MEMILIKI REMAJA",
    "MEMILIKI LANSIA",
    "BKB",
    "BKR",
    "BKL",
    "UPPKA",
    "PIKR",
    "IUD",
    "MOW",
    "MOP",
    "KONDOM",
    "IMPLAN",
    "SUNTIK",
    "PIL",
    "HAMIL",
    "ANAK SEGERA",
    "ANAK KEMUDIAN",
    "TIDAK INGIN ANAK",
)
HEADINGS: Final = dict(zip(PROFILE_FLAGS + PROFILE_COUNTS, _FLAG_HEADINGS + _COUNT_HEADINGS, strict=True))
"""Heading of each column of the profile."""
_SPELLINGS: Final = {"UPPKA": ("UPPKA", "UPPKS"), "PIKR": ("PIKR", "PIK R")}
"""UPPKS is the former name of UPPKA."""
_PLACES: Final = (
    Field(name="kampung_kb_name", headings=("KAMPUNG KB", "NAMA KAMPUNG KB")),
    Field(name="province_found", headings=("PROVINSI",)),
    Field(name="regency_found", headings=("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA")),
    Field(name="district_found", headings=("KECAMATAN",)),
    Field(name="village_found", headings=("DESA", "DESA KELURAHAN", "KELURAHAN")),
)
_FIELDS: Final = (
    *_PLACES,
    *(Field(name=name, headings=_SPELLINGS.get(heading, (heading,))) for name, heading in HEADINGS.items()),
)
_COLUMNS: Final = (
    {"kampung_kb_name": "object"} | dict.fromkeys(PROFILE_FLAGS + PROFILE_COUNTS, "Int64") | {"snapshot_date": "object"}
)


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    return read_snapshot(sheet, fit, given, record=_record, columns=_COLUMNS)


def _record(cells: CellReader, row: int, date: dt.date) -> dict[str, Any]:
    record: dict[str, Any] = {ROW: row + 1, "snapshot_date": date}
    for place in _PLACES:
        record[place.name] = cells.text(row, place.name)
    for name in PROFILE_FLAGS:
        record[name] = cells.presence(row, name)
    for name in PROFILE_COUNTS:
        record[name] = cells.integer(row, name)
    return record


PROFILE: Final = Layout(name=NAME, recognise=_recognise, read=_read)
