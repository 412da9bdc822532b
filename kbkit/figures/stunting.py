"""Figures of children: by district with intervals, and over time beside the coverage."""

from __future__ import annotations

from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.figures.canvas import ADJUSTED, QUIET, RULE, draw_interval, new_canvas, percent_axis, style, to_svg
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
        canvas, (axes,) = new_canvas(height=0.8 + 0.22 * len(shown))
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
    """Draw prevalence with its interval and, beside it, measuring coverage, both over the periods."""
    periods = stunting.periods
    with style():
        canvas, (prevalence, coverage) = new_canvas(height=2.5, columns=2)
        _draw_prevalences(prevalence, periods)
        _draw_coverages(coverage, periods)
        for axes, label in ((prevalence, "figures.axis_prevalence"), (coverage, "figures.axis_coverage")):
            axes.set_xticks(range(len(periods)), [voice.style.short_period(p.period) for p in periods])
            axes.set_xlim(-0.4, len(periods) - 0.6)
            axes.set_ylim(bottom=0)
            percent_axis(axes.yaxis, voice=voice)
            axes.set_title(voice.say(label), fontsize=9, color=QUIET, loc="left")
            axes.grid(axis="y")
        svg = to_svg(canvas)
    return Figure(
        name="children_by_period",
        title=voice.say("figures.periods_title"),
        svg=svg,
        alt=_describe_periods(periods, voice),
        source=source,
    )


def _draw_prevalences(axes: Axes, periods: tuple[PeriodChildren, ...]) -> None:
    estimates = [(place, period.children.prevalence) for place, period in enumerate(periods)]
    shown = [(place, value) for place, value in estimates if isinstance(value, Estimate)]
    for place, value in shown:
        draw_interval(axes, value, place, colour=ADJUSTED, upright=True)
    points = [place for place, _ in shown], [value.estimate for _, value in shown]
    axes.plot(*points, "-o", color=ADJUSTED, markersize=4.5)


def _draw_coverages(axes: Axes, periods: tuple[PeriodChildren, ...]) -> None:
    shares = [(place, period.children.coverage) for place, period in enumerate(periods)]
    known = [(place, share) for place, share in shares if share is not None]
    axes.plot([place for place, _ in known], [share for _, share in known], "-s", color=QUIET, markersize=4.5)
    axes.set_ylim(0, max([1.0, *(share for _, share in known)]))
    axes.axhline(COVERAGE_LOW, color=RULE, linewidth=1.0, linestyle=(0, (4, 3)))


def _describe_periods(periods: tuple[PeriodChildren, ...], voice: Voice) -> str:
    first, last = periods[0], periods[-1]
    return voice.say(
        "figures.periods_alt",
        periods=voice.count(len(periods)),
        first_period=voice.style.period(first.period),
        first_prevalence=voice.prevalence(first.children.prevalence),
        first_coverage=voice.style.percent(first.children.coverage),
        last_period=voice.style.period(last.period),
        last_prevalence=voice.prevalence(last.children.prevalence),
        last_coverage=voice.style.percent(last.children.coverage),
    )
