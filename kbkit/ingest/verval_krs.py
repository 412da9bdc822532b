"""Verval KRS (verification of families at risk of stunting): one row a village, ``;`` between the fields.

``KODE`` holds only the last four digits of the Kemendagri code, which repeat in every kecamatan: the names tell the
village, the digits can only confirm it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from kbkit.dataset.schema import FAMILY_COUNTS
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import CODE, ROW, Extract, Layout, canonical_table
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.sheet import RawSheet

NAME: Final = "verval_krs"

_HEADINGS: Final = (
    "JUMLAH KELUARGA",
    "JUMLAH KELUARGA SASARAN",
    "JUMLAH KRS",
    "JUMLAH TIDAK BERESIKO",
    "KESEJAHTERAAN 1",
    "KESEJAHTERAAN 2",
    "KESEJAHTERAAN 3",
    "KESEJAHTERAAN 4",
    "KESEJAHTERAAN > 4",
    "PUNYA BADUTA",
    "PUNYA BALITA",
    "PUS",
    "PUS HAMIL",
    "SUMBER AIR MINUM TIDAK LAYAK",
    "JAMBAN TIDAK LAYAK",
    "TERLALU MUDA",
    "TERLALU TUA",
    "TERLALU DEKAT",
    "TERLALU BANYAK",
    "PUS 4T",
    "BUKAN PESERTA KB MODERN",
)
"""Headings of the counts in the order of ``FAMILY_COUNTS``."""
_ESSENTIAL: Final = frozenset({"families_target", "families_at_risk", "families_not_at_risk"})
_FIELDS: Final = (
    Field(name="province_found", headings=("PROVINSI",)),
    Field(name="regency_found", headings=("KABUPATEN", "KABUPATEN KOTA")),
    Field(name="district_found", headings=("KECAMATAN",)),
    Field(name=CODE, headings=("KODE",), required=False),
    Field(name="village_found", headings=("KELURAHAN", "DESA", "DESA KELURAHAN", "KELURAHAN DESA")),
    Field(name="semester", headings=("PERIODE",)),
    *(
        Field(name=name, headings=(heading, heading.replace("BERESIKO", "BERISIKO")), required=name in _ESSENTIAL)
        for name, heading in zip(FAMILY_COUNTS, _HEADINGS, strict=True)
    ),
)
_SEMESTER: Final = re.compile(r"SEM(?:ESTER)?\.?\s*(1|2|I|II)\s*(?:TAHUN\s*)?[-/ ]*(20\d{2})", re.IGNORECASE)
_DIGITS: Final = {"1": "1", "I": "1", "2": "2", "II": "2"}


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    del given  # every row carries its semester
    cells = CellReader(sheet, fit)
    rows = cells.filled_rows()
    records = [record for row in rows if (record := _record(cells, row))]
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, dict.fromkeys(FAMILY_COUNTS, "Int64") | {"semester": "object"}),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        dated_by="content",
    )


def _record(cells: CellReader, row: int) -> dict[str, Any] | None:
    """Return a row; ``None`` where its semester cannot be read, for without it the row belongs nowhere."""
    semester = _SEMESTER.search(cells.text(row, "semester") or "")
    if semester is None:
        cells.fault("ingest.not_a_semester", row=row, name="semester", allowed="Sem 2 2024")
        return None
    names = ("province_found", "regency_found", "district_found", "village_found", CODE)
    return (
        {ROW: row + 1, "semester": f"{semester[2]}-S{_DIGITS[semester[1].upper()]}"}
        | {name: cells.text(row, name) for name in names}
        | {name: cells.count(row, name) for name in FAMILY_COUNTS}
    )


VERVAL_KRS: Final = Layout(name=NAME, recognise=_recognise, read=_read)
