"""A table of shaded cells with their numbers, column names slanting above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from kbkit.figures.palette import GRID, INK, Fill, shades
from kbkit.figures.panel import Box, Panel
from kbkit.figures.scale import Scale, name_rows
from kbkit.figures.typeface import fit, width_of

_SLANT: Final = 50
_PAGE: Final = 410.0
"""Points that names of rows and all columns have together, nearly."""

_APART: Final = 0.75
"""Type size of slanting names, as a share of the column: lines of text then stand apart."""

_WIDEST: Final = 1.7
"""Width of the widest number with some air, as a multiple of its type size."""

_LONGEST: Final = 110.0
"""Points that a slanting name may take."""

_FINE: Final = 50
"""Shades that can be told apart: cells of one shade are one path."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: its place, the share of the darkest shade that it has, and its number as text."""

    row: int
    column: int
    share: float
    text: str


def draw_heat_map(
    panel: Panel, cells: Sequence[Cell], *, rows: Sequence[str], columns: Sequence[str], lightest: str, dark: float,
    name_size: float, size: float,
) -> None:  # fmt: skip
    """Draw cells.

    Args:
        panel: where.
        cells: what is known; other places stay empty.
        rows: names at the left.
        columns: names above.
        lightest: colour of a share of 0.
        dark: share from which on a cell is dark enough for white text.
        name_size: type size of the names.
        size: type size of the numbers; smaller where columns are narrow.
    """
    panel.size = name_size
    panel.outlined = ()
    panel.x = Scale(low=0, high=len(columns))
    panel.y = name_rows(rows)
    wide = (_PAGE - max(width_of(name, name_size) for name in rows)) / len(columns)
    _name_columns(panel, columns, size=min(name_size, _APART * wide), wide=wide)
    by_shade: dict[float, list[Box]] = {}
    for cell in cells:
        by_shade.setdefault(round(cell.share * _FINE) / _FINE, []).append((cell.column, cell.row - 0.5, 1, 1))
    for share, boxes in sorted(by_shade.items()):
        panel.boxes(boxes, Fill(face=shades(lightest=lightest, share=share), width=1.2))
    size = min(size, wide / _WIDEST)
    for cell in cells:
        colour = "white" if cell.share >= dark else INK
        panel.write(cell.text, cell.column + 0.5, cell.row, size=size, colour=colour, across="center", up="middle")


def _name_columns(panel: Panel, names: Sequence[str], *, size: float, wide: float) -> None:
    turn = radians(_SLANT)
    shown = [fit(name, size, _LONGEST) for name in names]
    panel.above = max(width_of(name, size) for name in shown) * sin(turn) + size
    reaches = (width_of(name, size) * cos(turn) - wide * (len(names) - at - 0.5) for at, name in enumerate(shown))
    panel.right = max(0.0, *reaches)
    for column, name in enumerate(shown):
        panel.write(name, column + 0.5, panel.y.high, size=size, shift=(2, 4), angle=_SLANT)


def rule_cells(panel: Panel, *, rows: int, columns: int) -> None:
    """Draw a grid between cells, where many are empty."""
    for at in range(columns + 1):
        panel.rule(at, upright=True, colour=GRID, width=0.8, order=0.5)
    for at in range(rows + 1):
        panel.rule(at - 0.5, upright=False, colour=GRID, width=0.8, order=0.5)
