"""A matplotlib backend that writes small SVG: whole tenths of a point, letters and marks defined once and used again.

The page's y runs upwards, as matplotlib's does, and one transform turns it round. Text is outlines, so that a picture
is the same on a screen without our fonts, in the PDF and in Word. The same drawing gives the same bytes: names count
up from one, and nothing depends on the clock, on the process or on what was drawn before. Nothing is clipped: what is
drawn lies inside its panel by the panel's limits.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from kbkit.figures.path_data import write_path
from kbkit.figures.typeface import EM, outline, set_line, width_of

_UNITS: Final = 10
"""Units in a point: a tenth of a point cannot be seen, and more digits are half of a picture's bytes."""

_TO_UNITS: Final = Affine2D().scale(_UNITS)
_HATCH: Final = 72 * _UNITS
"""Side of a tile of hatching: matplotlib's is an inch."""

_ASCENT: Final = 0.75
_DESCENT: Final = 0.25


class SvgRenderer(RendererBase):
    """Writes what matplotlib's artists draw; call :meth:`document` at the end.

    Args:
        width: points.
        height: points.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self._size = (width, height)
        self._names: dict[str, str] = {}
        self._letters: dict[str, str] = {}
        self._body: list[str] = []

    def document(self) -> str:
        """Return everything drawn as an SVG document."""
        width, height = (_number(length) for length in self._size)
        box = " ".join(f"{_UNITS * length:.0f}" for length in self._size)
        definitions = "".join(markup.replace(" ", f' id="{name}" ', 1) for markup, name in self._names.items())
        turned = f'<g transform="matrix(1 0 0 -1 0 {_UNITS * self._size[1]:.0f})" stroke-linejoin="round">'
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' width="{width}pt" height="{height}pt" viewBox="0 0 {box}">\n'
            f"<defs>{definitions}</defs>\n{turned}\n{''.join(self._body)}</g>\n</svg>\n"
        )

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the page's width and height in points."""
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        """Return points: they are this backend's pixels."""
        return points

    def flipy(self) -> bool:
        """Tell matplotlib that y runs upwards."""
        return False

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """Write a path."""
        self._body.append(f'<path d="{_data(path, transform + _TO_UNITS)}"{self._paint(gc, rgbFace)}/>\n')

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """Write a mark once, and use it at every point of the path."""
        name = self._define(f'<path d="{_data(marker_path, marker_trans + _TO_UNITS)}"/>')
        places = np.rint(_UNITS * np.asarray(trans.transform(path.vertices))).astype(int).tolist()
        uses = "".join(f'<use xlink:href="#{name}" x="{x}" y="{y}"/>' for x, y in places)
        self._body.append(f"<g{self._paint(gc, rgbFace)}>{uses}</g>\n")

    def draw_text(
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: Any, angle: float,
        ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        """Write a line of text as outlines from its left end on the base line."""
        scale = f"{_UNITS * prop.get_size_in_points() / EM:.4g}"
        turned = f"rotate({angle:g})" if angle else ""
        place = f"translate({_UNITS * x:.0f} {_UNITS * y:.0f}){turned}scale({scale})"
        letters = "".join(
            f'<use xlink:href="#{self._letter(character)}" x="{start}"/>'
            for character, start in set_line(s)[0]
            if not character.isspace()
        )
        colour = _colour("fill", gc.get_rgb(), gc)
        self._body.append(f'<g transform="{place}"{colour}>{letters}</g>\n')

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Return the room of a line of text in points; heights are those of the typeface."""
        size = prop.get_size_in_points()
        return width_of(s, size), (_ASCENT + _DESCENT) * size, _DESCENT * size

    def _letter(self, character: str) -> str:
        if character not in self._letters:
            self._letters[character] = self._define(f'<path d="{outline(character)}"/>')
        return self._letters[character]

    def _define(self, markup: str) -> str:
        """Return the name of a definition; the same markup has one name."""
        return self._names.setdefault(markup, f"d{len(self._names) + 1}")

    def _paint(self, gc: GraphicsContextBase, face: Any) -> str:
        """Return the attributes of a path's area and line."""
        paint = self._hatch(gc, face) if gc.get_hatch() else _colour("fill", face, gc)
        width = gc.get_linewidth()
        return paint + (_line(gc, width) if width else "")

    def _hatch(self, gc: GraphicsContextBase, face: Any) -> str:
        path: Any = gc.get_hatch_path()
        line = f'stroke="{to_hex(gc.get_hatch_color())}" stroke-width="{_UNITS * gc.get_hatch_linewidth():.0f}"'
        ground = f'<rect width="{_HATCH}" height="{_HATCH}"{_colour("fill", face, gc)}/>'
        tile = f'<path d="{_data(path, Affine2D().scale(_HATCH))}" {line}/>'
        name = self._define(
            f'<pattern patternUnits="userSpaceOnUse" width="{_HATCH}" height="{_HATCH}">{ground}{tile}</pattern>'
        )
        return f' fill="url(#{name})"'


def _data(path: Path, transform: Transform) -> str:
    cleaned = path.cleaned(transform=transform, remove_nans=True, curves=True)
    codes: Any = cleaned.codes
    return write_path(np.rint(np.asarray(cleaned.vertices)).astype(int).tolist(), codes.tolist())


def _line(gc: GraphicsContextBase, width: float) -> str:
    parts = [_colour("stroke", gc.get_rgb(), gc), f' stroke-width="{_number(_UNITS * width)}"']
    dashes: Any = gc.get_dashes()[1]
    if dashes is not None:
        parts.append(f' stroke-dasharray="{" ".join(_number(_UNITS * length) for length in dashes)}"')
    if gc.get_capstyle() != "butt":
        parts.append(f' stroke-linecap="{"round" if gc.get_capstyle() == "round" else "square"}"')
    if gc.get_joinstyle() != "round":
        parts.append(f' stroke-linejoin="{gc.get_joinstyle()}"')
    return "".join(parts)


def _number(length: float) -> str:
    return f"{round(length, 1):g}"


def _colour(kind: str, colour: Any, gc: GraphicsContextBase) -> str:
    """Return a colour and its opacity as attributes of an area (``fill``) or a line (``stroke``)."""
    if colour is None:
        return f' {kind}="none"'
    alpha = gc.get_alpha() if gc.get_forced_alpha() else colour[3] if len(colour) > 3 else 1.0
    return f' {kind}="{to_hex(colour)}"' + (f' {kind}-opacity="{alpha:.3g}"' if alpha < 1 else "")
