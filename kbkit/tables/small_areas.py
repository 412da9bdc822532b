"""Table of the villages with the highest and the lowest shrunken prevalence."""

from __future__ import annotations

from typing import Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.results.small_areas import SmallAreas, VillageRate
from kbkit.tables import cells
from kbkit.text import Voice

ENDS: Final = 10
"""Villages at either end."""


def tabulate_extreme_villages(findings: Findings, areas: SmallAreas, *, voice: Voice, source: str) -> Table:
    """List the villages at both ends; all of them, in one list, where the ends would meet."""
    downwards = areas.rates[::-1]
    coverage = {village.code: village.coverage for village in findings.villages}
    if len(downwards) <= 2 * ENDS:
        rows = tuple(_row(rate, coverage, voice) for rate in downwards)
    else:
        rows = (
            _group("stunting.highest", voice),
            *(_row(rate, coverage, voice) for rate in downwards[:ENDS]),
            _group("stunting.lowest", voice),
            *(_row(rate, coverage, voice) for rate in downwards[-ENDS:]),
        )
    notes = (voice.say("stunting.note_ranks"), voice.say("stunting.note_range")) if areas.hidden else (
        voice.say("stunting.note_ranks"),
    )  # fmt: skip
    rate = voice.say("stunting.rate")
    return Table(
        name="village_rates",
        title=voice.say("stunting.extremes_title"),
        columns=(
            Column(title=voice.say("tables.village"), weight=2.4),
            Column(title=voice.say("tables.district"), weight=2.2),
            Column(title=voice.say("tables.measured"), align="end"),
            Column(title=voice.say("tables.coverage"), align="end"),
            Column(title="%", align="end", group=rate, weight=1.4),
            Column(
                title=voice.say("tables.interval", level=voice.level(areas.level)), align="end", group=rate, weight=1.6
            ),
            Column(title=voice.say("stunting.position"), weight=1.7),
        ),
        rows=rows,
        notes=notes,
        source=source,
    )


def _group(key: str, voice: Voice) -> Row:
    return Row(kind="group", cells=(cells.label(voice.say(key)), *[cells.label("")] * 6))


def _row(rate: VillageRate, coverage: dict[str, float | None], voice: Voice) -> Row:
    return Row(
        cells=(
            cells.label(rate.village_name),
            cells.label(rate.district_name),
            cells.count(rate.children_measured, voice=voice),
            cells.share(coverage.get(rate.village_code), voice=voice),
            _estimate(rate, voice),
            Cell(text=voice.style.interval(rate.lower, rate.upper), value=f"{rate.lower!r} {rate.upper!r}"),
            cells.label(voice.say(f"stunting.position_{rate.position}")),
        )
    )


def _estimate(rate: VillageRate, voice: Voice) -> Cell:
    if rate.hidden:
        return Cell(text=voice.style.interval(rate.low, rate.high), value=f"{rate.low!r} {rate.high!r}")
    return cells.share(rate.low, voice=voice)
