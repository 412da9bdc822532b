"""Tables of the twelve scores and of what separates a village from a higher tier."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.next_tier import BLOCKS
from kbkit.results.classification import Classification, Scores, TierSteps, VillageStep
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.tables.sources import computed_from_portal
from kbkit.text import MISSING, Voice

_OPEN_SHOWN = 3
"""Scores that are named for a village: the widest gaps; more would not be read."""


def tabulate_scores(findings: Findings, classification: Classification, scores: Scores, *, voice: Voice) -> Table:
    """Villages at each value of the twelve scores, block by block."""
    group = voice.say("classification.score_value")
    return Table(
        name="scores",
        title=voice.say(
            "classification.scores_table_title", date=voice.style.date(classification.snapshots[-1].snapshot_date)
        ),
        columns=(
            Column(title=voice.say("classification.indicator"), weight=3.4),
            *(Column(title=str(score), align="end", group=group, weight=0.8) for score in (1, 2, 3, 4)),
            Column(title=voice.say("classification.attained"), align="end"),
        ),
        rows=tuple(row for block in BLOCKS for row in _block_rows(block, scores, voice)),
        notes=(voice.say("classification.not_attainable"),),
        source=computed_from_portal(findings, voice=voice),
    )


def _block_rows(block: str, scores: Scores, voice: Voice) -> tuple[Row, ...]:
    head = Row(
        kind="group", cells=(cells.label(voice.say(f"classification.{block}")), *(Cell(text="") for _ in range(5)))
    )
    rows = (
        Row(
            cells=(
                cells.label(voice.say(f"classification.{spread.score}")),
                *(
                    cells.count(villages if score <= spread.highest else None, voice=voice)
                    for score, villages in enumerate(spread.villages, start=1)
                ),
                cells.share(spread.attained, voice=voice),
            )
        )
        for spread in scores.spreads
        if spread.score.startswith(f"score_{block}_")
    )
    return head, *rows


def tabulate_steps(findings: Findings, scores: Scores, *, voice: Voice) -> Table:
    """Villages of each tier by points lacking to the nearest higher tier."""
    lacking = voice.say("classification.lacking")
    return Table(
        name="points_to_next_tier",
        title=voice.say("classification.steps_title"),
        columns=(
            Column(title=voice.say("classification.steps_tier"), weight=1.5),
            Column(title=voice.say("classification.villages"), align="end"),
            Column(title=voice.say("classification.nothing_entered"), align="end"),
            Column(title=voice.say("classification.one_point"), align="end", group=lacking),
            Column(title=voice.say("classification.two_or_three_points"), align="end", group=lacking),
            Column(title=voice.say("classification.more_points"), align="end", group=lacking),
            Column(title=voice.say("classification.nearest_tier"), weight=2.0),
            Column(title=voice.say("classification.widest_gap"), weight=1.9),
        ),
        rows=tuple(_steps_row(steps, voice) for steps in scores.steps),
        notes=(voice.say("classification.note_nothing_entered"),),
        source=computed_from_portal(findings, voice=voice),
    )


def _steps_row(steps: TierSteps, voice: Voice) -> Row:
    nearest = (
        voice.say("classification.nearest_item", tier=voice.tier(tier), count=voice.count(count))
        for tier, count in steps.nearest.items()
    )
    counts = (steps.villages, steps.nothing_entered, steps.one, steps.two_or_three, steps.more)
    gap = voice.say(f"classification.{steps.widest_gap}") if steps.widest_gap else MISSING
    return Row(
        cells=(
            cells.label(voice.tier(steps.tier)),
            *(cells.count(count, voice=voice) for count in counts),
            cells.label(", ".join(nearest) or MISSING),
            cells.label(gap),
        )
    )


def tabulate_nearest(findings: Findings, scores: Scores, *, voice: Voice) -> Table:
    """The villages with the fewest points lacking, and the scores that can still rise."""
    points = voice.say("classification.points")
    return Table(
        name="nearest_to_next_tier",
        title=voice.say("classification.nearest_title"),
        columns=(
            Column(title=voice.say("classification.village"), weight=2.0),
            Column(title=voice.say("tables.district"), weight=1.6),
            Column(title=voice.say("classification.from_to"), weight=2.4),
            *(Column(title=voice.say(f"classification.{block}"), align="end", group=points) for block in BLOCKS),
            Column(title=voice.say("classification.open_scores"), weight=3.2),
        ),
        rows=tuple(_village_row(step, voice) for step in scores.nearest),
        notes=(
            voice.say(
                "classification.note_nearest", count=scores.nearest_points, points=voice.count(scores.nearest_points)
            ),
        ),
        source=computed_from_portal(findings, voice=voice),
    )


def _village_row(step: VillageStep, voice: Voice) -> Row:
    move = voice.say("classification.from_to_item", before=voice.tier(step.tier), after=voice.tier(step.nearest))
    points = (step.points_input, step.points_process, step.points_output)
    named = (voice.say(f"classification.{score}") for score in step.open_scores[:_OPEN_SHOWN])
    return Row(
        cells=(
            cells.label(step.name),
            cells.label(step.district_name),
            cells.label(move),
            *(cells.count(point, voice=voice) for point in points),
            cells.label("; ".join(named)),
        )
    )
