"""The chapter on tier and stunting, the six limits, and the conclusion."""

from __future__ import annotations

from kbkit.document import Block, Box, Bullets, Heading, Paragraph, plain
from kbkit.figures import draw_described_tiers, draw_differences, draw_sensitivity, draw_tier_prevalence
from kbkit.report.guards import (
    compose_controls,
    compose_detection,
    compose_naive,
    compose_purged,
    compose_refused,
    compose_reporting,
    compose_rules,
)
from kbkit.results import Undefined
from kbkit.results.association import Association, Model, Sample
from kbkit.results.findings import Findings
from kbkit.tables import tabulate_children_by_tier, tabulate_models, tabulate_profiles, tabulate_sensitivity
from kbkit.text import MISSING, Voice
from kbkit.text.actions import three_actions
from kbkit.text.comparison import changes, model_terms, sensitivity_sentences, steps_sentence, trend_sentence
from kbkit.text.narrative import answer, limits, next_steps, points, three_findings


def compose_association(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """What the tiers look like, whether they can be compared, and what the comparison shows."""
    return (
        Heading(level=1, text=voice.say("report.association")),
        Paragraph(spans=plain(answer(findings, voice=voice)), style="lead"),
        *compose_refused(findings, voice=voice),
        *_described(findings, voice),
        *compose_reporting(findings, voice=voice),
        *_compared(findings, voice),
        Heading(level=2, text=voice.say("limits.title")),
        *(
            Box(title=title, tone="limit", children=(Paragraph(spans=plain(text)),))
            for title, text in limits(findings, voice=voice)
        ),
    )


def _described(findings: Findings, voice: Voice) -> tuple[Block, ...]:
    if findings.stunting is None or findings.classification is None:
        return ()
    table = tabulate_children_by_tier(findings, findings.stunting, voice=voice)
    period = findings.timing.latest_period
    name = voice.style.period(period) if period else MISSING
    withheld = findings.association.verdict == "withheld"
    return (
        Heading(level=2, text=voice.say("report.association_described")),
        Paragraph(spans=plain(voice.say("report.association_described_text", period=name))),
        *([draw_described_tiers(findings, findings.stunting, voice=voice, source=table.source)] if withheld else []),
        table,
        Heading(level=2, text=voice.say("report.association_profiles")),
        Paragraph(spans=plain(voice.say("report.association_profiles_text"))),
        tabulate_profiles(findings, voice=voice),
    )


def _compared(findings: Findings, voice: Voice) -> tuple[Block, ...]:
    association = findings.association
    if association.crude is None or association.adjusted is None or association.sample is None:
        return (
            Heading(level=2, text=voice.say("report.association_withheld")),
            Paragraph(spans=plain(voice.say("report.association_withheld_text"))),
            _list(association.reasons, voice),
            *compose_rules(findings, voice=voice),
            *compose_purged(findings, voice=voice),
        )
    return _models(findings, association, association.crude, association.adjusted, association.sample, voice)


def _models(
    findings: Findings, association: Association, crude: Model, adjusted: Model, sample: Sample, voice: Voice
) -> tuple[Block, ...]:
    table = tabulate_models(findings, association, crude, adjusted, voice=voice)
    return (
        Heading(level=2, text=voice.say("report.association_compared")),
        *_sample(association, sample, voice),
        draw_tier_prevalence(crude, adjusted, voice=voice, source=table.source),
        table,
        draw_differences(findings, crude, adjusted, voice=voice, source=table.source),
        *_sentences((steps_sentence(adjusted, voice=voice),)),
        *compose_naive(findings, crude, adjusted, voice=voice),
        Heading(level=2, text=voice.say("report.association_slope_title")),
        *_trend(findings, crude, adjusted, voice),
        *compose_rules(findings, voice=voice),
        *_sensitivity(findings, association, voice),
        *compose_purged(findings, voice=voice),
        *compose_detection(findings, voice=voice),
        *compose_controls(findings, voice=voice),
        *_doubts(association, voice),
    )


def _sample(association: Association, sample: Sample, voice: Voice) -> tuple[Block, ...]:
    used = voice.say(
        "report.association_compared_text",
        rows=voice.count(sample.rows),
        villages=voice.count(sample.villages),
        districts=voice.count(sample.districts),
        children=voice.count(sample.children_measured),
        terms=model_terms(association, voice=voice),
    )
    left_out = voice.say(
        "report.association_excluded",
        without_tier=voice.count(sample.without_tier),
        not_measured=voice.count(sample.not_measured),
        without_covariate=voice.count(sample.without_covariate),
    )
    return Paragraph(spans=plain(used)), Paragraph(spans=plain(left_out), style="note")


def _trend(findings: Findings, crude: Model, adjusted: Model, voice: Voice) -> tuple[Block, ...]:
    if isinstance(adjusted.slope, Undefined):
        return Paragraph(spans=plain(voice.say("report.association_failed"))), _list((adjusted.slope,), voice)
    blocks = [
        Paragraph(spans=plain(trend_sentence(findings, crude, adjusted, voice=voice))),
        Paragraph(spans=plain(voice.say("report.association_slope_caveat"))),
    ]
    if isinstance(adjusted.detectable, float):
        detectable = points(adjusted.detectable, voice=voice)
        blocks.append(Paragraph(spans=plain(voice.say("report.association_detectable", detectable=detectable))))
    return tuple(blocks)


def _sensitivity(findings: Findings, association: Association, voice: Voice) -> tuple[Block, ...]:
    sensitivity = association.sensitivity
    if sensitivity is None:
        return ()
    table = tabulate_sensitivity(findings, sensitivity, voice=voice)
    sentences = sensitivity_sentences(sensitivity, voice=voice)
    return (
        Heading(level=2, text=voice.say("report.sensitivity_title")),
        Paragraph(spans=plain(voice.say("report.sensitivity_text"))),
        Bullets(items=tuple(plain(sentence) for sentence in sentences)),
        draw_sensitivity(sensitivity, voice=voice, source=table.source),
        table,
    )


def _doubts(association: Association, voice: Voice) -> tuple[Block, ...]:
    boxes = [
        Box(title=voice.say(title), tone="caution", children=(_list(reasons, voice),))
        for title, reasons in (
            ("report.cautions_title", association.cautions),
            ("report.deviations_title", association.deviations),
        )
        if reasons
    ]
    would_change = Bullets(items=tuple(plain(sentence) for sentence in changes(association, voice=voice)))
    return *boxes, Heading(level=2, text=voice.say("report.association_what_would_change")), would_change


def _sentences(sentences: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(spans=plain(sentence)) for sentence in sentences if sentence)


def _list(reasons: tuple[Undefined, ...], voice: Voice) -> Bullets:
    return Bullets(items=tuple(plain(voice.reason(reason)) for reason in reasons))


def compose_conclusion(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The answer once more with what it rests on, what the meeting may take up, and what to mend in the data."""
    return (
        Heading(level=1, text=voice.say("report.conclusion")),
        Paragraph(spans=plain(answer(findings, voice=voice)), style="lead"),
        Bullets(items=tuple(plain(sentence) for sentence in three_findings(findings, voice=voice))),
        Heading(level=2, text=voice.say("summary.actions_title")),
        Bullets(items=tuple(plain(action) for action in three_actions(findings, voice=voice)), ordered=True),
        Heading(level=2, text=voice.say("report.conclusion_next_title")),
        Bullets(items=tuple(plain(step) for step in next_steps(findings, voice=voice)), ordered=True),
    )
