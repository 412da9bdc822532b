"""Figures of children: by district with intervals, and over time beside the coverage."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.domain.periods import last_day, months_between
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.figures.canvas import ADJUSTED, INK, QUIET, draw_interval, new_canvas, percent_axis, style, to_svg
from kbkit.results import Estimate, Estimated
from kbkit.results.findings import Findings
from kbkit.results.stunting import PeriodChildren, Stunting
from kbkit.text import MISSING, Voice


def draw_children_by_district(findings: Findings, stunting: Stunting, *, voice: Voice, source: str) -> Figure | None:
    """Draw points and intervals by district, ordered by prevalence, with the regency's line; ``None`` without any."""
    shown = sorted(
        (
            (district.children.prevalence, district.district_name)
            for district in stunting.districts
            if isinstance(district.children.prevalence, Estimate)
        ),
        key=lambda item: (item[0].estimate, item[1]),
    )
    if not shown:
        return None
    with style():
        canvas, (axes,) = new_canvas(height=0.8 + 0.18 * len(shown))
        for place, (estimate, _) in enumerate(shown):
            draw_interval(axes, estimate, place, colour=ADJUSTED)
            axes.plot([estimate.estimate], [place], "o", color=ADJUSTED, markersize=4.5)
        _draw_regency(axes, findings.regency.name, stunting.latest.prevalence, voice)
        axes.set_yticks(range(len(shown)), [name for _, name in shown])
        axes.set_xlim(left=0)
        percent_axis(axes.xaxis, voice=voice)
        axes.set_xlabel(voice.say("figures.axis_prevalence"))
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        svg = to_svg(canvas)
    return Figure(
        name="children_by_district",
        title=voice.say("figures.children_by_district_title", period=_period(findings, voice)),
        svg=svg,
        alt=_describe_districts(findings, shown, stunting.latest.prevalence, voice),
        source=source,
    )


def _draw_regency(axes: Axes, name: str, whole: Estimated, voice: Voice) -> None:
    if not isinstance(whole, Estimate):
        return
    axes.axvline(whole.estimate, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.annotate(
        voice.say("figures.regency_line", regency=name, prevalence=voice.prevalence(whole)),
        (whole.estimate, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 2),
        textcoords="offset points",
        fontsize=8,
        color=QUIET,
    )


def _describe_districts(findings: Findings, shown: list[tuple[Estimate, str]], whole: Estimated, voice: Voice) -> str:
    (low, lowest), (high, highest) = shown[0], shown[-1]
    return voice.say(
        "figures.children_by_district_alt",
        districts=voice.count(len(shown)),
        lowest=lowest,
        lowest_prevalence=voice.prevalence(low),
        lowest_interval=voice.interval(low),
        highest=highest,
        highest_prevalence=voice.prevalence(high),
        highest_interval=voice.interval(high),
        regency=findings.regency.name,
        prevalence=voice.prevalence(whole),
    )


def _period(findings: Findings, voice: Voice) -> str:
    period = findings.timing.latest_period
    return voice.style.period(period) if period else MISSING


def draw_periods(stunting: Stunting, *, voice: Voice, source: str) -> Figure:
    """Draw prevalence with its interval above measuring coverage, on one axis of time."""
    periods = stunting.periods
    months = [months_between(last_day(periods[0].period), last_day(period.period)) for period in periods]
    with style():
        canvas, (prevalence, coverage) = new_canvas(height=2.9, rows=(3, 2))
        _draw_prevalences(prevalence, months, periods, voice)
        _draw_coverages(coverage, months, periods, voice)
        for axes, label in ((prevalence, "figures.axis_prevalence"), (coverage, "stunting.axis_coverage")):
            axes.set_xlim(-0.05 * months[-1], 1.05 * months[-1])
            axes.set_ylim(bottom=0)
            percent_axis(axes.yaxis, voice=voice)
            axes.set_title(
                voice.say(label, low=voice.style.percent(COVERAGE_LOW, 0)), fontsize=9, color=QUIET, loc="left"
            )
            axes.grid(axis="y")
        prevalence.set_xticks(months, [""] * len(months))
        coverage.set_xticks(months, [_label(place, periods, voice) for place in range(len(periods))])
        svg = to_svg(canvas)
    return Figure(
        name="children_by_period",
        title=voice.say("stunting.periods_title"),
        svg=svg,
        alt=_describe_periods(periods, voice),
        source=source,
    )


_LABELLED_MOST: Final = 8
"""Periods whose names fit under the axis."""


def _label(place: int, periods: tuple[PeriodChildren, ...], voice: Voice) -> str:
    every = -(-len(periods) // _LABELLED_MOST)
    return voice.style.short_period(periods[place].period) if (len(periods) - 1 - place) % every == 0 else ""


def _draw_prevalences(axes: Axes, months: list[int], periods: tuple[PeriodChildren, ...], voice: Voice) -> None:
    estimates = [(month, period.children.prevalence) for month, period in zip(months, periods, strict=True)]
    shown = [(month, value) for month, value in estimates if isinstance(value, Estimate)]
    for month, value in shown:
        draw_interval(axes, value, month, colour=ADJUSTED, upright=True)
    axes.plot([m for m, _ in shown], [value.estimate for _, value in shown], "-o", color=ADJUSTED, markersize=4.5)
    for month, value in shown if len(shown) <= _LABELLED_MOST else [shown[0], shown[-1]]:
        _write_value(axes, month, value.estimate, voice)


def _draw_coverages(axes: Axes, months: list[int], periods: tuple[PeriodChildren, ...], voice: Voice) -> None:
    shares = [(month, period.children.coverage) for month, period in zip(months, periods, strict=True)]
    known = [(month, share) for month, share in shares if share is not None]
    axes.plot([month for month, _ in known], [share for _, share in known], "-s", color=QUIET, markersize=4.5)
    axes.set_ylim(0, 1.12 * max([1.0, *(share for _, share in known)]))
    axes.axhline(COVERAGE_LOW, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    for month, share in known if len(known) <= _LABELLED_MOST else [known[0], known[-1]]:
        _write_value(axes, month, share, voice, below=share < COVERAGE_LOW)


def _write_value(axes: Axes, month: int, value: float, voice: Voice, *, below: bool = False) -> None:
    offset = (5, -11) if below else (5, 4)
    axes.annotate(
        voice.style.percent(value), (month, value), xytext=offset, textcoords="offset points", fontsize=8, color=INK
    )


def _describe_periods(periods: tuple[PeriodChildren, ...], voice: Voice) -> str:
    first, last = periods[0], periods[-1]
    return voice.say(
        "stunting.periods_alt",
        periods=voice.count(len(periods)),
        first_period=voice.style.period(first.period),
        first_prevalence=voice.prevalence(first.children.prevalence),
        first_coverage=voice.style.percent(first.children.coverage),
        last_period=voice.style.period(last.period),
        last_prevalence=voice.prevalence(last.children.prevalence),
        last_coverage=voice.style.percent(last.children.coverage),
    )
