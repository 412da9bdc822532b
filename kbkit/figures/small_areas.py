"""Figures of villages: the caterpillar of shrunken prevalences, and the funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from kbkit.document import Figure
from kbkit.figures.canvas import ABOVE, BELOW, INK, QUIET, count_axis, new_canvas, percent_axis, style, to_svg
from kbkit.results.small_areas import Funnel, Position, SmallAreas, VillageRate
from kbkit.text import Voice

_COLOUR: Final[dict[Position, str]] = {"below": BELOW, "between": "#9aa4ab", "above": ABOVE}
_MARK: Final[dict[Position, str]] = {"below": "v", "between": "o", "above": "^"}
_HIDDEN: Final = "#c4ccd1"
_CHANCE: Final = "#a3adb4"

_NAMED_MOST: Final = 30
"""Villages that are drawn as rows with their names; more would fill the page, and are drawn as a dense row."""

_NAME_LENGTH: Final = 30
_LABELLED_MOST: Final = 6
"""Villages outside the funnel that are named in it; with more, names would cover points."""


def draw_village_rates(areas: SmallAreas, *, regency: str, period: str, voice: Voice, source: str) -> Figure:
    """Draw every measured village's shrunken prevalence with its interval, from the lowest to the highest."""
    named = len(areas.rates) <= _NAMED_MOST
    with style():
        canvas, (axes,) = new_canvas(height=0.9 + 0.19 * len(areas.rates) if named else 2.5)
        _draw_rates(axes, areas.rates, upright=not named)
        _draw_prevalence(axes, areas.prevalence, regency, voice, upright=not named)
        _name_rows(axes, areas, voice) if named else _finish_dense(axes, areas, voice)
        svg = to_svg(canvas)
    return Figure(
        name="village_rates",
        title=voice.say("stunting.rates_title", period=period, level=voice.level(areas.level)),
        svg=svg,
        alt=_describe_rates(areas, regency, voice),
        notes=_note_hidden(areas, voice),
        source=source,
    )


def _draw_rates(axes: Axes, rates: Sequence[VillageRate], *, upright: bool) -> None:
    """Draw intervals and marks, one artist for each kind, however many villages there are."""
    size = 5.0 if not upright else 3.4 if len(rates) <= 120 else 2.2
    for position in ("between", "below", "above"):
        group = [(place, rate) for place, rate in enumerate(rates) if rate.position == position]
        shown = [(place, rate) for place, rate in group if not rate.hidden]
        lines = [_line(place, rate.lower, rate.upper, upright) for place, rate in group]
        thin = 1.2 if not upright else 0.9 if len(rates) <= 120 else 0.6
        axes.add_collection(LineCollection(lines, colors=_COLOUR[position], linewidths=thin, alpha=0.7))
        places, values = [place for place, _ in shown], [rate.low for _, rate in shown]
        axes.plot(
            *((places, values) if upright else (values, places)),
            _MARK[position],
            color=_COLOUR[position],
            markersize=size,
            markeredgewidth=0,
        )
    hidden = [_line(place, rate.low, rate.high, upright) for place, rate in enumerate(rates) if rate.hidden]
    axes.add_collection(LineCollection(hidden, colors=_HIDDEN, linewidths=1.6 * size / 2, zorder=3))
    axes.autoscale_view()


def _line(place: float, start: float, end: float, upright: bool) -> list[tuple[float, float]]:
    return [(place, start), (place, end)] if upright else [(start, place), (end, place)]


def _draw_prevalence(axes: Axes, prevalence: float, regency: str, voice: Voice, *, upright: bool) -> None:
    line: Any = axes.axhline if upright else axes.axvline
    line(prevalence, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=4)
    axes.annotate(
        voice.say("figures.regency_line", regency=regency, prevalence=voice.style.percent(prevalence)),
        (0, prevalence) if upright else (prevalence, 1),
        xycoords=("axes fraction", "data") if upright else ("data", "axes fraction"),
        xytext=(4, 3) if upright else (3, 2),
        textcoords="offset points",
        fontsize=8,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.5},
        zorder=5,
    )


def _name_rows(axes: Axes, areas: SmallAreas, voice: Voice) -> None:
    axes.set_yticks(range(len(areas.rates)), [shorten(rate.village_name) for rate in areas.rates])
    axes.set_ylim(-0.7, len(areas.rates) - 0.3)
    axes.set_xlim(left=0)
    percent_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(voice.say("stunting.axis_rate"))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def shorten(name: str) -> str:
    """Return a name that fits beside an axis."""
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1].rstrip() + "…"


def _finish_dense(axes: Axes, areas: SmallAreas, voice: Voice) -> None:
    total = len(areas.rates)
    axes.set_xlim(-0.01 * total - 1, 1.01 * total)
    axes.set_ylim(bottom=0)
    axes.set_xticks([])
    axes.set_xlabel(voice.say("stunting.axis_villages", villages=voice.count(total)))
    axes.set_ylabel(voice.say("stunting.axis_rate"))
    percent_axis(axes.yaxis, voice=voice)
    axes.grid(axis="y")
    axes.spines["bottom"].set_visible(False)
    top = axes.get_ylim()[1]
    below, above = areas.count("below"), areas.count("above")
    if below:
        text = voice.say("stunting.count_below", villages=voice.count(below))
        axes.text(below + 0.01 * total, 0.02 * top, text, fontsize=8.5, color=BELOW)
    if above:
        text = voice.say("stunting.count_above", villages=voice.count(above))
        axes.text(total - above - 0.01 * total, 0.93 * top, text, ha="right", fontsize=8.5, color=ABOVE)


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


def _note_hidden(areas: SmallAreas, voice: Voice) -> tuple[str, ...]:
    return (voice.say("stunting.note_hidden", villages=voice.count(areas.hidden)),) if areas.hidden else ()


def draw_funnel(areas: SmallAreas, funnel: Funnel, *, regency: str, period: str, voice: Voice, source: str) -> Figure:
    """Draw the share of stunted children of every village by its measured children, within the limits."""
    with style():
        canvas, (axes,) = new_canvas(height=2.6)
        _draw_limits(axes, funnel, voice)
        _draw_shares(axes, areas.rates)
        _draw_prevalence(axes, areas.prevalence, regency, voice, upright=True)
        _label_outside(axes, areas.rates)
        axes.set_xlim(left=0)
        top = max(max(rate.share_high for rate in areas.rates), max(limit.binomial_upper for limit in funnel.limits))
        axes.set_ylim(0, min(1.0, 1.08 * top))
        count_axis(axes.xaxis, voice=voice)
        percent_axis(axes.yaxis, voice=voice)
        axes.set_xlabel(voice.say("stunting.axis_measured"))
        axes.set_ylabel(voice.say("stunting.axis_share"))
        axes.grid()
        svg = to_svg(canvas)
    return Figure(
        name="village_funnel",
        title=voice.say("stunting.funnel_title", period=period),
        svg=svg,
        alt=_describe_funnel(areas, funnel, regency, voice),
        notes=_note_hidden(areas, voice),
        source=source,
    )


def _draw_limits(axes: Axes, funnel: Funnel, voice: Voice) -> None:
    sizes = [limit.children_measured for limit in funnel.limits]
    for lower, upper, dashes in (("lower", "upper", "solid"), ("binomial_lower", "binomial_upper", (0, (1.5, 2)))):
        for name in (lower, upper):
            values = [getattr(limit, name) for limit in funnel.limits]
            axes.plot(sizes, values, color=QUIET if dashes == "solid" else _CHANCE, linewidth=1.0, linestyle=dashes)
    last = funnel.limits[-1]
    for height, key in ((last.upper, "stunting.funnel_limit"), (last.binomial_upper, "stunting.funnel_chance")):
        axes.annotate(
            voice.say(key, level=voice.level(funnel.level)),
            (last.children_measured, height),
            xytext=(0, 3),
            textcoords="offset points",
            ha="right",
            fontsize=8,
            color=QUIET,
        )


def _draw_shares(axes: Axes, rates: Sequence[VillageRate]) -> None:
    hidden = [_line(rate.children_measured, rate.share_low, rate.share_high, True) for rate in rates if rate.hidden]
    axes.add_collection(LineCollection(hidden, colors=_HIDDEN, linewidths=2.0))
    for position in ("between", "below", "above"):
        shown = [rate for rate in rates if rate.funnel == position and not rate.hidden]
        axes.plot(
            [rate.children_measured for rate in shown],
            [rate.share_low for rate in shown],
            _MARK[position],
            color=_COLOUR[position],
            markersize=3.2 if position == "between" else 6,
            markeredgewidth=0.4,
            markeredgecolor="white",
        )


def _label_outside(axes: Axes, rates: Sequence[VillageRate]) -> None:
    outside = sorted((rate for rate in rates if rate.funnel != "between"), key=lambda rate: rate.share_high)
    for place, rate in enumerate(outside if len(outside) <= _LABELLED_MOST else ()):
        # Neighbours take turns, so that their names do not meet.
        side, align = ((5, -3), "left") if place % 2 else ((-5, -3), "right")
        axes.annotate(
            shorten(rate.village_name),
            (rate.children_measured, rate.share_high),
            xytext=side,
            textcoords="offset points",
            ha=align,
            fontsize=8,
            color=_COLOUR[rate.funnel],
        )


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
