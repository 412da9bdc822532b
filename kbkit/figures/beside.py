"""Names beside their marks, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbkit.figures.panel import Box, Panel, Point
from kbkit.figures.typeface import width_of
from kbkit.figures.words import CAPITAL, DEPTH

_ROUGHLY: Final[Box] = (0, 0, 400, 125)
"""Where a panel will stand, near enough to tell whether two names meet."""

_AWAY: Final = 5.0
_SIDES: Final = ((-1.0, 0.0), (0.0, 0.0), (-0.5, 1.0), (-0.5, -1.0))
"""Left, right, above, below: where a name starts in its widths from the mark, and how many lines above it."""


def write_beside(
    panel: Panel, names: Sequence[tuple[str, Point]], *, colours: Sequence[str], size: float, mark: float
) -> None:
    """Write each name on the first side of its mark where it meets no mark, no other name and no edge.

    Args:
        panel: with its scales.
        names: what is written, and the point of the mark.
        colours: one a name.
        size: type size in points.
        mark: size of the marks in points.
    """
    panel.place(_ROUGHLY)
    marks = [panel.on_page(point) for _, point in names]
    taken: list[Box] = [(x - mark / 2, y - mark / 2, mark, mark) for x, y in marks]
    for (name, point), (x, y), colour in zip(names, marks, colours, strict=True):
        boxes = [_box(x, y, width_of(name, size), size, side) for side in _SIDES]
        free = (box for box in boxes if _inside(box) and not any(_meet(box, other) for other in taken))
        box = next(free, boxes[0])
        taken.append(box)
        shift = (box[0] - x, box[1] + DEPTH * size - y)
        panel.write(name, *point, size=size, colour=colour, shift=shift, box=0.7)


def _box(x: float, y: float, width: float, size: float, side: Point) -> Box:
    across, up = side
    start = x + across * width + (0 if up else _AWAY if across == 0 else -_AWAY)
    height = (CAPITAL + DEPTH) * size
    return start, y - height / 2 + up * (height / 2 + _AWAY), width, height


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[0] + box[2] <= _ROUGHLY[2] and box[1] >= 0 and box[1] + box[3] <= _ROUGHLY[3]


def _meet(here: Box, there: Box) -> bool:
    return all(here[a] < there[a] + there[a + 2] and there[a] < here[a] + here[a + 2] for a in (0, 1))
