"""Figure of surveys: published values with the target path; never a registry's value among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kbkit.document import Figure
from kbkit.domain.stunting import NATIONAL_TARGETS, SEVERITY_LIMITS, Target
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import ABOVE, ADJUSTED, INK, QUIET
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, write_percents
from kbkit.results.findings import Findings
from kbkit.results.stunting import SurveyValue
from kbkit.text import Voice

HORIZON: Final = 2030
"""Last year of the axis. The target of 2045 is told in the table: drawn, it would press the surveys into a corner."""

_LABELLED_MOST: Final = 14
"""Years whose numbers fit under the axis."""


def draw_surveys(findings: Findings, *, voice: Voice, source: str) -> Figure:
    """Draw survey values by year, the national targets, and the bands of public-health significance."""
    surveys = findings.surveys
    targets = [target for target in NATIONAL_TARGETS if target.year <= HORIZON]
    first = min(value.year for value in surveys)
    top = 1.2 * max(0.25, *(value.upper or value.prevalence for value in surveys))
    with style():
        page = Page(height=2.7)
        panel = page.panels[0]
        every = -(-(HORIZON + 1 - first) // _LABELLED_MOST)
        years = [(year, str(year)) for year in range(HORIZON, first - 1, -every)]
        title = voice.say("figures.axis_prevalence")
        panel.x = Scale(low=first - 0.6, high=HORIZON + 0.4, ticks=years, grid=False)
        panel.y = Scale(low=0, high=top, write=write_percents(voice), grid=False, title=title)
        panel.outlined = ("left", "bottom")
        _draw_bands(panel, top, voice)
        _draw_targets(panel, targets, voice)
        _draw_local_target(panel, findings, voice)
        _draw_values(panel, surveys, voice)
        svg = page.to_svg()
    return Figure(
        name="survey_path",
        title=voice.say(
            f"{'targets' if findings.local_target else 'stunting'}.survey_title", regency=findings.regency.name
        ),
        svg=svg,
        alt=_describe(findings, voice),
        source=source,
    )


def _draw_bands(panel: Panel, top: float, voice: Voice) -> None:
    """Shade the bands in turn and name them at the right."""
    limits = [*sorted(lower for lower, _ in SEVERITY_LIMITS), 1.0]
    for place, (lower, band) in enumerate(sorted(SEVERITY_LIMITS)):
        if lower >= top:
            continue
        upper = min(limits[place + 1], top)
        panel.band(lower, upper, upright=False, colour="#f3f5f6" if place % 2 else "white")
        text = voice.say(f"names.band_{band.value}")
        panel.write(text, panel.x.high, upper, shift=(-2, -3), size=7.5, colour=QUIET, across="right", up="top")


def _draw_targets(panel: Panel, targets: Sequence[Target], voice: Voice) -> None:
    """Draw the targets with their labels beside them; below where the axis ends."""
    points = [(target.year, target.prevalence) for target in targets]
    panel.marks(points, "_", colour=ABOVE, size=15, markeredgewidth=2)
    for target in targets:
        share = voice.style.percent(target.prevalence)
        text = voice.say("stunting.target_label", year=str(target.year), prevalence=share)
        shift, across = ((0, -10), "center") if target.year >= HORIZON - 1 else ((9, -2.5), "left")
        panel.write(text, target.year, target.prevalence, shift=shift, size=7.5, colour=ABOVE, across=across)


def _draw_local_target(panel: Panel, findings: Findings, voice: Voice) -> None:
    """Draw the regency's own target with its label over it, away from that of a national one, which stands beside."""
    local = findings.local_target
    if local is None or not panel.x.low < local.year <= HORIZON:
        return
    panel.marks([(local.year, local.prevalence)], "o", colour=ABOVE, size=6, markerfacecolor="white")
    text = voice.say("targets.label", year=str(local.year), prevalence=voice.style.percent(local.prevalence))
    panel.write(text, local.year, local.prevalence, shift=(0, 7), size=7.5, colour=ABOVE, across="center")


def _draw_values(panel: Panel, surveys: Sequence[SurveyValue], voice: Voice) -> None:
    known = [(value.year, value.lower, value.upper) for value in surveys]
    intervals = [((year, low), (year, high)) for year, low, high in known if low is not None and high is not None]
    panel.lines(intervals, colour=ADJUSTED, width=1.7, opacity=0.6)
    panel.marks([(value.year, value.prevalence) for value in surveys], "D", colour=ADJUSTED, size=5)
    for year in sorted({value.year for value in surveys}):
        values = [value for value in surveys if value.year == year]
        highest = max(values, key=lambda value: value.prevalence)
        numbers = sorted({voice.style.percent(value.prevalence) for value in values})
        top = max(value.upper or value.prevalence for value in values)
        text = f"{highest.survey}\n{' / '.join(numbers)}"
        panel.write(text, year, top, shift=(0, 6), size=8, colour=INK, across="center")


def _describe(findings: Findings, voice: Voice) -> str:
    values = "; ".join(
        voice.say(
            "stunting.survey_item",
            survey=value.survey,
            year=str(value.year),
            prevalence=voice.style.percent(value.prevalence),
        )
        for value in findings.surveys
    )
    targets = "; ".join(
        voice.say("stunting.target_label", year=str(target.year), prevalence=voice.style.percent(target.prevalence))
        for target in NATIONAL_TARGETS
        if target.year <= HORIZON
    )
    alt = voice.say("stunting.survey_alt", values=values, targets=targets)
    local = findings.local_target
    if local is None:
        return alt
    target = voice.say("stunting.target_label", year=str(local.year), prevalence=voice.style.percent(local.prevalence))
    return f"{alt} {voice.say('targets.alt', target=target)}"
