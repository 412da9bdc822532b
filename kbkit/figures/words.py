"""A line of text as one of matplotlib's artists, without matplotlib's text layout."""

from __future__ import annotations

from functools import cache
from math import cos, radians, sin
from typing import Any, Final, Literal

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from kbkit.figures.palette import INK
from kbkit.figures.typeface import width_of

Across = Literal["left", "center", "right"]
Up = Literal["base", "middle", "top"]

_SHARE: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
CAPITAL: Final = 0.66
"""Height of capitals and figures, and below the depth of descenders, as shares of the type size."""
DEPTH: Final = 0.21
LEADING: Final = 1.12
"""From base line to base line, as a share of the type size."""
_PADDING: Final = 0.9


@cache
def _properties(size: float) -> FontProperties:
    return FontProperties(family="Source Sans Pro", size=size)


class Words(Artist):
    """One line of text at a point.

    Args:
        text: the line.
        x: of the point, in the artist's coordinates.
        y: of the point.
        size: type size in points.
        colour: of the letters.
        across: which end of the line stands at the point.
        up: what of the line stands at the point's height: base line, middle of the capitals, or their top.
        shift: points right and up from the point.
        angle: degrees, counter-clockwise, around the point.
        box: opacity of a white box behind the text, 0 for none.
    """

    def __init__(
        self, text: str, x: float, y: float, *, size: float = 9, colour: str = INK, across: Across = "left",
        up: Up = "base", shift: tuple[float, float] = (0, 0), angle: float = 0, box: float = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.set_zorder(5)
        self.text = text
        self.size = size
        self.width = width_of(text, size)
        self._point = (x, y)
        self._colour = colour
        self._start = (-_SHARE[across] * self.width, -{"base": 0.0, "middle": 0.5, "top": 1.0}[up] * CAPITAL * size)
        self._shift = shift
        self._angle = angle
        self._box = box

    def origin(self) -> tuple[float, float]:
        """Return where the base line begins, in points of the page."""
        x, y = self.get_transform().transform(self._point)
        turn = radians(self._angle)
        (start, base), (right, up) = self._start, self._shift
        return (
            float(x) + right + start * cos(turn) - base * sin(turn),
            float(y) + up + start * sin(turn) + base * cos(turn),
        )

    def corners(self) -> list[tuple[float, float]]:
        """Return the corners of the line's ink, in points of the page."""
        x, y = self.origin()
        turn = radians(self._angle)
        depth, height = -DEPTH * self.size, CAPITAL * self.size
        return [
            (x + along * cos(turn) - above * sin(turn), y + along * sin(turn) + above * cos(turn))
            for along, above in ((0, depth), (self.width, depth), (self.width, height), (0, height))
        ]

    def draw(self, renderer: Any) -> None:
        """Draw the box and the line."""
        x, y = self.origin()
        gc = renderer.new_gc()
        if self._box:
            gc.set_linewidth(0)
            gc.set_alpha(self._box)
            renderer.draw_path(gc, Path.unit_rectangle(), self._behind(x, y), (1.0, 1.0, 1.0))
            gc = renderer.new_gc()
        gc.set_foreground(self._colour)
        renderer.draw_text(gc, x, y, self.text, _properties(self.size), self._angle)
        gc.restore()

    def _behind(self, x: float, y: float) -> Affine2D:
        height = CAPITAL * self.size + 2 * _PADDING
        return Affine2D().scale(self.width + 2 * _PADDING, height).translate(x - _PADDING, y - _PADDING)
