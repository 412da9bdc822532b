"""Figures of the programme: elements by village, and money by source. Descriptions, one bar an element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbkit.document import Figure
from kbkit.figures.canvas import Key, Page, style
from kbkit.figures.palette import ADJUSTED, INK, QUIET, UNKNOWN, Fill
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, write_counts
from kbkit.figures.stacked_bars import BAR, Part, draw_stacked_bars
from kbkit.results.programme import Funding, Presence
from kbkit.text import Voice
from kbkit.text.programme import describe_sources

_STATES: Final = {"yes": Fill(face=ADJUSTED), "no": Fill(face="#d3dadd"), "silent": UNKNOWN}
_FUNDED: Final = ("funded", "unfunded", "silent")
"""States of villages with money, in the order of the fills."""

_NARROWEST: Final = 0.045
"""Part of the axis below which a bar is too short for its number."""


def draw_presences(presences: Sequence[Presence], *, voice: Voice) -> Figure:
    """Draw every element over all villages: there, not there, not known."""
    with style():
        page = Page(height=0.85 + 0.21 * len(presences))
        panel = page.panels[0]
        panel.x = _count_villages(max(presence.villages for presence in presences), voice)
        panel.y = name_rows([_name(presence, voice) for presence in presences], margin=0.55)
        _draw_states(panel, presences)
        page.explain(
            [Key(label=voice.say(f"programme.presence_{state}"), fill=fill) for state, fill in _STATES.items()]
        )
        svg = page.to_svg()
    return Figure(
        name="programme_elements",
        title=voice.say("programme.presence_title"),
        svg=svg,
        alt=_describe_presences(presences, voice),
        source=describe_sources((presence.source for presence in presences), voice=voice),
    )


def _draw_states(panel: Panel, presences: Sequence[Presence]) -> None:
    colours = {"yes": "white", "no": INK, "silent": QUIET}
    parts = [
        Part(
            counts=[int(getattr(presence, state)) for presence in presences],
            fill=fill,
            colour=colours[state],
            boxed=state == "silent",
        )
        for state, fill in _STATES.items()
    ]
    draw_stacked_bars(panel, parts, narrowest=[_NARROWEST * presence.villages for presence in presences])


def _count_villages(villages: float, voice: Voice) -> Scale:
    title = voice.say("figures.axis_villages")
    return Scale(low=0, high=villages, write=write_counts(voice), whole=True, title=title)


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
        page = Page(height=1.5 + 0.2 * (3 + len(sources)), rows=(3.1, len(sources) + 0.1))
        states, by_source = page.panels
        villages = [getattr(funding, name) for name in _FUNDED]
        by_source.x = _count_villages(1.05 * sum(villages), voice)
        states.x = Scale(low=0, high=by_source.x.high)
        states.title, by_source.title = (voice.say(f"programme.funding_{name}") for name in ("any", "by_source"))
        labels = [voice.say(f"programme.funding_state_{name}") for name in _FUNDED]
        _draw_bars(states, villages, labels, list(_STATES.values()))
        labels = [voice.named("funding", f"source_{item.source}") for item in sources]
        _draw_bars(by_source, [item.villages for item in sources], labels, [_STATES["yes"]] * len(sources))
        svg = page.to_svg()
    return Figure(
        name="funding_by_source",
        title=voice.say("programme.funding_figure", year=str(funding.year)),
        svg=svg,
        alt=_describe_funding(funding, voice),
        source=source,
    )


def _draw_bars(panel: Panel, villages: Sequence[int], labels: Sequence[str], fills: Sequence[Fill]) -> None:
    panel.y = name_rows(labels, margin=0.55)
    for row, (count, fill) in enumerate(zip(villages, fills, strict=True)):
        panel.boxes([(0, row - BAR / 2, count, BAR)], fill)
        panel.write(str(count), count, row, shift=(4, 0), size=8, up="middle")


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
    states = {name: voice.count(getattr(funding, name)) for name in _FUNDED}
    total = voice.count(funding.funded + funding.unfunded + funding.silent)
    return voice.say("programme.funding_alt", year=str(funding.year), villages=total, items="; ".join(items), **states)
