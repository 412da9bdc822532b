"""Names beside their marks, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, dist
from typing import Final

from kbkit.figures.panel import Box, Panel, Point
from kbkit.figures.typeface import width_of
from kbkit.figures.words import CAPITAL, DEPTH

_ROUGHLY: Final[Box] = (0, 0, 400, 125)
"""Where a panel will stand, near enough to tell whether two names meet."""

_AWAY: Final = 5.0
_SIDES: Final = ((-1.0, 0.0), (0.0, 0.0), (-0.5, 1.0), (-0.5, -1.0))
"""Left, right, above, below: where a name starts in its widths from the mark, and how many lines above it."""

_STEP: Final = 3.0
"""Points between the places of a line that a name must not cover: less than a name is high."""


def write_beside(
    panel: Panel,
    names: Sequence[tuple[str, Point]],
    *,
    colours: Sequence[str],
    size: float,
    mark: float,
    lines: Sequence[Sequence[Point]] = (),
) -> None:
    """Write each name on the first side of its mark where it meets no mark, no other name, no edge and no line.

    Where every side meets a line, the line is crossed: that reads better than a name over a name.

    Args:
        panel: with its scales.
        names: what is written, and the point of the mark.
        colours: one a name.
        size: type size in points.
        mark: size of the marks in points.
        lines: each by its points.
    """
    panel.place(_ROUGHLY)
    marks = [panel.on_page(point) for _, point in names]
    taken: list[Box] = [(x - mark / 2, y - mark / 2, mark, mark) for x, y in marks]
    crossed = [place for line in lines for place in _along([panel.on_page(point) for point in line])]
    for (name, point), (x, y), colour in zip(names, marks, colours, strict=True):
        boxes = [_box(x, y, width_of(name, size), size, side) for side in _SIDES]
        free = [box for box in boxes if _inside(box) and not any(_meet(box, other) for other in taken)]
        clear = (box for box in free if not any(_meet(box, place) for place in crossed))
        box = next(clear, (free or boxes)[0])
        taken.append(box)
        shift = (box[0] - x, box[1] + DEPTH * size - y)
        panel.write(name, *point, size=size, colour=colour, shift=shift, box=0.7)


def _along(line: Sequence[Point]) -> Iterator[Box]:
    """Yield places of a line as boxes without a size."""
    for start, end in pairwise(line):
        steps = ceil(dist(start, end) / _STEP)
        for step in range(steps):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
            yield x, y, 0.0, 0.0


def _box(x: float, y: float, width: float, size: float, side: Point) -> Box:
    across, up = side
    start = x + across * width + (0 if up else _AWAY if across == 0 else -_AWAY)
    height = (CAPITAL + DEPTH) * size
    return start, y - height / 2 + up * (height / 2 + _AWAY), width, height


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[0] + box[2] <= _ROUGHLY[2] and box[1] >= 0 and box[1] + box[3] <= _ROUGHLY[3]


def _meet(here: Box, there: Box) -> bool:
    return all(here[a] < there[a] + there[a + 2] and there[a] < here[a] + here[a + 2] for a in (0, 1))
