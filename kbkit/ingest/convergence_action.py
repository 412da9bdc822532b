"""The village table of Aksi Konvergensi (Aksi Bangda): both a BPS and a Kemendagri code beside the names.

The two codes have ten digits each and look alike, and their headings may be swapped: ``1406…`` is Kampar for BPS and
Rokan Hulu for Kemendagri. Both are kept beside the row, and only the names of the villages can say which is which.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import pandas as pd

from kbkit.domain.indicators import indicators_of
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import ROW, Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.village_table import VillageTable

NAME: Final = "convergence_action"
WRITTEN_CODES: Final = ("code_kemendagri_written", "code_bps_written")
"""Columns of the codes by their headings, which may be wrong; digits alone."""

_TABLE: Final = VillageTable(
    name=NAME,
    indicators=indicators_of(NAME),
    essential=frozenset({"convergence_families_at_risk", "convergence_under_fives", "convergence_short"}),
)
_FIELDS: Final = (
    *_TABLE.fields(),
    Field(name=WRITTEN_CODES[0], headings=("ID DESA DAGRI", "ID DESA KEMENDAGRI", "KODE DESA DAGRI"), required=False),
    Field(name=WRITTEN_CODES[1], headings=("ID DESA BPS", "KODE DESA BPS"), required=False),
)


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    extract = _TABLE.read(sheet, fit, given)
    cells = CellReader(sheet, fit)
    table = extract.table.copy()
    for name in WRITTEN_CODES:
        codes = [_digits(cells.text(row - 1, name)) for row in table[ROW].tolist()]
        table[name] = pd.Series(codes, index=table.index, dtype="object")
    return replace(extract, table=table)


def _digits(code: str | None) -> str | None:
    return "".join(letter for letter in code if letter.isdecimal()) if code else None


CONVERGENCE_ACTION: Final = Layout(name=NAME, recognise=_recognise, read=_read)
