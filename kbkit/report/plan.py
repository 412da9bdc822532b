"""Chapter for the coordination meeting: priority problems, draft of a joint plan, who does what, progress."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.domain.problems import WEIGHTINGS
from kbkit.figures import draw_convergence, draw_ranks
from kbkit.results.findings import Findings
from kbkit.results.priorities import Convergence, Priorities, Progress
from kbkit.tables import tabulate_measures, tabulate_plan, tabulate_problems, tabulate_progress
from kbkit.text import Voice
from kbkit.text.key_findings import lowered


def compose_plan(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Problems in order with their sensitivity, the draft, convergence, and progress of an earlier plan."""
    heading = Heading(level=1, text=voice.say("priorities.heading"), name="plan")
    priorities = findings.priorities
    if not priorities.problems:
        return heading, Paragraph(spans=plain(voice.say("priorities.none")))
    return (
        heading,
        Paragraph(spans=plain(voice.say("priorities.intro"))),
        *(_progress(priorities.progress, voice) if priorities.progress else ()),
        *_order(findings, priorities, voice),
        *(_no_convergence(voice) if priorities.convergence is None else ()),
        *_draft(findings, priorities, voice),
        *(_convergence(priorities.convergence, voice) if priorities.convergence else ()),
    )


def _order(findings: Findings, priorities: Priorities, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_problems(findings, priorities, voice=voice)
    text = " ".join(_order_sentences(priorities, voice))
    return (
        Heading(level=2, text=voice.say("priorities.order_heading")),
        Paragraph(spans=plain(text)),
        table,
        draw_ranks(priorities, voice=voice, source=table.source),
        tabulate_measures(priorities, voice=voice),
        *_not_measured(priorities, voice),
    )


def _order_sentences(priorities: Priorities, voice: Voice) -> list[str]:
    first = priorities.problems[0]
    name = lowered(voice.say(f"priorities.{first.key}"))
    weightings = voice.count(len(WEIGHTINGS))
    sentences = [voice.say("priorities.order_text", weights=_weights(priorities, voice), first=name)]
    if priorities.own_settings:
        sentences.append(voice.say("priorities.order_text_own"))
    if first.rank_worst == 1:
        return [*sentences, voice.say("priorities.order_stable", weightings=weightings)]
    best, worst = voice.count(first.rank_best), voice.count(first.rank_worst)
    unstable = voice.say("priorities.order_unstable", weightings=weightings, first=name, best=best, worst=worst)
    return [*sentences, unstable]


def _weights(priorities: Priorities, voice: Voice) -> str:
    urgency, seriousness, growth = (voice.style.decimal(weight) for weight in priorities.weights)
    if urgency == seriousness == growth:
        return voice.say("priorities.weights_equal")
    return voice.say("priorities.weights_own", urgency=urgency, seriousness=seriousness, growth=growth)


def _not_measured(priorities: Priorities, voice: Voice) -> tuple[Block, ...]:
    if not priorities.not_measured:
        return ()
    names = ", ".join(lowered(voice.say(f"priorities.{key}")) for key in priorities.not_measured)
    return (Paragraph(spans=plain(voice.say("priorities.not_measured", problems=names)), style="note"),)


def _draft(findings: Findings, priorities: Priorities, voice: Voice) -> tuple[Block, ...]:
    heading = Heading(level=2, text=voice.say("priorities.draft_heading"))
    if not priorities.planned:
        return heading, Paragraph(spans=plain(voice.say("priorities.none_planned")))
    sentences = [voice.say("priorities.draft_text", villages=voice.count(priorities.villages_named))]
    if "stunted" in priorities.planned:
        named = any(item.problem == "stunted" for item in priorities.items)
        sentences.append(voice.say("priorities.draft_stunted" if named else "priorities.draft_stunted_none"))
    table = (tabulate_plan(findings, priorities, voice=voice),) if priorities.items else ()
    return heading, Paragraph(spans=plain(" ".join(sentences))), *table


def _no_convergence(voice: Voice) -> tuple[Block, ...]:
    return (Paragraph(spans=plain(voice.say("priorities.convergence_none")), style="note"),)


def _convergence(convergence: Convergence, voice: Voice) -> tuple[Block, ...]:
    heading = Heading(level=2, text=voice.say("priorities.convergence_heading"))
    text = voice.say(
        "priorities.convergence_text",
        year=str(convergence.year),
        villages=voice.count(convergence.villages),
        without=voice.count(convergence.without),
    )
    figure = draw_convergence(convergence, voice=voice, source=voice.say("priorities.convergence_source"))
    return (
        heading,
        Paragraph(spans=plain(f"{text} {_missing(convergence, voice)}")),
        *((figure,) if convergence.cells else ()),
    )


def _missing(convergence: Convergence, voice: Voice) -> str:
    if not convergence.missing:
        return voice.say("priorities.convergence_complete")
    names = ", ".join(voice.named("interventions", key) for key in convergence.missing)
    return voice.say("priorities.convergence_missing", interventions=names)


def _progress(progress: Progress, voice: Voice) -> tuple[Block, ...]:
    total = progress.total
    text = voice.say(
        "priorities.progress_text",
        planned=voice.count(total.planned),
        meeting=voice.style.date(progress.meeting),
        done=voice.count(total.done),
        late=voice.count(total.late),
        as_of=voice.style.date(progress.as_of),
        changed=voice.count(total.changed),
    )
    return (
        Heading(level=2, text=voice.say("priorities.progress_heading")),
        Paragraph(spans=plain(text)),
        tabulate_progress(progress, voice=voice),
    )
