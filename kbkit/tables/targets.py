"""Table of targets beside the latest survey."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.results.targets import TargetGap
from kbkit.tables import cells
from kbkit.text import Voice


def tabulate_targets(findings: Findings, *, voice: Voice) -> Table:
    """List the national targets from the latest survey's year on and the regency's own, each with that survey's gap."""
    local = findings.local_target.gap if findings.local_target else None
    targets = sorted((*findings.targets, *([local] if local else ())), key=lambda target: target.year)
    latest = targets[0]
    return Table(
        name="targets",
        title=voice.say(
            "targets.title" if local else "stunting.targets_title", survey=latest.survey, year=str(latest.survey_year)
        ),
        columns=(
            Column(title=voice.say("tables.year"), align="end", weight=0.7),
            Column(title=voice.say("stunting.target"), align="end"),
            Column(title=voice.say("stunting.gap"), align="end", weight=2),
            Column(title=voice.say("stunting.target_source"), weight=2),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=str(target.year), value=target.year),
                    cells.share(target.prevalence, voice=voice),
                    _gap(target, voice),
                    cells.label(target.source or voice.say("targets.basis")),
                )
            )
            for target in targets
        ),
        notes=(voice.say("stunting.note_targets"), *([voice.say("targets.note")] if local else ())),
        source=voice.say("stunting.source_targets"),
    )


def _gap(target: TargetGap, voice: Voice) -> Cell:
    if target.gap_low == target.gap_high:
        return Cell(text=voice.style.points(target.gap_low), value=target.gap_low)
    text = voice.style.points_interval(target.gap_low, target.gap_high)
    return Cell(text=text, value=f"{target.gap_low!r} {target.gap_high!r}")
