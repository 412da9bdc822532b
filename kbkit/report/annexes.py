"""Annexes: the rule, the circularity table, provenance, checklist, methods, every village."""

from __future__ import annotations

from kbkit.document import Block, Heading, PageBreak, Paragraph, plain
from kbkit.results.findings import Findings
from kbkit.tables import (
    tabulate_checklist,
    tabulate_glossary,
    tabulate_methods,
    tabulate_overlaps,
    tabulate_rule,
    tabulate_sources,
    tabulate_villages,
)
from kbkit.text import MISSING, Voice


def compose_annexes(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Rule, circularity, provenance, glossary, reporting checklist, methods, and last the long list of villages."""
    rubric = findings.classification.rubric_version if findings.classification else MISSING
    period = findings.timing.latest_period
    name = voice.style.period(period) if period else MISSING
    provenance = voice.say(
        "report.annex_provenance_text",
        plan_hash=findings.provenance.plan_hash,
        register=findings.provenance.register_name,
        vintage=findings.provenance.register_vintage,
        version=findings.provenance.tool_version,
    )
    return (
        *_annex("rubric", voice.say("report.annex_rubric_text", rubric=rubric), voice),
        tabulate_rule(voice=voice),
        *_annex("circularity", voice.say("report.annex_circularity_text"), voice),
        tabulate_overlaps(voice=voice),
        *_annex("provenance", provenance, voice),
        tabulate_sources(findings, voice=voice),
        Heading(level=1, text=voice.say("glossary.heading"), numbering="annex"),
        Paragraph(spans=plain(voice.say("glossary.intro"))),
        tabulate_glossary(voice=voice),
        PageBreak(),
        Heading(level=1, text=voice.say("checklist.heading"), numbering="annex"),
        Paragraph(spans=plain(voice.say("checklist.intro"))),
        tabulate_checklist(findings, voice=voice),
        Heading(level=1, text=voice.say("methods_used.heading"), numbering="annex"),
        Paragraph(spans=plain(voice.say("methods_used.intro"))),
        tabulate_methods(findings, voice=voice),
        *_annex("villages", voice.say("report.annex_villages_text", period=name), voice),
        tabulate_villages(findings, voice=voice),
    )


def _annex(name: str, text: str, voice: Voice) -> tuple[Block, ...]:
    heading = Heading(level=1, text=voice.say(f"report.annex_{name}"), numbering="annex")
    return heading, Paragraph(spans=plain(text))
