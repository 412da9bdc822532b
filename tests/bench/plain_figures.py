"""The figures of a report as a plain program draws them: matplotlib's Axes, constrained layout, tight PNG.

The drawing functions of ``kbkit.figures`` are called unchanged; their panels write down what they are asked to draw,
and that is drawn again by Axes: bars by ``barh``, marks by ``plot``, words by ``annotate``, names and numbers as ticks.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kbkit.figures.canvas import Key, Page
from kbkit.figures.palette import Fill
from kbkit.figures.panel import Box, Panel, Point, Segment
from kbkit.figures.scale import Scale

_UP = {"base": "baseline", "middle": "center", "top": "top"}
_DOTS = 100


class PlainPanel(Panel):
    """Remembers what is drawn, as calls on Axes."""

    def __init__(self, canvas: Figure) -> None:
        super().__init__(canvas)
        self.calls: list[Callable[[Axes], object]] = []
        self.box: Box | None = None

    def place(self, box: Box) -> None:
        super().place(box)
        self.box = box

    def lines(self, segments: Sequence[Segment], *, colour: str, width: float, **look: Any) -> None:
        style: Any = {"alpha": look.get("opacity"), "linestyle": (0, look["dashes"]) if look.get("dashes") else "solid"}
        drawn = LineCollection(list(segments), colors=colour, linewidths=width, **style)
        self.calls.append(lambda axes: axes.add_collection(drawn))

    def _stroke(self, path: Path, *, colour: str, width: float, **look: Any) -> None:
        xs, ys = path.vertices[:, 0], path.vertices[:, 1]  # type: ignore[index]
        self.calls.append(lambda axes: axes.plot(xs, ys, color=colour, linewidth=width))

    def marks(self, points: Sequence[Point], shape: str, *, colour: str, size: float, **look: Any) -> None:
        if points:
            xs, ys = zip(*points, strict=True)
            self.calls.append(lambda axes: axes.plot(xs, ys, shape, color=colour, markersize=size, **look))

    def boxes(self, boxes: Sequence[Box], fill: Fill, **look: Any) -> None:
        if boxes:
            lefts, lows, widths, heights = (list(side) for side in zip(*boxes, strict=True))
            middles = [low + height / 2 for low, height in zip(lows, heights, strict=True)]
            style: Any = {"facecolor": fill.face, "edgecolor": fill.edge, "hatch": fill.hatch, "linewidth": fill.width}
            self.calls.append(lambda axes: axes.barh(middles, widths, height=heights, left=lefts, **style))

    def shape(self, path: Path, fill: Fill, *, opacity: float | None = None, **look: Any) -> None:
        style: Any = {"facecolor": fill.face, "edgecolor": fill.edge, "hatch": fill.hatch, "linewidth": fill.width}
        self.calls.append(lambda axes: axes.add_patch(PathPatch(path, alpha=opacity, **style)))

    def write(self, text: str, x: float, y: float, **look: Any) -> None:
        style: Any = {
            "xytext": look.get("shift", (0, 0)),
            "textcoords": "offset points",
            "ha": look.get("across", "left"),
            "va": _UP[look.get("up", "base")],
            "fontsize": look.get("size", 9),
            "color": look.get("colour", "black"),
            "rotation": look.get("angle", 0),
            "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if look.get("box") else None,
        }
        self.calls.append(lambda axes: axes.annotate(text, (x, y), annotation_clip=False, **style))


@contextmanager
def drawn_plainly() -> Iterator[list[bytes]]:
    """Draw every figure as a tight PNG by Axes meanwhile; the pictures are gathered."""
    pictures: list[bytes] = []
    panels: list[PlainPanel] = []

    def make(canvas: Figure) -> PlainPanel:
        panels.append(PlainPanel(canvas))
        return panels[-1]

    def draw(page: Page) -> str:
        pictures.append(_draw(page, panels))
        panels.clear()
        return ""

    with patch("kbkit.figures.canvas.Panel", make), patch.object(Page, "to_svg", draw):
        yield pictures


def _draw(page: Page, panels: Sequence[PlainPanel]) -> bytes:
    figure = Figure(figsize=tuple(page.canvas.get_size_inches()), layout="constrained" if page.panels else None)
    if page.panels:
        axes = figure.subplots(len(page.panels), 1, squeeze=False, height_ratios=list(page.rows)).flat
        for panel, its in zip(panels, axes, strict=False):
            _draw_panel(panel, its)
    else:
        for panel in panels:
            _draw_placed(panel, figure)
    if page.keys:
        _draw_legend(figure, page.keys[0])
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=_DOTS, bbox_inches="tight")
    return picture.getvalue()


def _draw_panel(panel: PlainPanel, axes: Axes) -> None:
    for call in panel.calls:
        call(axes)
    _scale(axes.xaxis, panel.x)
    _scale(axes.yaxis, panel.y)
    axes.set_xlim(panel.x.low, panel.x.high)
    axes.set_ylim(panel.y.low, panel.y.high)
    axes.set_title(panel.title, loc="left")
    axes.set_axisbelow(True)


def _scale(axis: Any, scale: Scale) -> None:
    write = scale.write
    if write is None:
        axis.set_ticks([value for value, _ in scale.ticks], [text for _, text in scale.ticks])
    else:
        axis.set_major_locator(MaxNLocator(nbins="auto", integer=scale.whole, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: write(value)))
        axis.grid(scale.grid)
    axis.set_label_text(scale.title)


def _draw_placed(panel: PlainPanel, figure: Figure) -> None:
    width, height = 72 * figure.get_size_inches()
    if panel.box is None:
        return
    x, y, across, up = panel.box
    axes = figure.add_axes((x / width, y / height, across / width, up / height))
    axes.set_axis_off()
    _draw_panel(panel, axes)


def _draw_legend(figure: Figure, keys: Sequence[Key]) -> None:
    handles = [
        PathPatch(Path.unit_rectangle(), facecolor=key.fill.face if key.fill else key.colour, label=key.label)
        for key in keys
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(keys), frameon=False)
