"""Heat map of the twelve scores by district."""

from __future__ import annotations

from typing import Final

import numpy as np

from kbkit.document import Figure
from kbkit.domain.next_tier import BLOCKS
from kbkit.domain.tiers import SCORES
from kbkit.figures.canvas import Page, style
from kbkit.figures.heat_map import Cell, draw_heat_map
from kbkit.figures.palette import QUIET
from kbkit.figures.panel import Panel
from kbkit.results.classification import Classification, Scores
from kbkit.text import Voice

_LIGHTEST: Final = "#f4f8f8"
_WIDE_MOST: Final = 18
"""Columns that are wide enough for larger numbers and a wide gap."""
_DARK: Final = 0.62
"""From this share on a cell is dark enough for white text."""


def draw_scores_by_district(classification: Classification, scores: Scores, *, voice: Voice, source: str) -> Figure:
    """Draw the attained share of every score: a row a score, a column a district, the whole regency first."""
    with style():
        page = Page(height=3.8)
        _draw_cells(page.panels[0], scores, voice)
        _set_apart(page.panels[0])
        svg = page.to_svg()
    date = voice.style.date(classification.snapshots[-1].snapshot_date)
    return Figure(
        name="scores_by_district",
        title=voice.say("classification.heat_title", date=date),
        svg=svg,
        alt=_describe(scores, voice),
        source=source,
    )


def _draw_cells(panel: Panel, scores: Scores, voice: Voice) -> None:
    values = [[spread.attained for spread in scores.spreads], *(district.attained for district in scores.districts)]
    cells = [
        Cell(row=row, column=column, share=share, text=voice.style.decimal(100 * share, 0))
        for column, shares in enumerate(values)
        for row, share in enumerate(shares)
    ]
    draw_heat_map(
        panel,
        cells,
        rows=[voice.say(f"classification.{name}") for name in SCORES],
        columns=[voice.say("classification.heat_all"), *(district.district_name for district in scores.districts)],
        lightest=_LIGHTEST,
        dark=_DARK,
        name_size=8,
        size=7.5 if len(values) <= _WIDE_MOST else 6,
    )


def _set_apart(panel: Panel) -> None:
    """Set the whole regency off from its districts, and the blocks of scores from each other."""
    panel.rule(1, upright=True, colour="white", width=5 if panel.x.high <= _WIDE_MOST else 2)
    for place in np.cumsum([len(names) for names in BLOCKS.values()])[:-1]:
        panel.rule(place - 0.5, upright=False, colour=QUIET, width=1)


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
