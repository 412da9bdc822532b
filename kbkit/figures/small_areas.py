"""Figures of villages: the caterpillar of shrunken prevalences, and the funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbkit.document import Figure
from kbkit.figures.beside import write_beside
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import ABOVE, BELOW, INK, QUIET
from kbkit.figures.panel import DASHED, Dashes, Panel, Segment
from kbkit.figures.scale import Scale, name_rows, write_counts, write_percents
from kbkit.results.small_areas import Funnel, Position, SmallAreas, VillageRate
from kbkit.text import Voice

_COLOUR: Final[dict[Position, str]] = {"below": BELOW, "between": "#9aa4ab", "above": ABOVE}
_MARK: Final[dict[Position, str]] = {"below": "v", "between": "o", "above": "^"}
_HIDDEN: Final = "#c4ccd1"
_CHANCE: Final = "#a3adb4"

_NAMED_MOST: Final = 30
"""Villages that are drawn as rows with their names; more would fill the page, and are drawn as a dense row."""

_DENSE: Final = 120
"""Villages above which lines and marks are thinner."""

_NAME_LENGTH: Final = 30
_LABELLED_MOST: Final = 6
"""Villages outside the funnel that are named in it; with more, names would cover points."""


def draw_village_rates(areas: SmallAreas, *, regency: str, period: str, voice: Voice, source: str) -> Figure:
    """Draw every measured village's shrunken prevalence with its interval, from the lowest to the highest."""
    named = len(areas.rates) <= _NAMED_MOST
    with style():
        page = Page(height=0.9 + 0.19 * len(areas.rates) if named else 2.5)
        panel = page.panels[0]
        _scale_rows(panel, areas, voice) if named else _scale_dense(panel, areas, voice)
        _draw_rates(panel, areas.rates, upright=not named)
        _draw_prevalence(panel, areas.prevalence, regency, voice, upright=not named)
        svg = page.to_svg()
    return Figure(
        name="village_rates",
        title=voice.say("stunting.rates_title", period=period, level=voice.level(areas.level)),
        svg=svg,
        alt=_describe_rates(areas, regency, voice),
        notes=_note_hidden(areas, voice),
        source=source,
    )


def _scale_rows(panel: Panel, areas: SmallAreas, voice: Voice) -> None:
    highest = max(rate.upper for rate in areas.rates)
    title = voice.say("stunting.axis_rate")
    panel.x = Scale(low=0, high=1.04 * highest, write=write_percents(voice), title=title)
    panel.y = name_rows([shorten(rate.village_name) for rate in areas.rates], margin=0.7, upwards=True)


def _scale_dense(panel: Panel, areas: SmallAreas, voice: Voice) -> None:
    total, top = len(areas.rates), 1.05 * max(rate.upper for rate in areas.rates)
    title = voice.say("stunting.axis_villages", villages=voice.count(total))
    panel.x = Scale(low=-0.01 * total - 1, high=1.01 * total, title=title)
    panel.y = Scale(low=0, high=top, write=write_percents(voice), title=voice.say("stunting.axis_rate"))
    panel.outlined = ("left",)
    below, above = areas.count("below"), areas.count("above")
    if below:
        text = voice.say("stunting.count_below", villages=voice.count(below))
        panel.write(text, below + 0.01 * total, 0.02 * top, size=8.5, colour=BELOW)
    if above:
        text = voice.say("stunting.count_above", villages=voice.count(above))
        panel.write(text, total - above - 0.01 * total, 0.93 * top, size=8.5, colour=ABOVE, across="right")


def _draw_rates(panel: Panel, rates: Sequence[VillageRate], *, upright: bool) -> None:
    """Draw intervals and marks, one path for each kind, however many villages there are."""
    size = 5.0 if not upright else 3.4 if len(rates) <= _DENSE else 2.2
    thin = 1.2 if not upright else 0.9 if len(rates) <= _DENSE else 0.6
    for position in ("between", "below", "above"):
        group = [(place, rate) for place, rate in enumerate(rates) if rate.position == position]
        lines = [_line(place, rate.lower, rate.upper, upright) for place, rate in group]
        panel.lines(lines, colour=_COLOUR[position], width=thin, opacity=0.7)
        points = [(place, rate.low) if upright else (rate.low, place) for place, rate in group if not rate.hidden]
        panel.marks(points, _MARK[position], colour=_COLOUR[position], size=size, markeredgewidth=0)
    hidden = [_line(place, rate.low, rate.high, upright) for place, rate in enumerate(rates) if rate.hidden]
    panel.lines(hidden, colour=_HIDDEN, width=1.6 * size / 2, order=3)


def _line(place: float, start: float, end: float, upright: bool) -> Segment:
    return ((place, start), (place, end)) if upright else ((start, place), (end, place))


def _draw_prevalence(panel: Panel, prevalence: float, regency: str, voice: Voice, *, upright: bool) -> None:
    panel.rule(prevalence, upright=not upright, colour=INK, dashes=DASHED, order=4)
    text = voice.say("figures.regency_line", regency=regency, prevalence=voice.style.percent(prevalence))
    if upright:
        panel.write(text, panel.x.low, prevalence, shift=(4, 3), size=8, box=0.75)
    else:
        panel.name_rule(text, prevalence, colour=INK)


def shorten(name: str) -> str:
    """Return a name that fits beside an axis."""
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1].rstrip() + "…"


def _describe_rates(areas: SmallAreas, regency: str, voice: Voice) -> str:
    lowest, highest = areas.rates[0], areas.rates[-1]
    return voice.say(
        "stunting.rates_alt",
        villages=voice.count(len(areas.rates)),
        lowest=describe_range(lowest, voice),
        highest=describe_range(highest, voice),
        above=voice.count(areas.count("above")),
        below=voice.count(areas.count("below")),
        regency=regency,
        prevalence=voice.style.percent(areas.prevalence),
        hidden=voice.count(areas.hidden),
    )


def describe_range(rate: VillageRate, voice: Voice) -> str:
    """Return a shrunken prevalence, or the range that a hidden one lies in."""
    return voice.style.interval(rate.low, rate.high) if rate.hidden else voice.style.percent(rate.low)


def _note_hidden(areas: SmallAreas, voice: Voice, *, again: bool = False) -> tuple[str, ...]:
    """Say what a grey band is; under the second of two neighbouring figures in short."""
    key = "stunting.note_hidden_again" if again else "stunting.note_hidden"
    return (voice.say(key, villages=voice.count(areas.hidden)),) if areas.hidden else ()


def draw_funnel(areas: SmallAreas, funnel: Funnel, *, regency: str, period: str, voice: Voice, source: str) -> Figure:
    """Draw the share of stunted children of every village by its measured children, within the limits."""
    with style():
        page = Page(height=2.6)
        panel = page.panels[0]
        _scale_funnel(panel, areas, funnel, voice)
        _draw_limits(panel, funnel, voice)
        _draw_shares(panel, areas.rates)
        _draw_prevalence(panel, areas.prevalence, regency, voice, upright=True)
        _label_outside(panel, areas, funnel)
        svg = page.to_svg()
    return Figure(
        name="village_funnel",
        title=voice.say("stunting.funnel_title", period=period),
        svg=svg,
        alt=_describe_funnel(areas, funnel, regency, voice),
        notes=_note_hidden(areas, voice, again=True),
        source=source,
    )


def _scale_funnel(panel: Panel, areas: SmallAreas, funnel: Funnel, voice: Voice) -> None:
    top = max(max(rate.share_high for rate in areas.rates), max(limit.binomial_upper for limit in funnel.limits))
    widest = max(max(rate.children_measured for rate in areas.rates), funnel.limits[-1].children_measured)
    across, up = (voice.say(f"stunting.axis_{name}") for name in ("measured", "share"))
    panel.x = Scale(low=0, high=1.05 * widest, write=write_counts(voice), whole=True, title=across)
    panel.y = Scale(low=0, high=min(1.0, 1.08 * top), write=write_percents(voice), title=up)
    panel.outlined = ("left", "bottom")


def _draw_limits(panel: Panel, funnel: Funnel, voice: Voice) -> None:
    sizes = [limit.children_measured for limit in funnel.limits]
    looks: tuple[tuple[str, str, Dashes], ...] = (("", QUIET, None), ("binomial_", _CHANCE, (1.5, 2.0)))
    for prefix, colour, dashes in looks:
        for name in (f"{prefix}lower", f"{prefix}upper"):
            values = [min(getattr(limit, name), panel.y.high) for limit in funnel.limits]
            panel.line(sizes, values, colour=colour, width=1.0, dashes=dashes)
    last = funnel.limits[-1]
    for height, key in ((last.upper, "stunting.funnel_limit"), (last.binomial_upper, "stunting.funnel_chance")):
        text = voice.say(key, level=voice.level(funnel.level))
        panel.write(text, last.children_measured, height, shift=(0, 3), size=8, colour=QUIET, across="right")


def _draw_shares(panel: Panel, rates: Sequence[VillageRate]) -> None:
    hidden = [_line(rate.children_measured, rate.share_low, rate.share_high, True) for rate in rates if rate.hidden]
    panel.lines(hidden, colour=_HIDDEN, width=2.0)
    for position in ("between", "below", "above"):
        shown = [rate for rate in rates if rate.funnel == position and not rate.hidden]
        points = [(rate.children_measured, rate.share_low) for rate in shown]
        size = 3.2 if position == "between" else 6
        panel.marks(points, _MARK[position], colour=_COLOUR[position], size=size, markeredgewidth=0.4,
                    markeredgecolor="white")  # fmt: skip


def _label_outside(panel: Panel, areas: SmallAreas, funnel: Funnel) -> None:
    outside = sorted((rate for rate in areas.rates if rate.funnel != "between"), key=lambda rate: rate.share_high)
    if len(outside) > _LABELLED_MOST:
        return
    names = [(shorten(rate.village_name), (rate.children_measured, rate.share_high)) for rate in outside]
    colours = [_COLOUR[rate.funnel] for rate in outside]
    limits = [
        [(limit.children_measured, min(getattr(limit, name), panel.y.high)) for limit in funnel.limits]
        for name in ("lower", "upper", "binomial_lower", "binomial_upper")
    ]
    whole = [(panel.x.low, areas.prevalence), (panel.x.high, areas.prevalence)]
    write_beside(panel, names, colours=colours, size=8, mark=7, lines=[*limits, whole])


def _describe_funnel(areas: SmallAreas, funnel: Funnel, regency: str, voice: Voice) -> str:
    return voice.say(
        "stunting.funnel_alt",
        villages=voice.count(len(areas.rates)),
        regency=regency,
        prevalence=voice.style.percent(areas.prevalence),
        level=voice.level(funnel.level),
        above=voice.count(areas.count_funnel("above")),
        below=voice.count(areas.count_funnel("below")),
        chance=voice.count(funnel.outside_binomial),
    )
