"""Outlines on a page: islands far apart are moved together, all at one scale and in their order.

Land within :data:`NEAR` of other land is one group. A group without the main island of any area is left out: an islet
far at sea would cost the others their size. Where the sea between groups is wider than :data:`WIDEST_GAP`, the page is
cut there, from west to east or from south to north, and the parts are set side by side; each part again the same way.
All these lengths are shares of the side of a square as large as the boxes of all land together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kbkit.figures.picture import Picture, Shape
from kbkit.results.geography import Outlines

FloatArray = NDArray[np.float64]
Box = tuple[FloatArray, FloatArray]
"""Lower left and upper right corner."""

NEAR: Final = 0.10
WIDEST_GAP: Final = 0.25
KEPT_GAP: Final = 0.10
FRAME_MARGIN: Final = 0.03


def arrange_outlines(outlines: Outlines) -> Picture:
    """Return the outlines in kilometres, the sea between far groups shortened."""
    shapes = [
        (area.code, np.array(ring.split(), dtype=np.float64).reshape(-1, 2) * outlines.unit_km)
        for area in outlines.areas
        for ring in area.rings
    ]
    side = float(np.sqrt(sum(_box_area(shape) for shape in shapes)))
    groups = _keep_inhabited(_group(shapes, NEAR * side))
    placed, boxes = _arrange(groups, side)
    margin = FRAME_MARGIN * side if len(boxes) > 1 else 0.0
    corner, far = (edge + step for edge, step in zip(_box(placed), (-margin, margin), strict=True))
    width, height = (float(length) for length in far - corner)
    frames = [(*(low - margin - corner), *(high - low + 2 * margin)) for low, high in boxes] if margin else []
    return Picture(
        shapes=tuple((code, points - corner) for code, points in placed),
        width=width,
        height=height,
        frames=tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in frames),
        kilometres=True,
    )


def _box(shapes: Sequence[Shape]) -> Box:
    low = np.min([points.min(axis=0) for _, points in shapes], axis=0)
    high = np.max([points.max(axis=0) for _, points in shapes], axis=0)
    return low, high


def _box_area(shape: Shape) -> float:
    return float(np.prod(np.ptp(shape[1], axis=0)))


def _group(shapes: Sequence[Shape], near: float) -> list[list[Shape]]:
    """Return the shapes in groups whose boxes lie within a distance of each other, chained."""
    low = np.array([points.min(axis=0) for _, points in shapes])
    high = np.array([points.max(axis=0) for _, points in shapes])
    label = np.arange(len(shapes))
    for place in range(len(shapes)):
        close = ((low <= high[place] + near) & (high >= low[place] - near)).all(axis=1)
        label[np.isin(label, label[close])] = label[close].min()
    return [[shapes[int(place)] for place in np.flatnonzero(label == name)] for name in np.unique(label)]


def _keep_inhabited(groups: list[list[Shape]]) -> list[list[Shape]]:
    """Return the groups that hold the largest shape of at least one area."""
    main: dict[str, tuple[float, int]] = {}
    for place, group in enumerate(groups):
        for code, points in group:
            main[code] = max(main.get(code, (0.0, place)), (_box_area((code, points)), place))
    kept = {place for _, place in main.values()}
    return [group for place, group in enumerate(groups) if place in kept]


def _arrange(groups: list[list[Shape]], side: float) -> tuple[list[Shape], list[Box]]:
    """Cut at the widest sea, arrange both parts, and set the second beside the first."""
    gap, axis, cut = max(_widest_gap(groups, axis) for axis in (0, 1))
    if gap <= WIDEST_GAP * side:
        shapes = [shape for group in groups for shape in group]
        return shapes, [_box(shapes)]
    near = [group for group in groups if _box(group)[1][axis] <= cut]
    rest = [group for group in groups if _box(group)[1][axis] > cut]
    (first, first_boxes), (second, second_boxes) = _arrange(near, side), _arrange(rest, side)
    step = _step(_box(first), _box(second), axis, KEPT_GAP * side)
    moved = [(code, points + step) for code, points in second]
    return first + moved, first_boxes + [(low + step, high + step) for low, high in second_boxes]


def _widest_gap(groups: Sequence[Sequence[Shape]], axis: int) -> tuple[float, int, float]:
    """Return the widest stretch without land along an axis, the axis, and where the stretch begins."""
    spans = sorted((float(low[axis]), float(high[axis])) for low, high in map(_box, groups))
    widest, reach = (0.0, axis, spans[0][1]), spans[0][1]
    for start, end in spans[1:]:
        widest = max(widest, (start - reach, axis, reach))
        reach = max(reach, end)
    return widest


def _step(first: Box, second: Box, axis: int, gap: float) -> FloatArray:
    """Return the step that sets the second part beside the first, their middles level."""
    step = np.asarray((first[0] + first[1] - second[0] - second[1]) / 2, dtype=np.float64)
    step[axis] = first[1][axis] + gap - second[0][axis]
    return step
