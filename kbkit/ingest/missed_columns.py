"""Columns that a layout would have read under another heading: told, for their numbers are missing without a sign.

A layout does without some of its columns, since exports come with and without them. Where one of these is absent and
an unknown heading looks much like it, or a column of numbers has no heading at all, somebody has misspelt or lost a
heading. It is never guessed which.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from kbkit.errors import Fault
from kbkit.ingest.grouped_headings import flatten_headings
from kbkit.ingest.headings import WIDEST, Recognition, normalise_heading
from kbkit.ingest.numbers import readings
from kbkit.ingest.sheet import Cell, RawSheet, is_blank

_NEAR: Final = 85
"""Likeness, 0-100, from which on a heading is taken for a misspelt one."""
_SAMPLE: Final = 20


def missed_columns(sheet: RawSheet, fit: Recognition) -> Iterator[Fault]:
    """Yield a warning for each column that may be one of the absent ones."""
    if not fit.absent:
        return
    taken = set(fit.columns.values())
    for column, heading in enumerate(_headings(sheet, fit)):
        if column in taken:
            continue
        near = [name for name in fit.absent if heading and fuzz.ratio(heading, name) >= _NEAR]
        if near:
            yield _fault("ingest.heading_near", sheet, found=heading, allowed=near[0])
        elif not heading and taken and column > min(taken) and _holds_numbers(sheet, fit, column):
            yield _fault("ingest.heading_blank", sheet, found=str(column + 1), allowed=", ".join(fit.absent))


def _headings(sheet: RawSheet, fit: Recognition) -> list[str]:
    if fit.first_data_row - fit.heading_row > 1:
        return flatten_headings(sheet, fit.heading_row)[0][:WIDEST]
    return [normalise_heading(cell) for cell in sheet.rows[fit.heading_row][:WIDEST]]


def _holds_numbers(sheet: RawSheet, fit: Recognition, column: int) -> bool:
    below = sheet.rows[fit.first_data_row : fit.first_data_row + _SAMPLE]
    cells = [row[column] for row in below if column < len(row) and not is_blank(row[column])]
    return bool(cells) and all(map(_is_number, cells))


def _is_number(cell: Cell) -> bool:
    return bool(readings(cell)) if isinstance(cell, str) else isinstance(cell, (int, float))


def _fault(code: str, sheet: RawSheet, *, found: str, allowed: str) -> Fault:
    return Fault(
        code=code, severity="warning", file=sheet.file, sheet=sheet.sheet, column=found, found=found, allowed=allowed
    )
