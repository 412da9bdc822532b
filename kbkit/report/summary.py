"""The summary page: the answer with its certainty, key figures, three findings, three suggestions, limits."""

from __future__ import annotations

from typing import Final

from kbkit.document import Block, Box, Bullets, Heading, KeyFigures, Paragraph, Span, plain
from kbkit.report.key_figures import compose_key_figures
from kbkit.results.findings import Findings
from kbkit.text import Voice
from kbkit.text.actions import three_actions
from kbkit.text.certainty import certainty_sentence
from kbkit.text.key_findings import key_findings
from kbkit.text.narrative import answer

LIMITS_NAMED: Final = 3
"""Reasons and cautions that the page names: it is to stay one page."""


def compose_summary(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """One page for who reads no other."""
    lead = (
        Span(text=f"{answer(findings, voice=voice)} "),
        Span(text=certainty_sentence(findings.association, voice=voice), style="emphasis"),
    )
    return (
        Heading(level=1, text=voice.say("report.summary"), numbering="none", name="summary"),
        Paragraph(spans=lead, style="lead"),
        KeyFigures(items=compose_key_figures(findings, voice=voice)),
        *_listed("findings_title", key_findings(findings, voice=voice), voice),
        *_listed("actions_title", three_actions(findings, voice=voice), voice),
        _limits(findings, voice),
    )


def _listed(title: str, sentences: tuple[str, ...], voice: Voice) -> tuple[Block, ...]:
    head = Paragraph(spans=(Span(text=voice.say(f"summary.{title}"), style="strong"),))
    return head, Bullets(items=tuple(plain(sentence) for sentence in sentences))


def _limits(findings: Findings, voice: Voice) -> Box:
    """Why nothing is concluded, where the plan was left, what to bear in mind: the first few, and how many more."""
    association = findings.association
    named = [voice.reason(item) for item in (*association.reasons, *association.deviations, *association.cautions)]
    chapter = voice.say("report.association")
    more = len(named) - LIMITS_NAMED
    if more > 0:
        named[LIMITS_NAMED:] = [voice.say("summary.limits_more", number=voice.count(more), chapter=chapter)]
    short = voice.say("report.limits_short", title=voice.say("limits.title"))
    listed = (Bullets(items=tuple(plain(reason) for reason in named)),) if named else ()
    return Box(title=voice.say("summary.limits_title"), tone="limit", children=(*listed, Paragraph(spans=plain(short))))
