"""Figure of the regencies' slopes and their pool."""

from __future__ import annotations

from kbkit.document import Figure
from kbkit.figures.canvas import ADJUSTED, CRUDE, INK, draw_interval, new_canvas, points_axis, style, to_svg
from kbkit.results import Contrast
from kbkit.results.province import Pooled, ProvinceFindings
from kbkit.text import Voice


def draw_slopes(province: ProvinceFindings, *, voice: Voice, source: str) -> Figure | None:
    """Draw every regency's difference per step and, under them, their mean; ``None`` without any comparison."""
    lines = [(line.name, line.slope) for line in province.regencies if isinstance(line.slope, Contrast)]
    if not lines:
        return None
    pooled = province.pooled if isinstance(province.pooled, Pooled) else None
    drawn = [*((name, slope, CRUDE) for name, slope in lines)]
    if pooled is not None and isinstance(pooled.mean, Contrast):
        drawn.append((voice.say("figures.pooled"), pooled.mean, ADJUSTED))
    with style():
        canvas, (axes,) = new_canvas(height=0.9 + 0.26 * len(drawn))
        axes.axvline(0, color=INK, linewidth=0.9)
        for place, (_, slope, colour) in enumerate(drawn):
            draw_interval(axes, slope, place, colour=colour)
            axes.plot([slope.estimate], [place], "D" if colour == ADJUSTED else "o", color=colour, markersize=5)
        axes.set_yticks(range(len(drawn)), [name for name, _, _ in drawn])
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        points_axis(axes.xaxis, voice=voice)
        axes.set_xlabel(voice.say("figures.axis_difference"))
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        svg = to_svg(canvas)
    items = "; ".join(
        voice.say(
            "figures.slope_item",
            name=name,
            difference=voice.difference(slope),
            interval=voice.difference_interval(slope),
        )
        for name, slope, _ in drawn
    )
    return Figure(
        name="regency_slopes",
        title=voice.say("figures.regency_slopes_title"),
        svg=svg,
        alt=voice.say("figures.regency_slopes_alt", items=items),
        source=source,
    )
