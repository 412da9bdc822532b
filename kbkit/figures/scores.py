"""Heat map of the twelve scores by district."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from kbkit.document import Figure
from kbkit.domain.next_tier import BLOCKS
from kbkit.domain.tiers import SCORES
from kbkit.figures.canvas import INK, QUIET, TIER_FILL, new_canvas, style, to_svg
from kbkit.results.classification import Classification, Scores
from kbkit.text import Voice

_SHADES: Final = LinearSegmentedColormap.from_list("shades", ["#f4f8f8", *TIER_FILL.values()])
_DARK: Final = 0.62
"""From this share on a cell is dark enough for white text."""


def draw_scores_by_district(classification: Classification, scores: Scores, *, voice: Voice, source: str) -> Figure:
    """Draw the attained share of every score: a row a score, a column a district, the whole regency first."""
    with style():
        canvas, (axes,) = new_canvas(height=4.2)
        _draw_cells(axes, scores, voice)
        _label(axes, scores, voice)
        svg = to_svg(canvas)
    date = voice.style.date(classification.snapshots[-1].snapshot_date)
    return Figure(
        name="scores_by_district",
        title=voice.say("classification.heat_title", date=date),
        svg=svg,
        alt=_describe(scores, voice),
        source=source,
    )


def _draw_cells(axes: Axes, scores: Scores, voice: Voice) -> None:
    values = np.array([[spread.attained for spread in scores.spreads]] + [list(d.attained) for d in scores.districts]).T
    axes.pcolormesh(values, cmap=_SHADES, vmin=0, vmax=1, edgecolors="white", linewidth=1.2)
    size = 7.5 if values.shape[1] <= 18 else 6
    for row, column in np.ndindex(values.shape):
        share = float(values[row, column])
        colour = "white" if share >= _DARK else INK
        text = voice.style.decimal(100 * share, 0)
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=size, color=colour)


def _label(axes: Axes, scores: Scores, voice: Voice) -> None:
    names = [voice.say("classification.heat_all"), *(district.district_name for district in scores.districts)]
    axes.set_xticks([place + 0.5 for place in range(len(names))], names, rotation=50, ha="left", rotation_mode="anchor")
    axes.set_yticks(
        [place + 0.5 for place in range(len(SCORES))], [voice.say(f"classification.{name}") for name in SCORES]
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=8)
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.axvline(1, color="white", linewidth=5)
    for place in np.cumsum([len(names) for names in BLOCKS.values()])[:-1]:
        axes.axhline(place, color=QUIET, linewidth=1)


def _describe(scores: Scores, voice: Voice) -> str:
    strongest = max(scores.spreads, key=lambda spread: spread.attained)
    weakest = min(scores.spreads, key=lambda spread: spread.attained)
    cells = [
        (share, place, district.district_name)
        for district in scores.districts
        for place, share in enumerate(district.attained)
    ]
    lowest, place, district = min(cells)
    return voice.say(
        "classification.heat_alt",
        scores=voice.count(len(scores.spreads)),
        districts=voice.count(len(scores.districts)),
        weakest=voice.say(f"classification.{weakest.score}"),
        weakest_attained=voice.style.percent(weakest.attained, 0),
        strongest=voice.say(f"classification.{strongest.score}"),
        strongest_attained=voice.style.percent(strongest.attained, 0),
        lowest_score=voice.say(f"classification.{SCORES[place]}"),
        lowest_district=district,
        lowest_attained=voice.style.percent(lowest, 0),
    )
