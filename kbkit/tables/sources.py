"""Source lines, and the table of source files."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.results.provenance import SourceUse
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


def list_sources(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """Return a line for every kind of source, with its times."""
    times: dict[str, set[str]] = {}
    for source in findings.provenance.sources:
        times.setdefault(source.layout, set()).update(source.dated.split(", ") if source.dated else ())
    return tuple(
        voice.say("tables.source_dated", kind=_layout(layout, voice), times=_times(", ".join(sorted(dated)), voice))
        if dated
        else _layout(layout, voice)
        for layout, dated in times.items()
    )


def tabulate_sources(findings: Findings, *, voice: Voice) -> Table:
    """The files behind the report."""
    provenance = findings.provenance
    sheets = provenance.files
    return Table(
        name="sources",
        title=voice.say("tables.sources_title"),
        columns=(
            Column(title=voice.say("tables.file"), weight=4.4),
            Column(title=voice.say("tables.layout"), weight=3.8),
            Column(title=voice.say("tables.dated"), weight=1.7),
            Column(title=voice.say("tables.rows_used"), align="end", weight=0.8),
            Column(title=voice.say("tables.rows_unmatched"), align="end", weight=0.8),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=_file(source, voice, alone=sheets[source.file] == 1), value=source.file),
                    cells.label(_layout(source.layout, voice)),
                    cells.label(_times(source.dated, voice) if source.dated else MISSING),
                    cells.count(source.rows_used, voice=voice),
                    cells.count(source.rows_unmatched, voice=voice),
                )
            )
            for source in provenance.sources
        ),
        notes=(
            voice.say("tables.note_sources"),
            voice.say("tables.note_digest", digest=provenance.data_digest, version=provenance.tool_version),
        ),
    )


def _file(source: SourceUse, voice: Voice, *, alone: bool) -> str:
    name = PurePath(source.file).name
    return name if alone or not source.sheet else voice.say("tables.file_sheet", file=name, sheet=source.sheet)


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
