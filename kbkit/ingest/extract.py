"""What a layout's reader returns, and what a layout is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from kbkit.errors import Fault
from kbkit.ingest.headings import Recognition
from kbkit.ingest.sheet import RawSheet

DatedBy = Literal["file_name", "parameter", "content"]

PLACE: Final = ("province_found", "regency_found", "district_found", "village_found", "health_centre_found")
"""Names as the file writes them; ``None`` where it does not name that level."""
CODE: Final = "code_found"
"""A code as the file writes it: whole, or the last four digits in Verval KRS."""
ROW: Final = "source_row"


@dataclass(frozen=True, kw_only=True)
class Extract:
    """The canonical table of one sheet.

    Attributes:
        sheet: where it comes from; without its cells once the file is read, so that a folder does not stay in memory.
        layout: name of the layout.
        table: one row a data row of the sheet, with the columns of :data:`PLACE`, :data:`CODE`, :data:`ROW` and the
            layout's own.
        faults: what could not be read.
        rows_read: data rows met: no headings, totals, blank lines.
        total: values of the total row that the sheet prints, by canonical column; empty without one.
        regency_hints: where the sheet names its regency outside the rows, best first, each with its text.
        date: day that the data describe, where the sheet has one for all rows.
        dated_by: where the date was found.
    """

    sheet: RawSheet
    layout: str
    table: pd.DataFrame
    faults: tuple[Fault, ...]
    rows_read: int
    total: Mapping[str, int | None] = field(default_factory=dict)
    regency_hints: tuple[tuple[str, str], ...] = ()
    date: dt.date | None = None
    dated_by: DatedBy | None = None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A kind of export.

    Attributes:
        name: as ``dataset.json`` and the messages write it.
        recognise: how well a sheet fits.
        read: reads a recognised sheet; the date is one that the caller gives for the file, or ``None``.
    """

    name: str
    recognise: Callable[[RawSheet], Recognition]
    read: Callable[[RawSheet, Recognition, dt.date | None], Extract]


def canonical_table(records: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the canonical table of records.

    Args:
        records: one a data row; a column that is not in it is missing.
        columns: the layout's own columns and their pandas types.
    """
    kinds = dict.fromkeys(PLACE, "object") | {CODE: "object", ROW: "int64"} | dict(columns)
    return pd.DataFrame({name: _column([record.get(name) for record in records], kind) for name, kind in kinds.items()})


def _column(values: list[Any], kind: str) -> Any:
    """Return values as an array of a pandas type: what pandas makes of them, without its look at each whole number."""
    if kind in _NULLABLE:
        numbers, array = _NULLABLE[kind]
        known = np.array([0 if value is None else value for value in values])
        # Whole numbers only: of a fraction or "not a number" pandas knows what is to be done.
        if known.dtype == np.int64:
            return array(known.astype(numbers), np.array([value is None for value in values], dtype=np.bool_))
    return pd.Series(values, dtype=kind)


_NULLABLE: Final[Mapping[str, tuple[type, Callable[[Any, Any], Any]]]] = {
    "Int64": (np.int64, pd.arrays.IntegerArray),
    "Float64": (np.float64, pd.arrays.FloatingArray),
}
