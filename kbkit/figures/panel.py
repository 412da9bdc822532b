"""A panel: two scales and what is drawn between them, as matplotlib's artists on a canvas without axes.

matplotlib's Axes take 7 ms to make and 50 to lay out, since they must serve whatever comes. A panel knows its numbers
before it draws: scales are fixed, many lines or bars of one look are one path, and ticks are texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from kbkit.figures.palette import GRID, INK, QUIET, RULE, Fill
from kbkit.figures.scale import Scale, Tick
from kbkit.figures.words import LEADING, Up, Words
from kbkit.results import Estimate

DASHED: Final = (4.0, 3.0)
Dashes = tuple[float, float] | None
Box = tuple[float, float, float, float]
"""Left, bottom, width and height."""
Point = tuple[float, float]
Segment = tuple[Point, Point]

ROW_SIZE: Final = 9.0
TICK_SIZE: Final = 8.5
"""Type sizes of names up the left side, and of what is written below."""

_TICK: Final = 3.0
_GAP: Final = 4.0


class Panel:
    """Draws on a canvas, in the numbers of its scales; :meth:`place` says where on the page.

    Attributes:
        x: scale from left to right.
        y: scale from bottom to top.
        title: a line above.
        above: points kept free above, for what is written there.
        right: points kept free at the right.
        outlined: which sides have a line: of ``"left"`` and ``"bottom"``.
        size: type size of the names up the left side.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.x = Scale(low=0, high=1)
        self.y = Scale(low=0, high=1)
        self.title = ""
        self.above = 0.0
        self.right = 0.0
        self.outlined: tuple[str, ...] = ("bottom",)
        self.size = ROW_SIZE
        self._canvas = canvas
        self._transform = Affine2D()

    def place(self, box: Box) -> None:
        """Set where the panel stands, in points from the page's lower left corner."""
        left, bottom, width, height = box
        self._transform.clear().translate(-self.x.low, -self.y.low)
        self._transform.scale(width / (self.x.high - self.x.low), height / (self.y.high - self.y.low))
        self._transform.translate(left, bottom)

    def on_page(self, point: Point) -> Point:
        """Return where a point stands, in points of the page; the panel must have its place."""
        x, y = self._transform.transform(point).tolist()
        return x, y

    def line(self, xs: Iterable[float], ys: Iterable[float], *, colour: str, width: float, **look: Any) -> None:
        """Draw one line through points; ``look`` as in :meth:`lines`."""
        points = np.column_stack([list(xs), list(ys)]).reshape(-1, 2)
        self._stroke(Path(points), colour=colour, width=width, **look)

    def lines(self, segments: Sequence[Segment], *, colour: str, width: float, **look: Any) -> None:
        """Draw straight lines of one look, as one path.

        Args:
            segments: start and end of each.
            colour: of all.
            width: points.
            **look: ``opacity``, ``dashes``, ``cap`` and ``order``.
        """
        if segments:
            codes = np.tile(np.array([Path.MOVETO, Path.LINETO], dtype=np.uint8), len(segments))
            self._stroke(
                Path(np.array(segments, dtype=float).reshape(-1, 2), codes), colour=colour, width=width, **look
            )

    def _stroke(
        self, path: Path, *, colour: str, width: float, opacity: float | None = None, dashes: Dashes = None,
        cap: str = "butt", order: float = 2,
    ) -> None:  # fmt: skip
        style: Any = (0, dashes) if dashes else "solid"
        patch = PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, alpha=opacity, linestyle=style,
                          capstyle=cap, joinstyle="round", zorder=order)  # fmt: skip
        self._add(patch)

    def intervals(
        self, values: Iterable[tuple[float, Estimate]], *, colour: str, upright: bool = False, width: float = 1.7
    ) -> None:
        """Draw the intervals of estimates at their places; an estimate without one is drawn without."""
        ends = [(at, v.lower, v.upper) for at, v in values if v.lower is not None and v.upper is not None]
        found: list[Segment] = [
            ((at, low), (at, high)) if upright else ((low, at), (high, at)) for at, low, high in ends
        ]
        self.lines(found, colour=colour, width=width, opacity=0.6)

    def marks(self, points: Sequence[Point], shape: str, *, colour: str, size: float, **look: Any) -> None:
        """Draw a mark at every point.

        Args:
            points: where.
            shape: matplotlib's letter of a marker.
            colour: of all.
            size: points.
            **look: more properties of matplotlib's markers.
        """
        if points:
            xs, ys = zip(*points, strict=True)
            self._add(Line2D(xs, ys, linestyle="", marker=shape, color=colour, markersize=size, zorder=3, **look))

    def boxes(self, boxes: Sequence[Box], fill: Fill, *, order: float = 1) -> None:
        """Draw boxes of one fill, as one path."""
        found = [box for box in boxes if box[2] and box[3]]
        if not found:
            return
        corners = np.array([[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)] for x, y, w, h in found])
        codes = np.tile(np.array([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], dtype=np.uint8), len(found))
        self.shape(Path(corners.reshape(-1, 2), codes), fill, order=order)

    def shape(self, path: Path, fill: Fill, *, order: float = 1, opacity: float | None = None) -> None:
        """Draw a filled path."""
        patch = PathPatch(path, facecolor=fill.face, edgecolor=fill.edge, linewidth=fill.width, alpha=opacity,
                          hatch=fill.hatch or None, zorder=order)  # fmt: skip
        self._add(patch)

    def area(
        self, xs: Sequence[float], lower: Sequence[float], upper: Sequence[float], *, colour: str, **look: Any
    ) -> None:
        """Draw the area between two lines."""
        points = [*zip(xs, lower, strict=True), *zip(reversed(xs), reversed(upper), strict=True)]
        self.shape(Path(np.array([*points, points[0]]), closed=True), Fill(face=colour, width=0), **look)

    def rule(self, value: float, *, upright: bool, colour: str, width: float = 0.9, **look: Any) -> None:
        """Draw a line across the whole panel, at a number of ``x`` (upright) or of ``y``."""
        ends = (self.y.low, self.y.high) if upright else (self.x.low, self.x.high)
        found: Segment = ((value, ends[0]), (value, ends[1])) if upright else ((ends[0], value), (ends[1], value))
        self.lines([found], colour=colour, width=width, **look)

    def band(self, low: float, high: float, *, upright: bool, colour: str, opacity: float | None = None) -> None:
        """Shade the whole panel between two numbers of ``x`` (upright) or of ``y``."""
        across, up = ((low, high), (self.y.low, self.y.high)) if upright else ((self.x.low, self.x.high), (low, high))
        corners = [(across[0], up[0]), (across[1], up[0]), (across[1], up[1]), (across[0], up[1]), (across[0], up[0])]
        self.shape(Path(np.array(corners), closed=True), Fill(face=colour, width=0), order=0.2, opacity=opacity)

    def write(
        self, text: str, x: float, y: float, *, size: float = ROW_SIZE, up: Up = "base", shift: Point = (0, 0),
        **look: Any,
    ) -> None:  # fmt: skip
        """Write text at a point, its lines one below the other; ``look`` as in :class:`Words`."""
        lines = text.split("\n")
        drop = -{"base": 1.0, "middle": 0.5, "top": 0.0}[up] * (len(lines) - 1)
        for place, line in enumerate(lines):
            at = (shift[0], shift[1] - LEADING * size * (place + drop))
            self._add(Words(line, x, y, size=size, up=up, shift=at, **look))

    def name_rule(self, text: str, value: float, *, colour: str, size: float = 8) -> None:
        """Write above the panel what an upright rule stands for, on its side that has more room."""
        self.above = size
        left = value - self.x.low > self.x.high - value
        shift, across = ((-3.0, 3.0), "right") if left else ((3.0, 3.0), "left")
        self.write(text, value, self.y.high, shift=shift, size=size, colour=colour, across=across)

    def draw_axes(self, *, x: Sequence[Tick], y: Sequence[Tick]) -> None:
        """Draw the panel's sides, its grid, and what is written beside it; the panel must have its place."""
        left, bottom = self.on_page((self.x.low, self.y.low))
        right, top = self.on_page((self.x.high, self.y.high))
        across = [self.on_page((value, 0))[0] for value, _ in x]
        up = [self.on_page((0, value))[1] for value, _ in y]
        grid: list[Segment] = [((at, bottom), (at, top)) for at in across if self.x.grid]
        grid += [((left, at), (right, at)) for at in up if self.y.grid]
        sides: list[Segment] = [((left, bottom), (right, bottom))] if "bottom" in self.outlined else []
        sides += [((at, bottom), (at, bottom - _TICK)) for at in across if "bottom" in self.outlined]
        sides += [((left, bottom), (left, top))] if "left" in self.outlined else []
        on_page = Panel(self._canvas)
        on_page.lines(grid, colour=GRID, width=0.8, order=0.5)
        on_page.lines(sides, colour=RULE, width=0.8, order=2.5, cap="projecting")
        for at, (_, text) in zip(across, x, strict=True):
            on_page.write(text, at, bottom - _TICK - _GAP, size=TICK_SIZE, colour=QUIET, across="center", up="top")
        for at, (_, text) in zip(up, y, strict=True):
            on_page.write(text, left - _GAP, at, size=self.size, colour=INK, across="right", up="middle")

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._transform)
        self._canvas.add_artist(artist)
