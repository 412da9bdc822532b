"""Figure of the regencies' slopes and their pool."""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.document import Figure
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import ADJUSTED, CRUDE, INK
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, numbers_of, span, write_points
from kbkit.results import Contrast
from kbkit.results.province import Pooled, ProvinceFindings
from kbkit.text import Voice


def draw_slopes(province: ProvinceFindings, *, voice: Voice, source: str) -> Figure | None:
    """Draw every regency's difference per step and, under them, their mean; ``None`` without any comparison."""
    lines = [(line.name, line.slope) for line in province.regencies if isinstance(line.slope, Contrast)]
    if not lines:
        return None
    pooled = province.pooled if isinstance(province.pooled, Pooled) else None
    rows = [*((name, slope, CRUDE) for name, slope in lines)]
    if pooled is not None and isinstance(pooled.mean, Contrast):
        rows.append((voice.say("figures.pooled"), pooled.mean, ADJUSTED))
    with style():
        page = Page(height=0.9 + 0.26 * len(rows))
        _draw_rows(page.panels[0], rows, voice)
        svg = page.to_svg()
    items = "; ".join(
        voice.say(
            "figures.slope_item",
            name=name,
            difference=voice.difference(slope),
            interval=voice.difference_interval(slope),
        )
        for name, slope, _ in rows
    )
    return Figure(
        name="regency_slopes",
        title=voice.say("figures.regency_slopes_title"),
        svg=svg,
        alt=voice.say("figures.regency_slopes_alt", items=items),
        source=source,
    )


def _draw_rows(panel: Panel, rows: Sequence[tuple[str, Contrast, str]], voice: Voice) -> None:
    low, high = span([0.0, *numbers_of(slope for _, slope, _ in rows)])
    panel.x = Scale(low=low, high=high, write=write_points(voice), title=voice.say("figures.axis_difference"))
    panel.y = name_rows([name for name, _, _ in rows])
    panel.rule(0, upright=True, colour=INK)
    for colour, shape in ((CRUDE, "o"), (ADJUSTED, "D")):
        shown = [(row, slope) for row, (_, slope, its) in enumerate(rows) if its == colour]
        panel.intervals(shown, colour=colour)
        panel.marks([(slope.estimate, row) for row, slope in shown], shape, colour=colour, size=5)
