"""An office's own list of the types of data of a Rumah Data: a table of one or two columns, xlsx or delimited.

``Jenis data`` names each type. A type that the built-in list knows by that name brings its sources along; for others
the column ``Sumber`` says where kbkit finds them: fields such as ``families.families`` or
``village_indicators.couples``, alternatives parted by commas, fields that only count together joined by ``+``. A type
without either is listed, and never found.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kbkit.dataset.schema import TABLES
from kbkit.domain.data_types import PLACEHOLDER, DataType, DataTypes
from kbkit.domain.indicators import INDICATORS
from kbkit.errors import Fault, InputError
from kbkit.ingest.cells import CellReader
from kbkit.ingest.headings import Field, find_headings
from kbkit.ingest.opening import open_sheets

_FIELDS: Final = (
    Field(name="name", headings=("JENIS DATA", "NAMA JENIS DATA", "DATA")),
    Field(name="sources", headings=("SUMBER", "SUMBER DATA"), required=False),
)
_TABLES: Final = ("families", "profiles", "stunting", "village_index")
KNOWN: Final = frozenset(f"{table}.{column}" for table in _TABLES for column in TABLES[table].names) | {
    f"village_indicators.{name}" for name in INDICATORS
}
"""Every field in which a type of data can be found."""


def read_data_types(path: Path) -> DataTypes:
    """Read a list of types.

    Raises:
        InputError: no such table, no type in it, or a source that kbkit does not know; carries every fault.
    """
    opened = open_sheets(path, label=path.name)
    if not opened.sheets:
        raise InputError(opened.faults)
    fits = [(sheet, find_headings(sheet, layout="data_types", fields=_FIELDS)) for sheet in opened.sheets]
    found = next(((sheet, fit) for sheet, fit in fits if fit.recognised), None)
    if found is None:
        raise InputError([Fault(code="ingest.no_data_types", file=path.name, allowed="Jenis data, Sumber")])
    cells = CellReader(*found)
    types = tuple(_data_type(cells, row) for row in cells.filled_rows() if cells.text(row, "name"))
    faults = [*cells.faults] if types else [Fault(code="ingest.no_data_types", file=path.name, allowed="Jenis data")]
    if faults:
        raise InputError(faults)
    return DataTypes(source="office", types=types)


def _data_type(cells: CellReader, row: int) -> DataType:
    name = cells.text(row, "name") or ""
    written = cells.text(row, "sources")
    if written is None:
        return DataType(name=name, sources=_known_by_name().get(name.casefold(), ()))
    return DataType(name=name, sources=tuple(_sources(cells, row, written)))


def _known_by_name() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {item.name.casefold(): item.sources for item in PLACEHOLDER.types}


def _sources(cells: CellReader, row: int, written: str) -> Iterator[tuple[str, ...]]:
    for alternative in written.split(","):
        fields = tuple(field.strip() for field in alternative.split("+"))
        for field in fields:
            if field not in KNOWN:
                cells.faults.append(
                    Fault(
                        code="ingest.unknown_data_source",
                        file=cells.sheet.file,
                        sheet=cells.sheet.sheet,
                        row=row + 1,
                        found=field,
                        nearest=next(iter(difflib.get_close_matches(field, sorted(KNOWN), n=1)), None),
                    )
                )
        yield fields
