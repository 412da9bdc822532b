"""Headings in two or three rows: a group ("TB/U") over its members ("Sangat Pendek", "Pendek", …)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kbkit.ingest.headings import SEARCH_ROWS, WIDEST, normalise_heading
from kbkit.ingest.numbers import is_missing, readings
from kbkit.ingest.sheet import Cell, RawSheet, is_blank

_DEEPEST: Final = 3


def find_first_heading_row(sheet: RawSheet, *, anchors: Sequence[str]) -> int | None:
    """Return the index of the first row that holds one of the anchor headings."""
    wanted = set(anchors)
    return next(
        (
            index
            for index, row in enumerate(sheet.rows[:SEARCH_ROWS])
            if any(isinstance(cell, str) and normalise_heading(cell) in wanted for cell in row[:WIDEST])
        ),
        None,
    )


def flatten_headings(sheet: RawSheet, first: int) -> tuple[list[str], int]:
    """Return one heading a column, and the index of the first row under the headings.

    A group and its member are joined: ``"TB U PENDEK"``. A group written once above several members holds for each
    of them, whether or not its cells are merged.
    """
    depth = 1
    while depth < _DEEPEST and first + depth < len(sheet.rows) and not _below_headings(sheet.rows[first + depth]):
        depth += 1
    rows = sheet.rows[first : first + depth]
    width = max(len(row) for row in rows)
    levels = [[normalise_heading(row[i]) if i < len(row) else "" for i in range(width)] for row in rows]
    for upper, lower in pairwise(levels):
        for i in range(1, width):
            if not upper[i] and lower[i]:
                upper[i] = upper[i - 1]
    joined = [" ".join(dict.fromkeys(level[i] for level in levels if level[i])) for i in range(width)]
    return joined, first + depth


def _below_headings(row: Sequence[Cell]) -> bool:
    """Whether a row is no heading: blank, with a number or a sign of a missing one, or numbering the columns: (1)."""
    filled = [cell for cell in row if not is_blank(cell)]
    return not filled or any(
        not isinstance(cell, str) or is_missing(cell) or readings(cell.strip("() ")) for cell in filled
    )
