"""Rows with more or fewer fields than their headings: which number belongs to which heading nobody can say.

A delimiter inside a name, a field that was lost, a line cut off: all numbers behind it stand under other headings. Such
a row is not read, and the fault names it. Spreadsheets keep cells in their places and have no such rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kbkit.errors import Fault
from kbkit.ingest.headings import Recognition
from kbkit.ingest.sheet import Cell, RawSheet, as_text, is_blank

_DELIMITERS: Final = (";", ",", "\t", "|")


def without_ragged_rows(sheet: RawSheet, fit: Recognition) -> tuple[RawSheet, tuple[Fault, ...]]:
    """Return the sheet with its ragged rows emptied, and a fault for each.

    Notes, blank lines and sums that consist of one text are no rows of the table and are left as they are.
    """
    if sheet.kind == "workbook":
        return sheet, ()
    headings = sheet.rows[fit.heading_row : fit.first_data_row]
    widest = max(map(len, headings))
    least = max(map(_filled_width, headings))
    rows = list(sheet.rows)
    lengths = Counter(len(row) for row in rows[fit.first_data_row :] if len(row) > 1)
    usual = max(lengths, key=lambda length: (lengths[length], -length), default=0)
    faults: list[Fault] = []
    for index in range(fit.first_data_row, len(rows)):
        if _is_ragged(rows[index], least, widest, usual):
            faults.append(
                Fault(
                    code="ingest.ragged_row",
                    file=sheet.file,
                    sheet=sheet.sheet,
                    row=index + 1,
                    found=str(len(rows[index])),
                    allowed=str(least),
                )
            )
            rows[index] = ()
    return (replace(sheet, rows=tuple(rows)), tuple(faults)) if faults else (sheet, ())


def _is_ragged(row: Sequence[Cell], least: int, widest: int, usual: int) -> bool:
    if least <= len(row) <= widest:
        return False
    if len(row) == usual > widest and all(map(is_blank, row[widest:])):  # a delimiter ends every row
        return False
    texts = {text for cell in row if (text := as_text(cell))}
    return len(texts) > 1 or any(_is_undivided(text, least) for text in texts)


def _is_undivided(text: str, width: int) -> bool:
    """Whether a single text is a whole row with another delimiter."""
    return max(map(text.count, _DELIMITERS)) >= width // 2 > 0


def _filled_width(row: Sequence[Cell]) -> int:
    """Return the number of cells up to the last one with something in it."""
    return max((index + 1 for index, cell in enumerate(row) if not is_blank(cell)), default=0)
