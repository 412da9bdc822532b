"""Table of a simulation study."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.simulation import Rate, Simulation, Study
from kbkit.tables import cells
from kbkit.text import Voice


def tabulate_simulation(simulation: Simulation, *, name: str, title: str, voice: Voice) -> Table:
    """One line a design and procedure: size, power and coverage.

    Args:
        simulation: what was found.
        name: name of the table.
        title: its title.
        voice: words and numbers of the report's language.
    """
    share = "%"
    return Table(
        name=name,
        title=title,
        columns=(
            Column(title=voice.say("simulation.procedure"), weight=3.0),
            Column(title=share, align="end", group=voice.say("simulation.size")),
            Column(title=share, align="end", group=voice.say("simulation.power")),
            Column(title=share, align="end", group=voice.say("simulation.coverage")),
        ),
        rows=tuple(row for study in simulation.studies for row in _rows(study, voice)),
        notes=(voice.say("simulation.note_rates"), _conduct(simulation, voice)),
        source=_versions(simulation, voice),
    )


def _rows(study: Study, voice: Voice) -> tuple[Row, ...]:
    """Return the name of the design as a heading, and a row for every procedure."""
    heading = Row(cells=(cells.label(describe_design(study, voice=voice)), *[Cell(text="")] * 3), kind="group")
    return heading, *(Row(cells=_cells(rate, voice)) for rate in study.rates)


def _cells(rate: Rate, voice: Voice) -> tuple[Cell, ...]:
    return (
        cells.label(voice.say(f"simulation.procedure_{rate.procedure}")),
        cells.share(rate.size, voice=voice),
        cells.share(rate.power, voice=voice),
        Cell(text="–") if rate.coverage is None else cells.share(rate.coverage, voice=voice),
    )


def describe_design(study: Study, *, voice: Voice) -> str:
    """Return the name of a design in words: districts, and whether tiers gather in them."""
    key = "simulation.design_clustered" if study.tier_sd > 0 else "simulation.design_scattered"
    return voice.say(key, districts=voice.count(len(study.villages)), villages=voice.count(sum(study.villages)))


def _conduct(simulation: Simulation, voice: Voice) -> str:
    first = simulation.studies[0]
    undefined = sum(study.undefined for study in simulation.studies)
    return voice.say(
        "simulation.note_conduct", data_sets=voice.count(first.data_sets), seed=first.seed, undefined=undefined
    )


def _versions(simulation: Simulation, voice: Voice) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in simulation.versions.items())
    return voice.say("simulation.source", versions=versions)
