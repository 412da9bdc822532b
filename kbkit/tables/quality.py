"""Table of the checks of the data."""

from __future__ import annotations

from kbkit.document import Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.text import Voice


def tabulate_quality(findings: Findings, *, voice: Voice) -> Table:
    """One row a check that found something, gravest first."""
    return Table(
        name="data_quality",
        title=voice.say("tables.quality_title"),
        columns=(
            Column(title=voice.say("tables.check"), weight=5),
            Column(title=voice.say("tables.severity"), weight=1.6),
            Column(title=voice.say("tables.rows"), align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(_capitalised(voice.say(f"{item.code}_label"))),
                    cells.label(voice.say(f"names.severity_{item.severity}")),
                    cells.count(item.rows, voice=voice),
                )
            )
            for item in findings.quality.items
        ),
        notes=(voice.say("tables.note_quality"),),
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
