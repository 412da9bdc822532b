"""Flow of villages between tiers, from snapshot to snapshot."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.domain.tiers import TIERS
from kbkit.figures.canvas import INK, QUIET, TIER_FILL, fill_tier, new_canvas, style, to_svg
from kbkit.results.classification import Classification, SnapshotTiers
from kbkit.text import Voice

_LADDER: Final = (None, *(tier.value for tier in TIERS))
"""From the bottom of a column to its top."""
_BAR: Final = 0.16
"""Width of a column; snapshots are one apart."""
_BEND: Final = np.linspace(0, 1, 25)
_EASE: Final = 3 * _BEND**2 - 2 * _BEND**3

_Heights = dict[str | None, float]


def draw_tier_flow(classification: Classification, *, voice: Voice, source: str) -> Figure:
    """Draw a column a snapshot and a ribbon for every move, as wide as its villages."""
    with style():
        canvas, (axes,) = new_canvas(height=3.6)
        bottoms = [_draw_column(axes, place, snapshot) for place, snapshot in enumerate(classification.snapshots)]
        for place, snapshot in enumerate(classification.snapshots[1:], start=1):
            _draw_ribbons(axes, place, snapshot, bottoms)
        _label(axes, classification, bottoms[-1], voice)
        svg = to_svg(canvas)
    return Figure(
        name="tier_flow",
        title=voice.say("classification.flow_title"),
        svg=svg,
        alt=_describe(classification, voice),
        source=source,
    )


def _draw_column(axes: Axes, place: int, snapshot: SnapshotTiers) -> _Heights:
    """Draw a stacked column and return where each tier starts."""
    bottoms: _Heights = {}
    bottom = 0.0
    for name in _LADDER:
        count = _villages(snapshot, name)
        bottoms[name] = bottom
        axes.bar(place, count, bottom=bottom, width=_BAR, **fill_tier(name))
        if count:
            _write_count(axes, place, bottom + count / 2, count, name)
        bottom += count
    return bottoms


def _write_count(axes: Axes, place: int, height: float, count: int, name: str | None) -> None:
    colour = "white" if name in ("mandiri", "berkelanjutan") else INK
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5} if name is None else None
    axes.text(place, height, str(count), ha="center", va="center", fontsize=7, color=colour, bbox=box)


def _draw_ribbons(axes: Axes, place: int, snapshot: SnapshotTiers, bottoms: list[_Heights]) -> None:
    """Draw the ribbons into a snapshot; on both sides they lie in the order of the other side."""
    left, right = dict(bottoms[place - 1]), dict(bottoms[place])
    x = place - 1 + _BAR / 2 + _BEND * (1 - _BAR)
    order = {name: rung for rung, name in enumerate(_LADDER)}
    for move in sorted(snapshot.moves, key=lambda move: (order[move.before], order[move.after])):
        start, end = left[move.before], right[move.after]
        lower = start + (end - start) * _EASE
        colour = "#d9dfe2" if move.before == move.after else TIER_FILL.get(move.before or "", "#eceff0")
        alpha = 0.55 if move.before == move.after else 0.75
        axes.fill_between(x, lower, lower + move.villages, color=colour, alpha=alpha, linewidth=0)
        left[move.before] += move.villages
        right[move.after] += move.villages


def _label(axes: Axes, classification: Classification, bottoms: _Heights, voice: Voice) -> None:
    """Write the dates below and the tiers beside the last column, not nearer to each other than a line."""
    last = classification.snapshots[-1]
    total = sum(_villages(last, name) for name in _LADDER)
    lowest = 0.0
    for name in _LADDER:
        if not _villages(last, name):
            continue
        height = max(bottoms[name] + _villages(last, name) / 2, lowest)
        lowest = height + 0.055 * total
        axes.text(len(classification.snapshots) - 1 + _BAR * 0.7, height, voice.tier(name), va="center", fontsize=8.5)
    if first := _villages(classification.snapshots[0], None):
        axes.text(-_BAR * 0.7, first / 2, voice.tier(None), ha="right", va="center", rotation=90, fontsize=8.5)
    dates = [voice.style.date(snapshot.snapshot_date) for snapshot in classification.snapshots]
    axes.set_xticks(range(len(dates)), dates)
    axes.set_xlim(-0.3, len(dates) - 1 + 0.45)
    axes.set_yticks([])
    axes.tick_params(length=0, labelcolor=QUIET)
    axes.spines[:].set_visible(False)


def _villages(snapshot: SnapshotTiers, name: str | None) -> int:
    return int(getattr(snapshot.counts, name or "none"))


def _describe(classification: Classification, voice: Voice) -> str:
    first, last = classification.snapshots[0], classification.snapshots[-1]
    entered = sum(move.villages for move in last.moves if move.before is None and move.after is not None)
    return voice.say(
        "classification.flow_alt",
        snapshots=voice.count(len(classification.snapshots)),
        first=voice.style.date(first.snapshot_date),
        last=voice.style.date(last.snapshot_date),
        rose=voice.count(last.rose),
        fell=voice.count(last.fell),
        stayed=voice.count(last.stayed),
        entered=voice.count(entered),
    )
