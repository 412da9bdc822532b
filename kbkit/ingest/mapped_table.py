"""A table of villages that is read by the mapping beside it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from kbkit.domain.indicators import INDICATORS
from kbkit.errors import Fault, InputError
from kbkit.ingest.extract import Extract
from kbkit.ingest.headings import Recognition, normalise_heading
from kbkit.ingest.mapping import SUFFIX, ColumnMapping
from kbkit.ingest.meanings import IGNORE
from kbkit.ingest.recognised import read_recognised
from kbkit.ingest.sheet import RawSheet, as_text
from kbkit.ingest.village_table import VillageTable

MAPPED: Final = "mapped"
"""Name of the layout that is known by the mapping beside it, never by its content."""

_PLACES: Final = {name: f"{name}_found" for name in ("province", "regency", "district", "village")}


def read_mapped(sheet: RawSheet, mapping: ColumnMapping, given: dt.date | None) -> Extract:
    """Read the sheet of a table by its mapping.

    Raises:
        InputError: a column of the mapping is not there, or there twice; carries every fault.
    """
    means = {column.means for column in mapping.columns}
    indicators = tuple(item for name, item in INDICATORS.items() if name in means)
    table = VillageTable(name=MAPPED, indicators=indicators, essential=frozenset(), monthly="month" in means)
    return read_recognised(sheet, _columns_of(sheet, mapping), given, read=table.read)


def _columns_of(sheet: RawSheet, mapping: ColumnMapping) -> Recognition:
    row = mapping.heading_row - 1
    headings = [normalise_heading(cell) for cell in sheet.rows[row]] if row < len(sheet.rows) else []
    wanted = [column for column in mapping.columns if column.means != IGNORE]
    faults = [
        Fault(
            code="ingest.mapping_column_missing",
            file=sheet.file + SUFFIX,
            column=column.heading,
            row=mapping.heading_row,
        )
        for column in wanted
        if headings.count(normalise_heading(column.heading)) != 1
    ]
    if faults:
        raise InputError(faults)
    columns = {
        _PLACES.get(column.means, column.means): headings.index(normalise_heading(column.heading)) for column in wanted
    }
    return Recognition(
        layout=MAPPED,
        score=1.0,
        columns=columns,
        headings={name: as_text(sheet.rows[row][index]) or "" for name, index in columns.items()},
        heading_row=row,
        first_data_row=row + 1,
    )
