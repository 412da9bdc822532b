"""Table of the regencies of a batch."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.results import Undefined
from kbkit.results.province import ProvinceFindings, RegencyLine
from kbkit.tables import cells
from kbkit.tables.sources import computed_from
from kbkit.text import Voice


def tabulate_regencies(province: ProvinceFindings, *, voice: Voice) -> Table:
    """One row a regency, by code; no ranking."""
    interval = voice.say("tables.interval", level=voice.level(province.level))
    prevalence, slope = voice.say("tables.prevalence"), voice.say("tables.per_step")
    return Table(
        name="regencies",
        title=voice.say("tables.regencies_title"),
        columns=(
            Column(title=voice.say("tables.regency"), weight=2.6),
            Column(title=voice.say("tables.villages"), align="end", weight=0.9),
            Column(title=voice.say("tables.coverage"), align="end"),
            Column(title="%", align="end", group=prevalence),
            Column(title=interval, align="end", group=prevalence, weight=1.5),
            Column(title=voice.say("tables.points"), align="end", group=slope, weight=0.9),
            Column(title=interval, align="end", group=slope, weight=1.7),
            Column(title="p", align="end", group=slope),
            Column(title=voice.say("tables.verdict"), weight=1.6),
        ),
        rows=tuple(Row(cells=_cells(line, voice)) for line in province.regencies),
        notes=(voice.say("tables.note_regencies"), voice.say("tables.note_regencies_p")),
        source=computed_from(voice.say("tables.source_findings"), voice=voice),
    )


def _cells(line: RegencyLine, voice: Voice) -> tuple[Cell, ...]:
    p_value = None if isinstance(line.adjusted_p, Undefined) else line.adjusted_p
    return (
        cells.label(f"{line.name} ({line.code})"),
        cells.count(line.villages, voice=voice),
        cells.share(line.coverage, voice=voice),
        *cells.prevalence(line.prevalence, voice=voice),
        *cells.difference(line.slope, voice=voice),
        Cell(text=voice.style.p_value(p_value), value=p_value),
        cells.label(voice.say(f"names.verdict_{line.verdict}")),
    )
