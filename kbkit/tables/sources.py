"""Source lines, and the table of source files."""

from __future__ import annotations

from pathlib import PurePath

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.text import MISSING, Voice


def portal_source(findings: Findings, *, voice: Voice) -> str:
    """The portal's export, with the date of its latest snapshot; empty without one."""
    date = findings.timing.latest_snapshot
    return voice.say("tables.source_portal", date=voice.style.date(date)) if date else ""


def registry_source(findings: Findings, *, voice: Voice) -> str:
    """The registry, with its latest period; empty without one."""
    period = findings.timing.latest_period
    return voice.say("tables.source_registry", period=voice.style.period(period)) if period else ""


def computed_from(*sources: str, voice: Voice) -> str:
    """Join the sources of something that was computed here."""
    return voice.say("tables.source_computed", sources="; ".join(source for source in sources if source))


def computed_from_portal(findings: Findings, *, voice: Voice) -> str:
    """The source of what was computed from the portal's export."""
    return computed_from(portal_source(findings, voice=voice), voice=voice)


def tabulate_sources(findings: Findings, *, voice: Voice) -> Table:
    """The files behind the report."""
    return Table(
        name="sources",
        title=voice.say("tables.sources_title"),
        columns=(
            Column(title=voice.say("tables.file"), weight=3.6),
            Column(title=voice.say("tables.layout"), weight=3),
            Column(title=voice.say("tables.dated"), weight=1.3),
            Column(title=voice.say("tables.rows_read"), align="end", weight=0.8),
            Column(title=voice.say("tables.rows_kept"), align="end", weight=0.8),
            Column(title=voice.say("tables.sha256"), weight=1.5),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=PurePath(source.file).name, value=source.file),
                    cells.label(_layout(source.layout, voice)),
                    cells.label(source.dated or MISSING),
                    cells.count(source.rows_read, voice=voice),
                    cells.count(source.rows_kept, voice=voice),
                    cells.label(source.sha256[:12]),
                )
            )
            for source in findings.provenance.sources
        ),
        notes=(voice.say("tables.note_sources"),),
    )


def _layout(layout: str, voice: Voice) -> str:
    key = f"ingest.layout_{layout}"
    return voice.say(key) if voice.knows(key) else layout
