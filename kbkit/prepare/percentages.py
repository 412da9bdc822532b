"""The percentages that e-PPGBM prints beside its counts: read for one check, and used for nothing else.

They are read from the raw cells, which the layout therefore keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kbkit.ingest.extract import ROW
from kbkit.ingest.headings import SEARCH_ROWS, normalise_heading
from kbkit.ingest.numbers import NotANumberError, parse_real
from kbkit.ingest.sheet import RawSheet
from kbkit.prepare.part import Part

_HEADINGS: Final[Mapping[str, str]] = {"measured_percent": "% DIUKUR", "stunted_percent": "% STUNTING"}


def with_percentages(part: Part) -> pd.DataFrame:
    """Return the matched rows of e-PPGBM with ``measured_percent`` and ``stunted_percent``, missing where unprinted."""
    rows = part.matched.rows
    return rows.assign(
        **{
            name: pd.Series(
                [_printed(part.extract.sheet, column, row) for row in rows[ROW]], rows.index, dtype="Float64"
            )
            for name, heading in _HEADINGS.items()
            for column in (_column(part.extract.sheet, heading),)
        }
    )


def _column(sheet: RawSheet, heading: str) -> int | None:
    for row in sheet.rows[:SEARCH_ROWS]:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and normalise_heading(cell) == heading:
                return index
    return None


def _printed(sheet: RawSheet, column: int | None, row: int) -> float | None:
    if column is None or column >= len(sheet.rows[row - 1]):
        return None
    try:
        return parse_real(sheet.rows[row - 1][column], lower=0, percent=True)
    except NotANumberError:  # a cell that is no number has no figure to compare
        return None
