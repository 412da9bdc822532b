"""The list of funding: which source gave a village's Kampung KB how much, in which year and for what.

One row a village, year, source and purpose. An amount of 0 says that the source gave nothing; a blank amount, that it
gave and the amount is not known. A village that no row names has said nothing: it is not without money.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kbkit.domain.funding import FUNDING_SOURCES, PURPOSES, purpose_key, source_key
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.office_list import (
    PLACE_COLUMNS,
    Vocabulary,
    read_list,
    read_place,
    read_rupiah,
    read_word,
    read_year,
)
from kbkit.ingest.sheet import RawSheet

NAME: Final = "funding"

COLUMNS: Final = (
    *PLACE_COLUMNS,
    Field(name="source", headings=("SUMBER DANA",)),
    Field(name="purpose", headings=("PERUNTUKAN", "PENGGUNAAN"), required=False),
    Field(name="amount", headings=("JUMLAH DANA RP", "JUMLAH DANA", "PAGU RP", "PAGU")),
    Field(name="spent", headings=("REALISASI RP", "REALISASI"), required=False),
)
"""Columns of the layout in the order of the template."""

_TYPES: Final = {"year": "Int64", "source": "object", "purpose": "object", "amount": "Int64", "spent": "Int64"}
_SOURCES: Final = Vocabulary(key_of=source_key, words=tuple(source.name for source in FUNDING_SOURCES))
_PURPOSES: Final = Vocabulary(key_of=purpose_key, words=tuple(PURPOSES.values()))


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=COLUMNS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    return read_list(CellReader(sheet, fit), layout=NAME, types=_TYPES, read_row=_record)


def _record(cells: CellReader, row: int) -> dict[str, Any] | None:
    """Return a row, ``None`` where it does not say its year or its source."""
    year = read_year(cells, row)
    source = source_key(cells.text(row, "source") or "")
    if source is None:
        cells.fault("lists.no_source", row=row, name="source", allowed="; ".join(_SOURCES.words))
    if year is None or source is None:
        return None
    return (
        read_place(cells, row)
        | {"year": year, "source": source, "purpose": read_word(cells, row, "purpose", _PURPOSES)}
        | {name: read_rupiah(cells, row, name) for name in ("amount", "spent")}
    )


FUNDING_LIST: Final = Layout(name=NAME, recognise=_recognise, read=_read)
