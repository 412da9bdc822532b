"""Fewer points to a border, the same for both of its sides.

Rings are cut where three areas meet. What lies between two such junctions is simplified once (Douglas & Peucker 1973,
Cartographica 10:112-122) and used by both neighbours, so that no gap opens between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Ring = list[Point]

_LEAST_POINTS: Final = 3
"""Points that a ring keeps; one with fewer is a line."""


def simplify_rings(rings: Sequence[Ring], *, tolerance: float) -> list[Ring]:
    """Return every ring with the points that matter, in the same order; one that shrinks to a line is empty.

    Args:
        rings: open rings of whole grid points, neighbours sharing the points of their common border.
        tolerance: distance in units of the grid that a border may move.
    """
    junctions = _find_junctions(rings)
    simplified = []
    done: dict[tuple[Point, ...], list[Point]] = {}
    for ring in rings:
        points = [point for arc in _cut(ring, junctions) for point in _simplify_arc(arc, tolerance, done)[:-1]]
        simplified.append(points if len(set(points)) >= _LEAST_POINTS else [])
    return simplified


def _find_junctions(rings: Sequence[Ring]) -> set[Point]:
    """Return the points from which borders lead to more than two others."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for before, point, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            neighbours[point] |= {before, after}
    return {point for point, others in neighbours.items() if len(others) > 2}


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[list[Point]]:
    """Yield the arcs of a ring from junction to junction; a ring with fewer than two is cut at fixed points."""
    places = [place for place, point in enumerate(ring) if point in junctions]
    if len(places) < 2:
        # An island: the same two points whichever neighbour's ring it is, and wherever that ring begins.
        places = sorted({*places, ring.index(min(ring)), ring.index(max(ring))})
    turned = ring[places[0] :] + ring[: places[0] + 1]
    cuts = [place - places[0] for place in places] + [len(ring)]
    yield from (turned[start : end + 1] for start, end in pairwise(cuts))


def _simplify_arc(arc: list[Point], tolerance: float, done: dict[tuple[Point, ...], list[Point]]) -> list[Point]:
    """Simplify an arc in the direction that its neighbour would choose too, and turn it back."""
    backwards = tuple(arc[::-1]) < tuple(arc)
    key = tuple(arc[::-1]) if backwards else tuple(arc)
    if key not in done:
        done[key] = [key[place] for place in _keep(np.array(key, dtype=np.float64), tolerance)]
    return done[key][::-1] if backwards else done[key]


def _keep(points: NDArray[np.float64], tolerance: float) -> list[int]:
    """Return the places of the points that Douglas and Peucker keep."""
    kept, open_spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_spans:
        start, end = open_spans.pop()
        if end - start < 2:
            continue
        distances = _distances(points[start + 1 : end], points[start], points[end])
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance:
            middle = start + 1 + farthest
            kept.add(middle)
            open_spans += [(start, middle), (middle, end)]
    return sorted(kept)


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points lie from the line between two others, or from the point where the two are one."""
    along, offsets = end - start, points - start
    length = float(np.hypot(*along))
    across = offsets[:, 0] * along[1] - offsets[:, 1] * along[0]
    distances: NDArray[np.float64] = np.abs(across) / length if length else np.hypot(offsets[:, 0], offsets[:, 1])
    return distances
