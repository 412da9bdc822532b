"""Sections of the chapter on tier and stunting that guard its reading: rules, silence, circularity, detection."""

from __future__ import annotations

from kbkit.document import Block, Box, Bullets, Heading, Paragraph, plain
from kbkit.domain.stunting import MEASURED_MINIMUM
from kbkit.results.association import Model
from kbkit.results.findings import Findings
from kbkit.tables import (
    tabulate_measuring,
    tabulate_purged,
    tabulate_reporting,
    tabulate_rules,
    tabulate_shifts,
)
from kbkit.text import Voice
from kbkit.text.comparison import naive_sentences
from kbkit.text.guards import agencies_sentence, control_sentence, overturning_sentence, purged_sentence


def compose_refused(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The box that names what the plan asked for and may not have; nothing where it asked for none."""
    circularity = findings.association.circularity
    if circularity is None or not circularity.refused:
        return ()
    reasons = Bullets(items=tuple(plain(voice.reason(reason)) for reason in circularity.refused))
    text = Paragraph(spans=plain(voice.say("association.refused_text")))
    return (Box(title=voice.say("association.refused_title"), tone="caution", children=(text, reasons)),)


def compose_rules(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """When tiers are compared and when not, and what this regency has."""
    return (
        Heading(level=2, text=voice.say("association.rules_title")),
        Paragraph(spans=plain(voice.say("association.rules_text"))),
        tabulate_rules(findings, voice=voice),
        Paragraph(
            spans=plain(voice.say("association.rules_more", measured=voice.count(MEASURED_MINIMUM))), style="note"
        ),
    )


def compose_reporting(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Tier Dasar, villages that entered nothing apart; nothing where there are none."""
    reporting = findings.association.reporting
    if reporting is None:
        return ()
    return (
        Heading(level=2, text=voice.say("association.reporting_title")),
        Paragraph(spans=plain(voice.say("association.reporting_text"))),
        tabulate_reporting(findings, reporting, voice=voice),
    )


def compose_naive(findings: Findings, crude: Model, adjusted: Model, *, voice: Voice) -> tuple[Block, ...]:
    """Why the raw comparison is not enough, and what moved it; nothing where a model failed."""
    sentences = naive_sentences(findings, crude, adjusted, voice=voice)
    if not sentences:
        return ()
    return (
        Heading(level=2, text=voice.say("association.naive_title")),
        Paragraph(spans=plain(" ".join(sentences))),
        tabulate_shifts(findings, findings.association, crude, adjusted, voice=voice),
    )


def compose_purged(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The purged tiers; nothing without measured villages of any tier."""
    circularity = findings.association.circularity
    if circularity is None:
        return ()
    sentence = purged_sentence(circularity, findings.association.sensitivity, voice=voice)
    return (
        Heading(level=2, text=voice.say("association.purged_title")),
        Paragraph(spans=plain(sentence)),
        tabulate_purged(findings, circularity, voice=voice),
        Paragraph(spans=plain(agencies_sentence(circularity, findings.association.sensitivity, voice=voice))),
    )


def compose_detection(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Who is measured, and what the unmeasured would have to be like."""
    detection = findings.association.detection
    if detection is None:
        return ()
    return (
        Heading(level=2, text=voice.say("association.detection_title")),
        Paragraph(spans=plain(voice.say("association.detection_text"))),
        tabulate_measuring(findings, detection, voice=voice),
        Paragraph(spans=plain(overturning_sentence(detection, voice=voice))),
    )


def compose_controls(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The negative controls that the plan declares; nothing where it declares none."""
    controls = findings.association.controls
    if not controls:
        return ()
    return (
        Heading(level=2, text=voice.say("association.controls_title")),
        Paragraph(spans=plain(voice.say("association.controls_text"))),
        Bullets(items=tuple(plain(control_sentence(control, voice=voice)) for control in controls)),
    )
