"""Figures of the programme: elements by village, and money by source. Descriptions, one bar an element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from kbkit.document import Figure
from kbkit.figures.canvas import ADJUSTED, INK, QUIET, count_axis, new_canvas, style, to_svg
from kbkit.results.programme import Funding, Presence
from kbkit.text import Voice
from kbkit.text.programme import describe_sources

_STATES: Final[dict[str, dict[str, Any]]] = {
    "yes": {"facecolor": ADJUSTED, "edgecolor": "white"},
    "no": {"facecolor": "#d3dadd", "edgecolor": "white"},
    "silent": {"facecolor": "white", "edgecolor": "#aab4ba", "hatch": "////"},
}
"""What nobody said is hatched, not coloured: it is neither there nor absent."""
_NARROWEST: Final = 0.045
"""Part of the axis below which a bar is too short for its number."""


def draw_presences(presences: Sequence[Presence], *, voice: Voice) -> Figure:
    """Draw every element over all villages: there, not there, not known."""
    with style():
        canvas, (axes,) = new_canvas(height=0.9 + 0.25 * len(presences))
        _draw_states(axes, presences)
        axes.set_yticks(range(len(presences)), [_name(presence, voice) for presence in presences])
        _finish(axes, voice)
        patches = [Patch(label=voice.say(f"programme.presence_{state}"), **fill) for state, fill in _STATES.items()]
        canvas.legend(handles=patches, loc="outside upper center", ncols=3, frameon=False, fontsize=8.5)
        svg = to_svg(canvas)
    return Figure(
        name="programme_elements",
        title=voice.say("programme.presence_title"),
        svg=svg,
        alt=_describe_presences(presences, voice),
        source=describe_sources((presence.source for presence in presences), voice=voice),
    )


def _draw_states(axes: Axes, presences: Sequence[Presence]) -> None:
    for place, presence in enumerate(presences):
        start = 0
        for state, fill in _STATES.items():
            villages = int(getattr(presence, state))
            axes.barh(place, villages, left=start, height=0.72, **fill)
            if villages > _NARROWEST * presence.villages:
                _write(axes, place, start + villages / 2, villages, state)
            start += villages


def _write(axes: Axes, place: float, middle: float, villages: int, state: str) -> None:
    font: dict[str, Any] = {"fontsize": 7.5, "color": "white" if state == "yes" else INK}
    if state == "silent":
        font |= {"color": QUIET, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.6}}
    axes.text(middle, place, str(villages), ha="center", va="center", **font)


def _finish(axes: Axes, voice: Voice) -> None:
    axes.invert_yaxis()
    count_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(voice.say("figures.axis_villages"))
    axes.margins(y=0.01)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _name(presence: Presence, voice: Voice) -> str:
    return voice.say(f"programme.has_{presence.name}")


def _describe_presences(presences: Sequence[Presence], voice: Voice) -> str:
    most, least = (choose(presences, key=lambda item: item.yes) for choose in (max, min))
    silent = max(presences, key=lambda item: item.silent)
    return voice.say(
        "programme.presence_alt",
        items=voice.count(len(presences)),
        villages=voice.count(most.villages),
        most=_name(most, voice),
        most_villages=voice.count(most.yes),
        least=_name(least, voice),
        least_villages=voice.count(least.yes),
        silent=_name(silent, voice),
        silent_villages=voice.count(silent.silent),
    )


def draw_funding(funding: Funding, *, voice: Voice, source: str) -> Figure:
    """Draw villages with money, without, and silent, and below these the villages that each source reaches."""
    sources = sorted(funding.sources, key=lambda item: -item.villages)
    with style():
        canvas, (states, by_source) = new_canvas(height=1.7 + 0.25 * (3 + len(sources)), rows=(3, max(len(sources), 1)))
        names = ("funded", "unfunded", "silent")
        villages = [getattr(funding, name) for name in names]
        _draw_bars(states, villages, [voice.say(f"programme.funding_state_{name}") for name in names], _STATES.values())
        labels = [voice.named("funding", f"source_{item.source}") for item in sources]
        fills = [_STATES["yes"]] * len(sources)
        _draw_bars(by_source, [item.villages for item in sources], labels, fills)
        for axes, title in ((states, "funding_any"), (by_source, "funding_by_source")):
            axes.set_xlim(0, sum(villages))
            axes.set_title(voice.say(f"programme.{title}"), loc="left", fontsize=8.5, color=QUIET)
        _finish(by_source, voice)
        states.invert_yaxis()
        states.tick_params(labelbottom=False)
        svg = to_svg(canvas)
    return Figure(
        name="funding_by_source",
        title=voice.say("programme.funding_figure", year=str(funding.year)),
        svg=svg,
        alt=_describe_funding(funding, voice),
        source=source,
    )


def _draw_bars(axes: Axes, villages: Sequence[int], labels: Sequence[str], fills: Any) -> None:
    for place, (count, fill) in enumerate(zip(villages, fills, strict=True)):
        axes.barh(place, count, height=0.72, **fill)
        axes.annotate(str(count), (count, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8,
                      annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(labels)), labels)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _describe_funding(funding: Funding, voice: Voice) -> str:
    widest = sorted(funding.sources, key=lambda item: -item.villages)[:3]
    items = (
        voice.say(
            "programme.funding_alt_item",
            source=voice.named("funding", f"source_{item.source}"),
            villages=voice.count(item.villages),
        )
        for item in widest
    )
    states = {name: voice.count(getattr(funding, name)) for name in ("funded", "unfunded", "silent")}
    total = voice.count(funding.funded + funding.unfunded + funding.silent)
    return voice.say("programme.funding_alt", year=str(funding.year), villages=total, items="; ".join(items), **states)
