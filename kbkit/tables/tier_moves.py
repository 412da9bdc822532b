"""Tables of moves between tiers: from snapshot to snapshot, time in tier, and printed beside recomputed."""

from __future__ import annotations

from kbkit.document import Column, Row, Table
from kbkit.domain.tiers import TIERS
from kbkit.results.classification import Classification
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.tables.sources import computed_from_portal
from kbkit.text import Voice

_GROUPS = (*(tier.value for tier in TIERS), None)


def tabulate_transition(findings: Findings, classification: Classification, *, voice: Voice) -> Table:
    """Moves between the last two snapshots, every village of the register in one cell."""
    before, after = classification.snapshots[-2:]
    moves = {(move.before, move.after): move.villages for move in after.moves}
    dates = {"before": voice.style.date(before.snapshot_date), "after": voice.style.date(after.snapshot_date)}
    return Table(
        name="tier_transition",
        title=voice.say("classification.transition_title", **dates),
        columns=(
            Column(title=voice.say("classification.transition_before", before=dates["before"]), weight=2.2),
            *(
                Column(
                    title=voice.tier(name),
                    align="end",
                    group=voice.say("classification.transition_after", after=dates["after"]),
                    weight=1.4,
                )
                for name in _GROUPS
            ),
            Column(title=voice.say("tables.total"), align="end"),
        ),
        rows=tuple(
            _row(voice.tier(name), [moves.get((name, target), 0) for target in _GROUPS], voice) for name in _GROUPS
        ),
        source=computed_from_portal(findings, voice=voice),
    )


def _row(label: str, counts: list[int], voice: Voice) -> Row:
    values = (cells.count(value, voice=voice) for value in (*counts, sum(counts)))
    return Row(cells=(cells.label(label), *values))


def tabulate_durations(findings: Findings, classification: Classification, *, voice: Voice) -> Table:
    """Time in the present tier."""
    return Table(
        name="time_in_tier",
        title=voice.say("classification.durations_title"),
        columns=(
            Column(title=voice.say("classification.steps_tier"), weight=2),
            Column(title=voice.say("classification.villages"), align="end"),
            Column(title=voice.say("classification.always"), align="end", weight=1.4),
            Column(title=voice.say("classification.median_months"), align="end", weight=1.2),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.tier(duration.tier)),
                    cells.count(duration.villages, voice=voice),
                    cells.count(duration.always, voice=voice),
                    cells.decimal(
                        duration.median_months, voice=voice, digits=0 if duration.median_months % 1 == 0 else 1
                    ),
                )
            )
            for duration in classification.durations
        ),
        notes=(voice.say("classification.note_durations"),),
        source=computed_from_portal(findings, voice=voice),
    )


def tabulate_printed(findings: Findings, classification: Classification, *, voice: Voice) -> Table:
    """Kampung KB whose printed tier does not follow from their scores."""
    return Table(
        name="printed_and_recomputed",
        title=voice.say("classification.printed_title"),
        columns=(
            Column(title=voice.say("classification.printed"), weight=2),
            Column(title=voice.say("classification.recomputed"), weight=2),
            Column(title=voice.say("classification.villages"), align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.tier(move.before)),
                    cells.label(voice.tier(move.after) if move.after else voice.say("classification.recomputed_none")),
                    cells.count(move.villages, voice=voice),
                )
            )
            for move in classification.printed_recomputed
        ),
        source=computed_from_portal(findings, voice=voice),
    )
