"""Flow of villages between tiers, from snapshot to snapshot."""

from __future__ import annotations

from typing import Final

import numpy as np

from kbkit.document import Figure
from kbkit.domain.tiers import TIERS
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import INK, TIER_FILL, fill_tier
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale
from kbkit.figures.typeface import width_of
from kbkit.results.classification import Classification, SnapshotTiers
from kbkit.text import Voice

_LADDER: Final = (None, *(tier.value for tier in TIERS))
"""From the bottom of a column to its top."""
_BAR: Final = 0.16
"""Width of a column; snapshots are one apart."""
_NARROWEST: Final = 0.033
"""Part of a column's height below which a bar is too low for its number."""
_HEIGHT: Final = 191
"""Points that the highest column has, nearly."""
_NAME_SIZE: Final = 8.5
_LINE: Final = 0.055
"""Distance of two names at least, as a part of the highest column."""
_BESIDE: Final = 5.0
"""Points between a column and what is written beside it."""
_BEND: Final = np.linspace(0, 1, 25)
_EASE: Final = 3 * _BEND**2 - 2 * _BEND**3

_Heights = dict[str | None, float]


def draw_tier_flow(classification: Classification, *, voice: Voice, source: str) -> Figure:
    """Draw a column a snapshot and a ribbon for every move, as wide as its villages."""
    with style():
        page = Page(height=3.2)
        panel = page.panels[0]
        _scale(panel, classification, voice)
        bottoms = [_draw_column(panel, place, snapshot) for place, snapshot in enumerate(classification.snapshots)]
        for place, snapshot in enumerate(classification.snapshots[1:], start=1):
            _draw_ribbons(panel, place, snapshot, bottoms)
        _label(panel, classification, bottoms[-1], voice)
        svg = page.to_svg()
    return Figure(
        name="tier_flow",
        title=voice.say("classification.flow_title"),
        svg=svg,
        alt=_describe(classification, voice),
        source=source,
    )


def _scale(panel: Panel, classification: Classification, voice: Voice) -> None:
    snapshots = classification.snapshots
    dates = [(place, voice.style.date(snapshot.snapshot_date)) for place, snapshot in enumerate(snapshots)]
    most = max(sum(_villages(snapshot, name) for name in _LADDER) for snapshot in snapshots)
    panel.x = Scale(low=-0.3, high=len(snapshots) - 1 + _BAR / 2, ticks=dates, grid=False)
    panel.right = _BESIDE + max(width_of(voice.tier(name), _NAME_SIZE) for name in _LADDER)
    panel.y = Scale(low=0, high=most)
    panel.outlined = ()


def _draw_column(panel: Panel, place: int, snapshot: SnapshotTiers) -> _Heights:
    """Draw a stacked column and return where each tier starts."""
    bottoms: _Heights = {}
    bottom, most = 0.0, panel.y.high
    for name in _LADDER:
        count = _villages(snapshot, name)
        bottoms[name] = bottom
        panel.boxes([(place - _BAR / 2, bottom, _BAR, count)], fill_tier(name))
        if count >= _NARROWEST * most:
            _write_count(panel, place, bottom + count / 2, count, name)
        bottom += count
    return bottoms


def _write_count(panel: Panel, place: int, height: float, count: int, name: str | None) -> None:
    colour = "white" if name in ("mandiri", "berkelanjutan") else INK
    panel.write(str(count), place, height, size=7, colour=colour, across="center", up="middle", box=float(name is None))


def _draw_ribbons(panel: Panel, place: int, snapshot: SnapshotTiers, bottoms: list[_Heights]) -> None:
    """Draw the ribbons into a snapshot; on both sides they lie in the order of the other side."""
    left, right = dict(bottoms[place - 1]), dict(bottoms[place])
    x = place - 1 + _BAR / 2 + _BEND * (1 - _BAR)
    order = {name: rung for rung, name in enumerate(_LADDER)}
    for move in sorted(snapshot.moves, key=lambda move: (order[move.before], order[move.after])):
        start, end = left[move.before], right[move.after]
        lower = start + (end - start) * _EASE
        colour = "#d9dfe2" if move.before == move.after else TIER_FILL.get(move.before or "", "#eceff0")
        alpha = 0.55 if move.before == move.after else 0.75
        upper = lower + move.villages
        panel.area(x.tolist(), lower.tolist(), upper.tolist(), colour=colour, opacity=alpha)
        left[move.before] += move.villages
        right[move.after] += move.villages


def _label(panel: Panel, classification: Classification, bottoms: _Heights, voice: Voice) -> None:
    """Write the tiers beside the last column and villages without one beside the first."""
    last = {name: _villages(classification.snapshots[-1], name) for name in _LADDER}
    middles = {name: bottoms[name] + villages / 2 for name, villages in last.items() if villages}
    for name, height in zip(middles, _spread(list(middles.values()), panel.y.high), strict=True):
        panel.write(voice.tier(name), panel.x.high, height, shift=(_BESIDE, 0), size=_NAME_SIZE, up="middle")
    if first := _villages(classification.snapshots[0], None):
        text = voice.tier(None)
        middle = max(first, panel.y.high * width_of(text, _NAME_SIZE) / _HEIGHT) / 2  # not below the columns
        panel.write(text, -_BAR / 2, middle, shift=(-_BESIDE, 0), size=_NAME_SIZE, across="center", angle=90)


def _spread(heights: list[float], most: float) -> list[float]:
    """Return rising heights, not nearer to each other than a line and not above the columns."""
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + _LINE * most)
    highest = most
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], highest)
        highest = heights[place] - _LINE * most
    return heights


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
