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
    return (
        cells.label(f"{line.name} ({line.code})"),
        cells.count(line.villages, voice=voice),
        cells.share(line.coverage, voice=voice),
        *cells.prevalence(line.prevalence, voice=voice),
        *cells.difference(line.slope, voice=voice),
        _p_value(line.adjusted_p, voice),
        cells.label(_verdict(line, voice)),
    )


def _verdict(line: RegencyLine, voice: Voice) -> str:
    """Return the verdict; an unclear one with the smallest difference that could have been found."""
    verdict = voice.say(f"names.verdict_{line.verdict}")
    if line.verdict != "unclear" or isinstance(line.detectable, Undefined):
        return verdict
    return voice.say("province.unclear_detectable", verdict=verdict, detectable=_size(line.detectable, voice))


def _size(value: float, voice: Voice) -> str:
    return voice.style.decimal(100 * value, 1)


def tabulate_contrasts(province: ProvinceFindings, *, voice: Voice) -> Table:
    """Every tier against the reference in every regency that was compared, p-values adjusted over all of them."""
    interval = voice.say("tables.interval", level=voice.level(province.level))
    return Table(
        name="regency_contrasts",
        title=voice.say("province.contrasts_title"),
        columns=(
            Column(title=voice.say("tables.regency"), weight=2.6),
            Column(title=voice.say("tables.tier"), weight=1.6),
            Column(title=voice.say("tables.points"), align="end"),
            Column(title=interval, align="end", weight=1.7),
            Column(title="p", align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(f"{line.name} ({line.code})"),
                    cells.label(voice.tier(contrast.tier)),
                    *cells.difference(contrast.difference, voice=voice),
                    _p_value(contrast.adjusted_p, voice),
                )
            )
            for line in province.regencies
            for contrast in line.contrasts
        ),
        notes=(voice.say("province.note_contrasts", tests=_tests(province, voice)),),
        source=computed_from(voice.say("tables.source_findings"), voice=voice),
    )


def _tests(province: ProvinceFindings, voice: Voice) -> str:
    return voice.count(next(family.tests for family in province.families if family.name == "contrasts"))


def tabulate_shrunken(province: ProvinceFindings, *, voice: Voice) -> Table:
    """Slopes as estimated and drawn towards the mean, for display."""
    return Table(
        name="shrunken_slopes",
        title=voice.say("province.shrunken_title"),
        columns=(
            Column(title=voice.say("tables.regency"), weight=2.6),
            Column(title=voice.say("province.shrunken_own"), align="end"),
            Column(title=voice.say("province.shrunken_drawn"), align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(f"{line.name} ({line.code})"),
                    cells.difference(line.slope, voice=voice)[0],
                    Cell(text=voice.style.points(line.shrunken), value=line.shrunken),
                )
            )
            for line in province.regencies
            if not isinstance(line.shrunken, Undefined)
        ),
        notes=(voice.say("province.note_shrunken"),),
        source=computed_from(voice.say("tables.source_findings"), voice=voice),
    )


def _p_value(value: float | Undefined, voice: Voice) -> Cell:
    known = None if isinstance(value, Undefined) else value
    return Cell(text=voice.style.p_value(known), value=known)
