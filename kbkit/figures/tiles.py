"""Villages as tiles where there are no boundaries: one square each, district by district."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import numpy as np

from kbkit.figures.picture import Label, Picture
from kbkit.results.villages import Village

ROW: Final = 8
"""Tiles in a row of a district's block."""

_LABEL: Final = 1.5
"""Height of a district's name above its block, in tiles."""

_GUTTER: Final = 1.2
"""Free space between blocks, in tiles."""

_TILE: Final = np.array([[0.04, 0.04], [0.96, 0.04], [0.96, 0.96], [0.04, 0.96]])
_MOST_COLUMNS: Final = 5


def tile_villages(villages: Sequence[Village]) -> Picture:
    """Set the districts in the order of their codes, down as many columns as bring the page nearest to a square."""
    ordered = sorted(villages, key=lambda village: village.code)
    groups = [list(group) for _, group in groupby(ordered, key=lambda village: village.district_code)]
    pictures = [_set_columns(groups, columns) for columns in range(1, min(_MOST_COLUMNS, len(groups)) + 1)]
    return min(pictures, key=lambda picture: abs(np.log(picture.height / picture.width)))


def _set_columns(groups: Sequence[Sequence[Village]], columns: int) -> Picture:
    total = sum(_height(group) for group in groups)
    corners, column, y, done = [], 0, 0.0, 0.0
    for group in groups:
        if y and column < columns - 1 and done + _height(group) / 2 > total * (column + 1) / columns:
            column, y = column + 1, 0.0
        corners.append((column * (ROW + _GUTTER), y))
        y, done = y + _height(group), done + _height(group)
    page = max(y + _height(group) for (_, y), group in zip(corners, groups, strict=True)) - _GUTTER / 2
    shapes = [
        (village.code, _TILE + np.array([x + place % ROW, page - y - _LABEL - 1 - place // ROW]))
        for (x, y), group in zip(corners, groups, strict=True)
        for place, village in enumerate(group)
    ]
    labels = [
        Label(text=group[0].district_name, x=x + 0.05, y=page - y - _LABEL + 0.25, width=float(ROW))
        for (x, y), group in zip(corners, groups, strict=True)
    ]
    width = (column + 1) * (ROW + _GUTTER) - _GUTTER if column else float(min(ROW, max(len(group) for group in groups)))
    return Picture(shapes=tuple(shapes), width=width, height=page, labels=tuple(labels))


def _height(group: Sequence[Village]) -> float:
    return _LABEL + -(-len(group) // ROW) + _GUTTER / 2
