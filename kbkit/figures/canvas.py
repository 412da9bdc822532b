"""The canvas: one style for all figures, and deterministic SVG.

Figures are drawn once, as SVG with text as outlines, and used in every format: the same picture on a screen without
our fonts and in the PDF. Colours are safe for colour-blind readers and stay apart in grey print; nothing is said by
colour alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kbkit.results import Estimate
from kbkit.text import Voice

WIDTH: Final = 6.3
"""Inches: the text width of an A4 page."""

INK: Final = "#1f2a30"
QUIET: Final = "#5b6770"
RULE: Final = "#c9d1d6"
CRUDE: Final = "#8a949b"
ADJUSTED: Final = "#0b5c66"
TIER_FILL: Final = {
    "dasar": "#d5e8e8",
    "berkembang": "#93c3c4",
    "mandiri": "#3f8f94",
    "berkelanjutan": "#0a4a54",
}
"""Light to dark along the ladder; the darkest differ by lightness alone, so that grey print keeps them apart."""
ABOVE: Final = "#8a3b12"
BELOW: Final = "#0b5c66"
"""Above and below a line. Their greys are near each other: a mark's shape says it too."""
MANY: Final = ("#fbeed9", "#f2c98c", "#dd9350", "#ab5523", "#5f260a")
"""Few to many, for what is unwelcome; falling in lightness by equal steps, so that grey print keeps the order."""
MUCH: Final = ("#e9f1f6", "#bcd3e2", "#86abc6", "#467ba1", "#173f60")
"""Little to much, for what is welcome."""

_PATH: Final = re.compile(r' d="[^"]*"')
_LONG_NUMBER: Final = re.compile(r"(\.\d)\d+")
"""A tenth of a point cannot be seen; the rest is half of a figure's bytes."""


def fill_tier(name: str | None) -> dict[str, Any]:
    """Return the fill of a tier. Villages without one are hatched: they stand on no rung of the ladder."""
    if name is None:
        return {"facecolor": "white", "edgecolor": "#aab4ba", "hatch": "////"}
    return {"facecolor": TIER_FILL[name], "edgecolor": "white"}


_STYLE: Final[Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "kbkit",
    "font.family": "Source Sans Pro",
    "font.size": 9,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 9,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": "#e6eaec",
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.5,
    "axes.axisbelow": True,
}


@cache
def _register_fonts() -> None:
    """Make the report's own fonts known, so that figures and tables speak with one voice on every machine."""
    for path in sorted((Path(__file__).parents[1] / "fonts").glob("*.otf")):
        font_manager.fontManager.addfont(path)


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house's style, whatever the session has set."""
    _register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        for name, value in _STYLE.items():
            mpl.rcParams[name] = value
        yield


def new_canvas(*, height: float, rows: Sequence[float] = (1,)) -> tuple[Canvas, list[Axes]]:
    """Return an empty canvas of the text width and its panels, one above the other; margins fit the labels.

    Args:
        height: inches.
        rows: heights of the panels, relative to each other.
    """
    canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
    panels = canvas.subplots(len(rows), 1, squeeze=False, height_ratios=rows)
    return canvas, list(panels.flat)


def to_svg(canvas: Canvas) -> str:
    """Return the canvas as an SVG document, the same bytes for the same drawing."""
    buffer = io.StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    canvas.savefig(buffer, format="svg", metadata=metadata)
    return _PATH.sub(_shorten_numbers, buffer.getvalue())


def _shorten_numbers(path: re.Match[str]) -> str:
    return _LONG_NUMBER.sub(r"\1", path.group())


def draw_interval(axes: Axes, estimate: Estimate, place: float, *, colour: str, upright: bool = False) -> None:
    """Draw an interval as a line at ``place``; an estimate without one is drawn without."""
    if estimate.lower is None or estimate.upper is None:
        return
    ends, places = [estimate.lower, estimate.upper], [place, place]
    axes.plot(*((places, ends) if upright else (ends, places)), color=colour, linewidth=1.7, alpha=0.6)


def count_axis(axis: Any, *, voice: Voice) -> None:
    """Write whole numbers on an axis."""
    axis.set_major_locator(MaxNLocator(integer=True))
    axis.set_major_formatter(_formatter(lambda value: voice.count(round(value))))


def percent_axis(axis: Any, *, voice: Voice) -> None:
    """Write proportions on an axis as whole percents in the style of the language, without the sign."""
    axis.set_major_formatter(_formatter(lambda value: voice.style.decimal(100 * value, _digits(value))))


def points_axis(axis: Any, *, voice: Voice) -> None:
    """Write differences on an axis as percentage points with their sign."""
    axis.set_major_formatter(_formatter(lambda value: voice.style.points(value, _digits(value))))


def _digits(value: float) -> int:
    return 0 if abs(100 * value - round(100 * value)) < 1e-6 else 1


def _formatter(write: Callable[[float], str]) -> FuncFormatter:
    return FuncFormatter(lambda value, _: write(value))
