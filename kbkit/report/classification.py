"""Chapter on tiers: where they stand, what the scores say, what separates a village from a higher tier, moves."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.figures import draw_scores_by_district, draw_tier_flow, draw_tiers_by_district
from kbkit.results.classification import Classification, Scores
from kbkit.results.findings import Findings
from kbkit.tables import (
    tabulate_durations,
    tabulate_nearest,
    tabulate_printed,
    tabulate_scores,
    tabulate_snapshots,
    tabulate_steps,
    tabulate_tiers_by_district,
    tabulate_transition,
)
from kbkit.text import Voice


def compose_classification(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Tiers by district, scores, steps and moves; one line on what to supply where there are none."""
    heading = Heading(level=1, text=voice.say("report.classification"))
    tiers = findings.classification
    if tiers is None:
        return heading, Paragraph(spans=plain(voice.say("report.classification_none")))
    return (
        heading,
        *_by_district(findings, tiers, voice),
        *_recomputed(findings, tiers, voice),
        *(_scores(findings, tiers, tiers.scores, voice) if tiers.scores else ()),
        *(_moves(findings, tiers, voice) if len(tiers.snapshots) > 1 else ()),
    )


def _by_district(findings: Findings, tiers: Classification, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_tiers_by_district(findings, tiers, voice=voice)
    date = voice.style.date(tiers.snapshots[-1].snapshot_date)
    return (
        Paragraph(spans=plain(voice.say("report.classification_text", date=date))),
        Heading(level=2, text=voice.say("report.classification_by_district")),
        draw_tiers_by_district(tiers, voice=voice, source=table.source),
        table,
    )


def _recomputed(findings: Findings, tiers: Classification, voice: Voice) -> tuple[Block, ...]:
    different = tiers.recomputed_different
    if not different:
        count = tiers.recomputed_equal
        text = voice.say("classification.recomputed_equal", count=count, number=voice.count(count))
        return (Paragraph(spans=plain(text)),)
    text = voice.say("classification.recomputed_text", count=different, number=voice.count(different))
    return Paragraph(spans=plain(text)), tabulate_printed(findings, tiers, voice=voice)


def _scores(findings: Findings, tiers: Classification, scores: Scores, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_scores(findings, tiers, scores, voice=voice)
    figure = draw_scores_by_district(tiers, scores, voice=voice, source=table.source)
    return (
        Heading(level=2, text=voice.say("classification.scores_heading")),
        Paragraph(spans=plain(_ranked(scores, voice))),
        Paragraph(spans=plain(voice.say("classification.scores_caveat")), style="note"),
        *_incomplete(scores, voice),
        figure,
        table,
        Heading(level=2, text=voice.say("classification.next_heading")),
        *_steps(findings, scores, voice),
    )


def _ranked(scores: Scores, voice: Voice) -> str:
    ranked = sorted(scores.spreads, key=lambda spread: spread.attained)
    places = {"weakest": ranked[0], "second": ranked[1], "third": ranked[2], "strongest": ranked[-1]}
    names = {place: voice.say(f"classification.{spread.score}") for place, spread in places.items()}
    shares = {f"{place}_attained": voice.style.percent(spread.attained, 0) for place, spread in places.items()}
    return voice.say("classification.scores_text", **names, **shares)


def _incomplete(scores: Scores, voice: Voice) -> tuple[Block, ...]:
    if not scores.incomplete:
        return ()
    number = voice.count(scores.incomplete)
    text = voice.say("classification.scores_incomplete", count=scores.incomplete, number=number)
    return (Paragraph(spans=plain(text), style="note"),)


def _steps(findings: Findings, scores: Scores, voice: Voice) -> tuple[Block, ...]:
    if not scores.steps:
        return (Paragraph(spans=plain(voice.say("classification.next_top"))),)
    return (
        Paragraph(spans=plain(voice.say("classification.next_text"))),
        tabulate_steps(findings, scores, voice=voice),
        *_nearest(findings, scores, voice),
    )


def _nearest(findings: Findings, scores: Scores, voice: Voice) -> tuple[Block, ...]:
    if scores.nearest:
        return (tabulate_nearest(findings, scores, voice=voice),)
    count = sum(steps.one for steps in scores.steps)
    if not count:
        return ()
    text = voice.say("classification.nearest_none", count=count, number=voice.count(count))
    return (Paragraph(spans=plain(text), style="note"),)


def _moves(findings: Findings, tiers: Classification, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_snapshots(findings, tiers, voice=voice)
    return (
        Heading(level=2, text=voice.say("report.classification_moves")),
        Paragraph(spans=plain(voice.say("report.classification_moves_text"))),
        draw_tier_flow(tiers, voice=voice, source=table.source),
        table,
        tabulate_transition(findings, tiers, voice=voice),
        tabulate_durations(findings, tiers, voice=voice),
    )
