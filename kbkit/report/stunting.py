"""Chapter on stunting: the registry by district and over time, survey and targets, families at risk."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.figures import draw_children_by_district, draw_periods, draw_surveys
from kbkit.report.small_areas import compose_map, compose_villages_compared
from kbkit.results.families import FamiliesAtRisk
from kbkit.results.findings import Findings
from kbkit.results.stunting import Stunting
from kbkit.tables import (
    tabulate_children_by_district,
    tabulate_children_by_period,
    tabulate_families_by_district,
    tabulate_risk_factors,
    tabulate_surveys,
    tabulate_targets,
)
from kbkit.tables.families import semester
from kbkit.text import MISSING, Voice
from kbkit.text.survey_gap import doubt_of_side, side_of_target


def compose_stunting(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Stunting by district and village, over time, by survey; the survey never in one exhibit with the registry."""
    heading = Heading(level=1, text=voice.say("report.stunting"))
    if findings.stunting is None:
        registry: tuple[Block, ...] = (Paragraph(spans=plain(voice.say("report.stunting_none"))),)
    else:
        registry = _registry(findings, findings.stunting, voice)
    return heading, *registry, *_surveys(findings, voice), *_families(findings.families, voice)


def _registry(findings: Findings, stunting: Stunting, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_children_by_district(findings, stunting, voice=voice)
    figure = draw_children_by_district(findings, stunting, voice=voice, source=table.source)
    latest = findings.timing.latest_period
    period = voice.style.period(latest) if latest else MISSING
    return (
        Paragraph(spans=plain(voice.say("report.stunting_text", period=period))),
        Heading(level=2, text=voice.say("report.stunting_by_district")),
        *([figure] if figure else []),
        table,
        *compose_villages_compared(findings, period=period, voice=voice, source=table.source),
        *compose_map(findings, period=period, voice=voice, source=table.source),
        Heading(level=2, text=voice.say("report.stunting_over_time")),
        *_over_time(findings, stunting, voice),
    )


def _over_time(findings: Findings, stunting: Stunting, voice: Voice) -> tuple[Block, ...]:
    if len(stunting.periods) == 1:
        return (Paragraph(spans=plain(voice.say("report.stunting_one_period"))),)
    table = tabulate_children_by_period(findings, stunting, voice=voice)
    return (
        Paragraph(spans=plain(voice.say("report.stunting_over_time_text"))),
        draw_periods(stunting, voice=voice, source=table.source),
        table,
    )


def _surveys(findings: Findings, voice: Voice) -> tuple[Block, ...]:
    heading = Heading(level=2, text=voice.say("stunting.surveys"))
    if not findings.surveys:
        return heading, Paragraph(spans=plain(voice.say("stunting.surveys_none"))), *_local(findings, voice)
    table = tabulate_surveys(findings, voice=voice)
    return (
        heading,
        *_gap(findings, voice),
        *_local(findings, voice),
        Paragraph(spans=plain(voice.say("report.stunting_surveys_text"))),
        draw_surveys(findings, voice=voice, source=table.source),
        table,
        *([tabulate_targets(findings, voice=voice)] if findings.targets or findings.local_target else []),
    )


def _gap(findings: Findings, voice: Voice) -> tuple[Block, ...]:
    """Say how far the latest survey is from the first target of its year or later."""
    if not findings.targets:
        return ()
    target = findings.targets[0]
    key, gap = side_of_target(target, voice=voice)
    text = voice.say(
        f"stunting.{key}",
        survey=target.survey,
        year=str(target.survey_year),
        prevalence=voice.style.percent(target.prevalence + target.gap_low),
        gap=gap,
        target=voice.style.percent(target.prevalence),
        target_year=str(target.year),
        target_source=target.source,
    )
    doubt = doubt_of_side(target, findings.surveys, voice=voice)
    return (Paragraph(spans=plain(f"{text} {doubt}".rstrip())),)


def _local(findings: Findings, voice: Voice) -> tuple[Block, ...]:
    """Say the same of the regency's own target, or that a survey is wanting."""
    local = findings.local_target
    if local is None:
        return ()
    words = {"target": voice.style.percent(local.prevalence), "target_year": str(local.year)}
    if local.gap is None:
        return (Paragraph(spans=plain(voice.say("targets.no_survey", **words))),)
    key, gap = side_of_target(local.gap, voice=voice)
    text = voice.say(f"targets.{key}", survey=local.gap.survey, year=str(local.gap.survey_year), gap=gap, **words)
    doubt = doubt_of_side(local.gap, findings.surveys, voice=voice)
    return (Paragraph(spans=plain(f"{text} {doubt}".rstrip())),)


def _families(families: FamiliesAtRisk | None, voice: Voice) -> tuple[Block, ...]:
    heading = Heading(level=2, text=voice.say("stunting.families_heading"))
    if families is None:
        return heading, Paragraph(spans=plain(voice.say("stunting.families_none")))
    whole = families.whole
    text = voice.say(
        "stunting.families_text",
        semester=semester(families, voice=voice),
        at_risk=voice.count(whole.families_at_risk),
        target=voice.count(whole.families_target),
        share=voice.style.percent(whole.share),
        villages=voice.count(whole.villages),
    )
    return (
        heading,
        Paragraph(spans=plain(text)),
        Paragraph(spans=plain(voice.say("stunting.families_circular"))),
        tabulate_risk_factors(families, voice=voice),
        tabulate_families_by_district(families, voice=voice),
    )
