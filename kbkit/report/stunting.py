"""Chapter on stunting, from registry and survey."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.figures import draw_children_by_district, draw_periods
from kbkit.results.findings import Findings
from kbkit.results.stunting import Stunting
from kbkit.tables import tabulate_children_by_district, tabulate_children_by_period, tabulate_surveys
from kbkit.text import MISSING, Voice


def compose_stunting(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Stunting by district, over time, and by survey; the survey never in one exhibit with the registry."""
    heading = Heading(level=1, text=voice.say("report.stunting"))
    if findings.stunting is None:
        registry: tuple[Block, ...] = (Paragraph(spans=plain(voice.say("report.stunting_none"))),)
    else:
        registry = _registry(findings, findings.stunting, voice)
    return heading, *registry, *_surveys(findings, voice)


def _registry(findings: Findings, stunting: Stunting, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_children_by_district(findings, stunting, voice=voice)
    figure = draw_children_by_district(findings, stunting, voice=voice, source=table.source)
    period = findings.timing.latest_period
    name = voice.style.period(period) if period else MISSING
    return (
        Paragraph(spans=plain(voice.say("report.stunting_text", period=name))),
        Heading(level=2, text=voice.say("report.stunting_by_district")),
        *([figure] if figure else []),
        table,
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
    heading = Heading(level=2, text=voice.say("report.stunting_surveys"))
    if not findings.surveys:
        return heading, Paragraph(spans=plain(voice.say("report.stunting_surveys_none")))
    return (
        heading,
        Paragraph(spans=plain(voice.say("report.stunting_surveys_text"))),
        tabulate_surveys(findings, voice=voice),
    )
