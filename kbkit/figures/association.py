"""Figures of tier and stunting: prevalence by tier, and differences with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kbkit.document import Figure
from kbkit.figures.canvas import Key, Page, style
from kbkit.figures.palette import ADJUSTED, CRUDE, INK, QUIET, RULE
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, numbers_of, write_percents, write_points
from kbkit.results import Contrasted, Estimate, Estimated
from kbkit.results.association import Model, Sensitivity, Specification, side_of_zero
from kbkit.results.findings import Findings
from kbkit.results.stunting import Stunting, TierChildren
from kbkit.text import MISSING, Voice

_OFFSET = 0.17
"""Vertical distance of raw and adjusted from the middle of their row."""


def draw_described_tiers(findings: Findings, stunting: Stunting, *, voice: Voice, source: str) -> Figure:
    """Draw the prevalence of the latest period by tier, where no comparison is made."""
    groups = [group for group in stunting.tiers if group.tier]
    labels = [_axis_label(group, voice) for group in groups]
    with style():
        page = Page(height=2.1)
        values = [group.children.prevalence for group in groups]
        _scale_prevalence(page.panels[0], values, labels, voice)
        _draw_points(page.panels[0], list(enumerate(values)), CRUDE, "o")
        svg = page.to_svg()
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
        page = Page(height=2.0)
        both = [[tier.prevalence for tier in model.tiers] for model in (crude, adjusted)]
        labels = [voice.tier(tier.tier) for tier in crude.tiers]
        _scale_prevalence(page.panels[0], [*both[0], *both[1]], labels, voice)
        _draw_both(page, both[0], both[1], voice)
        svg = page.to_svg()
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


def _scale_prevalence(panel: Panel, values: Sequence[Estimated], labels: list[str], voice: Voice) -> None:
    highest = max(numbers_of(values), default=1.0)
    title = voice.say("figures.axis_prevalence")
    panel.x = Scale(low=0, high=1.04 * highest, write=write_percents(voice), title=title)
    panel.y = name_rows(labels)


def _draw_both(page: Page, crude: Sequence[Estimated], adjusted: Sequence[Estimated], voice: Voice) -> None:
    """Draw raw above adjusted in every row, with a legend."""
    looks = (("crude", crude, -_OFFSET, CRUDE, "o"), ("adjusted", adjusted, _OFFSET, ADJUSTED, "D"))
    for _, values, offset, colour, shape in looks:
        _draw_points(page.panels[0], [(row + offset, value) for row, value in enumerate(values)], colour, shape)
    keys = [
        Key(label=voice.say(f"names.model_{name}"), mark=shape, colour=colour) for name, _, _, colour, shape in looks
    ]
    page.explain(keys, across="left")


def _draw_points(panel: Panel, values: Sequence[tuple[float, Estimated]], colour: str, shape: str) -> None:
    shown = [(place, value) for place, value in values if isinstance(value, Estimate)]
    panel.intervals(shown, colour=colour)
    panel.marks([(value.estimate, place) for place, value in shown], shape, colour=colour, size=5)


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
        page = Page(height=2.1)
        panel = page.panels[0]
        _scale_differences(panel, [*values["crude"], *values["adjusted"]], voice)
        panel.y = name_rows(names, margin=0.6)
        panel.rule(0, upright=True, colour=INK)
        panel.rule(len(names) - 1.5, upright=False, colour=RULE, width=0.8)
        _draw_both(page, values["crude"], values["adjusted"], voice)
        svg = page.to_svg()
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


def _scale_differences(panel: Panel, values: Sequence[Contrasted], voice: Voice) -> None:
    """Scale around zero, wide enough for every interval."""
    limit = 1.1 * max((abs(number) for number in numbers_of(values)), default=1.0)
    lower, middle, higher = (voice.say(f"figures.{name}") for name in ("lower_side", "axis_difference", "higher_side"))
    title = f"← {lower}      {middle}      {higher} →"
    panel.x = Scale(low=-limit, high=limit, write=write_points(voice), title=title)


def draw_sensitivity(sensitivity: Sensitivity, *, voice: Voice, source: str) -> Figure:
    """Draw the specification curve: every specification's difference, by what it varies, the primary one set off."""
    specifications = sensitivity.specifications
    places = _grouped_places(specifications)
    with style():
        page = Page(height=0.75 + 0.142 * (places[-1] + 1))
        panel = page.panels[0]
        _scale_differences(panel, [specification.difference for specification in specifications], voice)
        names = [voice.say(f"names.specification_{specification.name}") for specification in specifications]
        panel.y = name_rows(names, places=places, margin=0.6)
        panel.rule(0, upright=True, colour=INK)
        _draw_primary_band(panel, specifications[0].difference)
        _draw_specifications(panel, specifications, places)
        svg = page.to_svg()
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


def _draw_primary_band(panel: Panel, difference: Contrasted) -> None:
    if isinstance(difference, Estimate) and difference.lower is not None and difference.upper is not None:
        panel.band(difference.lower, difference.upper, upright=True, colour=ADJUSTED, opacity=0.08)


def _draw_specifications(panel: Panel, specifications: Sequence[Specification], places: Sequence[float]) -> None:
    rows = list(zip(places, (item.difference for item in specifications), strict=True))
    _draw_points(panel, rows[:1], ADJUSTED, "D")
    _draw_points(panel, rows[1:], CRUDE, "o")
    for place, difference in rows:
        if not isinstance(difference, Estimate):
            panel.write(MISSING, 0, place, shift=(3, 0), colour=QUIET, up="middle")
