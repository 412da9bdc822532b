"""Source lines, and the table of source files."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.text import MISSING, Voice
from kbkit.text.programme import describe_time

_MOST_TIMES: Final = 4
"""Times of a source that a cell lists; of more it says the first and the last."""


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
                    cells.label(_times(source.dated, voice) if source.dated else MISSING),
                    cells.count(source.rows_read, voice=voice),
                    cells.count(source.rows_kept, voice=voice),
                    cells.label(source.sha256[:12]),
                )
            )
            for source in findings.provenance.sources
        ),
        notes=(voice.say("tables.note_sources"),),
    )


def _times(dated: str, voice: Voice) -> str:
    """Say the times of a source; of many only the first and the last, and honestly where nothing tells the year."""
    times = dated.split(", ")
    if len(times) <= _MOST_TIMES:
        return ", ".join(describe_time(time, voice=voice) for time in times)
    if not any(time.partition("-")[0].isdigit() for time in times):
        first, last = (str(int(time.rpartition("-")[2])) for time in (times[0], times[-1]))
        return voice.say("tables.months_only", first=first, last=last)
    first, last = (describe_time(time, voice=voice) for time in (times[0], times[-1]))
    return voice.say("tables.several_times", first=first, last=last)


def _layout(layout: str, voice: Voice) -> str:
    key = f"ingest.layout_{layout}"
    return voice.say(key) if voice.knows(key) else layout
