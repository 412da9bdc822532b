"""The canvas: one style for all figures, margins from the width of what is written, and deterministic SVG.

Figures are drawn once, as SVG with text as outlines, and used in every format: the same picture on a screen without
our fonts and in the PDF. matplotlib holds the artists and draws them; its layout is not asked, for the widths of all
labels are known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from kbkit.figures.palette import INK, QUIET, Fill
from kbkit.figures.panel import ROW_SIZE, TICK_SIZE, Panel
from kbkit.figures.scale import Tick
from kbkit.figures.svg import SvgRenderer
from kbkit.figures.typeface import width_of

WIDTH: Final = 6.3
"""Inches: the text width of an A4 page."""

_INCH: Final = 72
_EDGE: Final = 4.0
"""Points that stay free along the page's edges."""

_BESIDE: Final = 5.0
"""Points between what is written at the left and the panel."""

_BELOW: Final = 18.0
_LINE: Final = 14.0
"""Points for what is written under an axis, and for a title."""

_LEGEND: Final = 20.0
_SWATCH: Final = (13.0, 6.5)
_ENTRY_GAP: Final = 18.0
_LEGEND_SIZE: Final = 8.5

_STYLE: Final[Any] = {"hatch.linewidth": 0.5}


@cache
def _house_style() -> dict[str, Any]:
    """Return matplotlib's settings in the house's style, but the backend, which ``rc_context`` does not set back."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        return {name: value for name, value in dict.items(mpl.rcParams) if name != "backend"}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house's style, whatever the session has set."""
    with mpl.rc_context():
        settings: Any = mpl.rcParams
        # Without a check of each of three hundred values, as rc_context itself sets them back.
        dict.update(settings, _house_style())
        yield


@dataclass(frozen=True, kw_only=True)
class Key:
    """An entry of a legend: a filled box, or a mark in a colour."""

    label: str
    fill: Fill | None = None
    mark: str = ""
    colour: str = INK


class Page:
    """A canvas of the text width with panels, one above the other.

    Args:
        height: inches.
        rows: heights of the panels, relative to each other; none where panels are placed by hand.

    Attributes:
        canvas: matplotlib's figure, which holds everything drawn.
        panels: from the top.
        rows: as given.
        keys: entries of the legend and where it stands, if there is one.
        points: a panel whose numbers are points from the page's lower left corner.
    """

    def __init__(self, *, height: float, rows: Sequence[float] = (1,)) -> None:
        self._size = (WIDTH * _INCH, height * _INCH)
        self.canvas = Figure(figsize=(WIDTH, height), dpi=_INCH, facecolor="white", edgecolor="none")
        self.rows = rows
        self.keys: tuple[Sequence[Key], str] | None = None
        self.panels = [self.add_panel() for _ in rows]
        self.points = self.add_panel()

    def add_panel(self) -> Panel:
        """Return a new panel, to be placed by hand."""
        return Panel(self.canvas)

    def explain(self, keys: Sequence[Key], *, across: str = "center") -> None:
        """Draw a legend above the panels, in their middle or at the left."""
        self.keys = (keys, across)

    def to_svg(self) -> str:
        """Lay out, draw, and return the SVG document: the same bytes for the same drawing."""
        self._lay_out()
        renderer = SvgRenderer(*self._size)
        self.canvas.draw(renderer)
        return renderer.document()

    def _lay_out(self) -> None:
        """Give every panel its place: heights first, then the numbers that fit, then widths."""
        top = self._size[1] - _EDGE - (_LEGEND if self.keys else 0)
        taken = sum(_room_above(panel) + _room_below(panel) for panel in self.panels)
        share = (top - _EDGE - taken) / sum(self.rows) if self.rows else 0
        up = [
            panel.y.choose_ticks(along="y", size=panel.size, room=share * row)
            for panel, row in zip(self.panels, self.rows, strict=True)
        ]
        left = max((_room_left(panel, ticks) for panel, ticks in zip(self.panels, up, strict=True)), default=0)
        for panel, row, ticks in zip(self.panels, self.rows, up, strict=True):
            top -= _room_above(panel) + share * row
            self._place(panel, (left, top, share * row), ticks)
            top -= _room_below(panel)
        if self.keys:
            self._draw_legend(*self.keys)

    def _place(self, panel: Panel, corner: tuple[float, float, float], up: Sequence[Tick]) -> None:
        left, bottom, height = corner
        room = self._size[0] - _EDGE - panel.right - left
        across = panel.x.choose_ticks(along="x", size=TICK_SIZE, room=room)
        width = room - _overhang(panel, across, room)
        panel.place((left, bottom, width, height))
        panel.draw_axes(x=across, y=up)
        if panel.title:
            self.points.write(panel.title, left, bottom + height + 5 + panel.above, colour=QUIET)
        if panel.x.title:
            half = width_of(panel.x.title, ROW_SIZE) / 2
            middle = min(left + width / 2, self._size[0] - _EDGE - half)
            below = bottom - (_BELOW if across else 2)
            self.points.write(panel.x.title, middle, below, colour=QUIET, across="center", up="top")
        if panel.y.title:
            middle = bottom + height / 2
            self.points.write(panel.y.title, _EDGE, middle, colour=QUIET, angle=90, across="center", up="top")

    def _draw_legend(self, keys: Sequence[Key], across: str) -> None:
        widths = [_SWATCH[0] + 5 + width_of(key.label, _LEGEND_SIZE) for key in keys]
        free = self._size[0] - sum(widths) - _ENTRY_GAP * (len(keys) - 1)
        x, y = _EDGE if across == "left" else max(free / 2, _EDGE), self._size[1] - _EDGE - 10
        for key, width in zip(keys, widths, strict=True):
            if key.fill is not None:
                self.points.boxes([(x, y, *_SWATCH)], key.fill)
            else:
                self.points.marks([(x + _SWATCH[0] / 2, y + _SWATCH[1] / 2)], key.mark, colour=key.colour, size=5)
            self.points.write(key.label, x + _SWATCH[0] + 5, y + _SWATCH[1] / 2, size=_LEGEND_SIZE, up="middle")
            x += width + _ENTRY_GAP


def _room_above(panel: Panel) -> float:
    return panel.above + (_LINE if panel.title else 0) + ROW_SIZE / 2


def _room_below(panel: Panel) -> float:
    written = panel.x.write is not None or panel.x.ticks
    return (_BELOW if written else 4) + (_LINE if panel.x.title else 0)


def _room_left(panel: Panel, ticks: Sequence[Tick]) -> float:
    widest = max((width_of(text, panel.size) for _, text in ticks), default=0)
    return _EDGE + (_LINE if panel.y.title else 0) + (widest + _BESIDE if ticks else 0)


def _overhang(panel: Panel, ticks: Sequence[Tick], room: float) -> float:
    """Return how far what is written below reaches out to the right of the panel."""
    low, high = panel.x.low, panel.x.high
    reaches = (width_of(text, TICK_SIZE) / 2 - room * (high - value) / (high - low) for value, text in ticks)
    return max(0.0, *reaches) if ticks else 0.0
