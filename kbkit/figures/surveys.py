"""Figure of surveys: published values with the target path; never a registry's value among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.domain.stunting import NATIONAL_TARGETS, SEVERITY_LIMITS, Target
from kbkit.figures.canvas import ABOVE, ADJUSTED, INK, QUIET, new_canvas, percent_axis, style, to_svg
from kbkit.results.findings import Findings
from kbkit.results.stunting import SurveyValue
from kbkit.text import Voice

HORIZON: Final = 2030
"""Last year of the axis. The target of 2045 is told in the table: drawn, it would press the surveys into a corner."""


def draw_surveys(findings: Findings, *, voice: Voice, source: str) -> Figure:
    """Draw survey values by year, the national targets, and the bands of public-health significance."""
    surveys = findings.surveys
    targets = [target for target in NATIONAL_TARGETS if target.year <= HORIZON]
    first = min(value.year for value in surveys)
    top = 1.2 * max(0.25, *(value.upper or value.prevalence for value in surveys))
    with style():
        canvas, (axes,) = new_canvas(height=2.7)
        axes.set_xlim(first - 0.6, HORIZON + 0.4)
        axes.set_ylim(0, top)
        _draw_bands(axes, top, voice)
        _draw_targets(axes, targets, voice)
        _draw_local_target(axes, findings, voice)
        _draw_values(axes, surveys, voice)
        axes.set_xticks(range(first, HORIZON + 1), [str(year) for year in range(first, HORIZON + 1)])
        percent_axis(axes.yaxis, voice=voice)
        axes.set_ylabel(voice.say("figures.axis_prevalence"))
        svg = to_svg(canvas)
    return Figure(
        name="survey_path",
        title=voice.say(
            f"{'targets' if findings.local_target else 'stunting'}.survey_title", regency=findings.regency.name
        ),
        svg=svg,
        alt=_describe(findings, voice),
        source=source,
    )


def _draw_bands(axes: Axes, top: float, voice: Voice) -> None:
    """Shade the bands in turn and name them at the right."""
    limits = [*sorted(lower for lower, _ in SEVERITY_LIMITS), 1.0]
    for place, (lower, band) in enumerate(sorted(SEVERITY_LIMITS)):
        if lower >= top:
            continue
        upper = min(limits[place + 1], top)
        axes.axhspan(lower, upper, color="#f3f5f6" if place % 2 else "white", linewidth=0, zorder=0)
        axes.text(
            axes.get_xlim()[1],
            upper - 0.004,
            voice.say(f"names.band_{band.value}"),
            ha="right",
            va="top",
            fontsize=7.5,
            color=QUIET,
        )


def _draw_targets(axes: Axes, targets: Sequence[Target], voice: Voice) -> None:
    for target in targets:
        axes.plot([target.year], [target.prevalence], "_", color=ABOVE, markersize=15, markeredgewidth=2)
        axes.annotate(
            voice.say(
                "stunting.target_label", year=str(target.year), prevalence=voice.style.percent(target.prevalence)
            ),
            (target.year, target.prevalence),
            xytext=(0, -10),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            color=ABOVE,
        )


def _draw_local_target(axes: Axes, findings: Findings, voice: Voice) -> None:
    """Draw the regency's own target with its label over it, away from that of a national one, which hangs below."""
    local = findings.local_target
    if local is None or not axes.get_xlim()[0] < local.year <= HORIZON:
        return
    axes.plot([local.year], [local.prevalence], "o", color=ABOVE, markersize=6, markerfacecolor="white", zorder=4)
    axes.annotate(
        voice.say("targets.label", year=str(local.year), prevalence=voice.style.percent(local.prevalence)),
        (local.year, local.prevalence),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        fontsize=7.5,
        color=ABOVE,
    )


def _draw_values(axes: Axes, surveys: Sequence[SurveyValue], voice: Voice) -> None:
    for value in surveys:
        if value.lower is not None and value.upper is not None:
            axes.plot([value.year] * 2, [value.lower, value.upper], color=ADJUSTED, linewidth=1.7, alpha=0.6)
    years = [value.year for value in surveys]
    axes.plot(years, [value.prevalence for value in surveys], "D", color=ADJUSTED, markersize=5)
    for year in sorted(set(years)):
        values = [value for value in surveys if value.year == year]
        highest = max(values, key=lambda value: value.prevalence)
        numbers = sorted({voice.style.percent(value.prevalence) for value in values})
        axes.annotate(
            f"{highest.survey}\n{' / '.join(numbers)}",
            (year, max(value.upper or value.prevalence for value in values)),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=INK,
            linespacing=1.05,
        )


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
