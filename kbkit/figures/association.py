"""Figures of tier and stunting: prevalence by tier, and differences with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.figures.canvas import (
    ADJUSTED,
    CRUDE,
    INK,
    QUIET,
    RULE,
    draw_interval,
    new_canvas,
    percent_axis,
    points_axis,
    style,
    to_svg,
)
from kbkit.results import Contrasted, Estimate, Estimated
from kbkit.results.association import Model, Sensitivity, Specification, side_of_zero
from kbkit.results.findings import Findings
from kbkit.results.stunting import Stunting, TierChildren
from kbkit.text import MISSING, Voice

_OFFSET = 0.14
"""Vertical distance of raw and adjusted from the middle of their row."""


def draw_described_tiers(findings: Findings, stunting: Stunting, *, voice: Voice, source: str) -> Figure:
    """Draw the prevalence of the latest period by tier, where no comparison is made."""
    groups = [group for group in stunting.tiers if group.tier]
    labels = [_axis_label(group, voice) for group in groups]
    with style():
        canvas, (axes,) = new_canvas(height=2.5)
        _draw_points(axes, [group.children.prevalence for group in groups], 0.0, CRUDE, "o", "")
        _finish_prevalence(axes, labels, voice)
        svg = to_svg(canvas)
    period = findings.timing.latest_period
    described = "; ".join(_value(group.tier, group.children.prevalence, voice) for group in groups)
    return Figure(
        name="tier_prevalence",
        title=voice.say("figures.tier_described_title", period=voice.style.period(period) if period else MISSING),
        svg=svg,
        alt=voice.say("figures.tier_described_alt", described=described),
        source=source,
    )


def _axis_label(group: TierChildren, voice: Voice) -> str:
    villages = voice.count(group.children.villages_measured)
    return voice.say("figures.tier_axis_label", tier=voice.tier(group.tier), villages=villages)


def draw_tier_prevalence(crude: Model, adjusted: Model, *, voice: Voice, source: str) -> Figure:
    """Draw standardised prevalence by tier, unadjusted beside adjusted."""
    with style():
        canvas, (axes,) = new_canvas(height=2.6)
        for model, offset, colour, marker in ((crude, -_OFFSET, CRUDE, "o"), (adjusted, _OFFSET, ADJUSTED, "D")):
            label = voice.say(f"names.model_{model.name}")
            _draw_points(axes, [tier.prevalence for tier in model.tiers], offset, colour, marker, label)
        _finish_prevalence(axes, [voice.tier(tier.tier) for tier in crude.tiers], voice)
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=9)
        svg = to_svg(canvas)
    return Figure(
        name="tier_prevalence",
        title=voice.say("figures.tier_prevalence_title"),
        svg=svg,
        alt=voice.say(
            "figures.tier_prevalence_alt",
            crude="; ".join(_value(tier.tier, tier.prevalence, voice) for tier in crude.tiers),
            adjusted="; ".join(_value(tier.tier, tier.prevalence, voice) for tier in adjusted.tiers),
        ),
        source=source,
    )


def _finish_prevalence(axes: Axes, labels: list[str], voice: Voice) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlim(left=0)
    percent_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(voice.say("figures.axis_prevalence"))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _draw_points(axes: Axes, values: Sequence[Estimated], offset: float, colour: str, marker: str, label: str) -> None:
    shown = [(place + offset, value) for place, value in enumerate(values) if isinstance(value, Estimate)]
    for place, value in shown:
        draw_interval(axes, value, place, colour=colour)
    axes.plot(
        [value.estimate for _, value in shown],
        [place for place, _ in shown],
        marker,
        color=colour,
        markersize=5,
        label=label,
    )


def _value(tier: str | None, value: Estimated, voice: Voice) -> str:
    if not isinstance(value, Estimate):
        return voice.say("figures.tier_value_absent", tier=voice.tier(tier))
    return voice.say(
        "figures.tier_value", tier=voice.tier(tier), prevalence=voice.prevalence(value), interval=voice.interval(value)
    )


def draw_differences(findings: Findings, crude: Model, adjusted: Model, *, voice: Voice, source: str) -> Figure:
    """Draw the differences from the reference tier and per step, unadjusted beside adjusted, around zero."""
    reference = findings.association.reference_tier
    names = [voice.tier(tier.tier) for tier in crude.tiers if tier.tier != reference]
    names.append(voice.say("tables.per_step"))
    values: dict[str, list[Contrasted]] = {
        model.name: [*(tier.difference for tier in model.tiers if tier.tier != reference), model.slope]
        for model in (crude, adjusted)
    }
    with style():
        canvas, (axes,) = new_canvas(height=2.7)
        axes.axvline(0, color=INK, linewidth=0.9)
        for name, offset, colour, marker in (("crude", -_OFFSET, CRUDE, "o"), ("adjusted", _OFFSET, ADJUSTED, "D")):
            _draw_points(axes, values[name], offset, colour, marker, voice.say(f"names.model_{name}"))
        axes.axhline(len(names) - 1.5, color=RULE, linewidth=0.8)
        _finish_differences(axes, range(len(names)), names, voice)
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=9)
        svg = to_svg(canvas)
    items = "; ".join(
        voice.say(
            "figures.differences_item",
            tier=name,
            crude=voice.difference(raw),
            crude_interval=voice.difference_interval(raw),
            adjusted=voice.difference(fair),
            adjusted_interval=voice.difference_interval(fair),
        )
        for name, raw, fair in zip(names, values["crude"], values["adjusted"], strict=True)
    )
    return Figure(
        name="tier_differences",
        title=voice.say("figures.differences_title", reference=voice.tier(reference)),
        svg=svg,
        alt=voice.say("figures.differences_alt", items=items),
        source=source,
    )


def _finish_differences(axes: Axes, places: Sequence[float], names: Sequence[str], voice: Voice) -> None:
    axes.set_yticks(places, names)
    axes.set_ylim(places[-1] + 0.6, -0.6)
    limit = 1.05 * max(abs(edge) for edge in axes.get_xlim())
    axes.set_xlim(-limit, limit)
    points_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(
        f"← {voice.say('figures.lower_side')}      {voice.say('figures.axis_difference')}      "
        f"{voice.say('figures.higher_side')} →"
    )
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", colors=QUIET)


def draw_sensitivity(sensitivity: Sensitivity, *, voice: Voice, source: str) -> Figure:
    """Draw the specification curve: every specification's difference, by what it varies, the primary one set off."""
    specifications = sensitivity.specifications
    places = _grouped_places(specifications)
    with style():
        canvas, (axes,) = new_canvas(height=0.8 + 0.185 * (places[-1] + 1))
        axes.axvline(0, color=INK, linewidth=0.9)
        _draw_primary_band(axes, specifications[0].difference)
        for place, specification in zip(places, specifications, strict=True):
            _draw_specification(axes, specification, place)
        names = [voice.say(f"names.specification_{specification.name}") for specification in specifications]
        _finish_differences(axes, places, names, voice)
        svg = to_svg(canvas)
    sides = [side_of_zero(specification.difference) for specification in specifications]
    primary_difference = specifications[0].difference
    return Figure(
        name="sensitivity",
        title=voice.say("figures.sensitivity_title"),
        svg=svg,
        alt=voice.say(
            "figures.sensitivity_alt",
            total=voice.count(len(sides)),
            lower=voice.count(sides.count("lower")),
            higher=voice.count(sides.count("higher")),
            primary=voice.difference(primary_difference),
            interval=voice.difference_interval(primary_difference),
        ),
        source=source,
    )


def _grouped_places(specifications: Sequence[Specification]) -> list[float]:
    """Return the vertical place of every specification, a gap between groups and after the primary one."""
    places, place = [0.0], 0.0
    for before, item in pairwise(specifications):
        place += 1.0 if before.group == item.group and before.name != "primary" else 1.6
        places.append(place)
    return places


def _draw_primary_band(axes: Axes, difference: Contrasted) -> None:
    if isinstance(difference, Estimate) and difference.lower is not None and difference.upper is not None:
        axes.axvspan(difference.lower, difference.upper, color=ADJUSTED, alpha=0.08, linewidth=0)


def _draw_specification(axes: Axes, specification: Specification, place: float) -> None:
    if not isinstance(specification.difference, Estimate):
        axes.text(0, place, f" {MISSING}", va="center", color=QUIET)
        return
    colour, marker = (ADJUSTED, "D") if specification.name == "primary" else (CRUDE, "o")
    draw_interval(axes, specification.difference, place, colour=colour)
    axes.plot([specification.difference.estimate], [place], marker, color=colour, markersize=5)
