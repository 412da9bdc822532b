"""Figures of children: by district with intervals, and over time beside the coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbkit.document import Figure
from kbkit.domain.periods import last_day, months_between
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import ADJUSTED, INK, QUIET
from kbkit.figures.panel import DASHED, Panel
from kbkit.figures.scale import Scale, name_rows, numbers_of, write_percents
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
        page = Page(height=0.75 + 0.155 * len(shown))
        _draw_districts(page.panels[0], shown, voice)
        _draw_regency(page.panels[0], findings.regency.name, stunting.latest.prevalence, voice)
        svg = page.to_svg()
    return Figure(
        name="children_by_district",
        title=voice.say("figures.children_by_district_title", period=_period(findings, voice)),
        svg=svg,
        alt=_describe_districts(findings, shown, stunting.latest.prevalence, voice),
        source=source,
    )


def _draw_districts(panel: Panel, shown: list[tuple[Estimate, str]], voice: Voice) -> None:
    highest = max(numbers_of(estimate for estimate, _ in shown))
    title = voice.say("figures.axis_prevalence")
    panel.x = Scale(low=0, high=1.04 * highest, write=write_percents(voice), title=title)
    panel.y = name_rows([name for _, name in shown], margin=0.7, upwards=True)
    panel.intervals(((place, estimate) for place, (estimate, _) in enumerate(shown)), colour=ADJUSTED)
    points = [(estimate.estimate, place) for place, (estimate, _) in enumerate(shown)]
    panel.marks(points, "o", colour=ADJUSTED, size=4.5)


def _draw_regency(panel: Panel, name: str, whole: Estimated, voice: Voice) -> None:
    if not isinstance(whole, Estimate):
        return
    panel.rule(whole.estimate, upright=True, colour=QUIET, dashes=DASHED)
    text = voice.say("figures.regency_line", regency=name, prevalence=voice.prevalence(whole))
    panel.name_rule(text, whole.estimate, colour=QUIET)


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
        page = Page(height=2.7, rows=(3, 2))
        prevalence, coverage = page.panels
        for panel, label in ((prevalence, "figures.axis_prevalence"), (coverage, "stunting.axis_coverage")):
            panel.title = voice.say(label, low=voice.style.percent(COVERAGE_LOW, 0))
            panel.outlined = ("left", "bottom")
            labels = [_label(place, periods, voice) if panel is coverage else "" for place in range(len(periods))]
            ticks = list(zip(months, labels, strict=True))
            panel.x = Scale(low=-0.05 * months[-1], high=1.08 * months[-1], ticks=ticks, grid=False)
        _draw_prevalences(prevalence, months, periods, voice)
        _draw_coverages(coverage, months, periods, voice)
        svg = page.to_svg()
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


def _draw_prevalences(panel: Panel, months: list[int], periods: tuple[PeriodChildren, ...], voice: Voice) -> None:
    estimates = [(month, period.children.prevalence) for month, period in zip(months, periods, strict=True)]
    shown = [(month, value) for month, value in estimates if isinstance(value, Estimate)]
    points = [(month, value.estimate) for month, value in shown]
    highest = max(numbers_of(value for _, value in shown), default=1.0)
    panel.y = Scale(low=0, high=1.1 * highest, write=write_percents(voice))
    panel.intervals(shown, colour=ADJUSTED, upright=True)
    _join(panel, points, "o", ADJUSTED)
    for month, share in points if len(points) <= _LABELLED_MOST else [points[0], points[-1]]:
        _write_value(panel, month, share, voice)


def _draw_coverages(panel: Panel, months: list[int], periods: tuple[PeriodChildren, ...], voice: Voice) -> None:
    shares = [(month, period.children.coverage) for month, period in zip(months, periods, strict=True)]
    known = [(month, share) for month, share in shares if share is not None]
    panel.y = Scale(low=0, high=1.12 * max([1.0, *(share for _, share in known)]), write=write_percents(voice))
    panel.rule(COVERAGE_LOW, upright=False, colour=QUIET, dashes=DASHED)
    _join(panel, known, "s", QUIET)
    for month, share in known if len(known) <= _LABELLED_MOST else [known[0], known[-1]]:
        _write_value(panel, month, share, voice, below=share < COVERAGE_LOW)


def _join(panel: Panel, points: Sequence[tuple[float, float]], shape: str, colour: str) -> None:
    panel.line([month for month, _ in points], [share for _, share in points], colour=colour, width=1.5)
    panel.marks(points, shape, colour=colour, size=4.5)


def _write_value(panel: Panel, month: float, value: float, voice: Voice, *, below: bool = False) -> None:
    panel.write(voice.style.percent(value), month, value, shift=(5, -11 if below else 4), size=8, colour=INK)


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
