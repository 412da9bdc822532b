"""Stacked bars, one a row: parts of a whole side by side, each with its count where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kbkit.figures.palette import Fill
from kbkit.figures.panel import Panel

BAR: Final = 0.72
"""Height of a bar, in rows."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of every row.

    Attributes:
        counts: one a row.
        fill: of its bars.
        colour: of its numbers.
        boxed: whether its numbers stand on white, as over a hatching.
    """

    counts: Sequence[int]
    fill: Fill
    colour: str
    boxed: bool = False


def draw_stacked_bars(panel: Panel, parts: Sequence[Part], *, narrowest: Sequence[float]) -> None:
    """Draw the parts of every row from left to right.

    Args:
        panel: with its scales; rows stand one apart from 0.
        parts: in their order.
        narrowest: of every row, the count up to which a bar is too short for its number.
    """
    start = [0] * len(narrowest)
    for part in parts:
        placed = list(zip(start, part.counts, strict=True))
        panel.boxes([(left, row - BAR / 2, count, BAR) for row, (left, count) in enumerate(placed)], part.fill)
        for row, ((left, count), least) in enumerate(zip(placed, narrowest, strict=True)):
            if count > least:
                panel.write(str(count), left + count / 2, row, size=7.5, colour=part.colour, across="center",
                            up="middle", box=float(part.boxed))  # fmt: skip
        start = [before + count for before, count in placed]
