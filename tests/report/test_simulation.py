"""The simulation study as a document: recorded rates as they stand in the record, and a small run beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kbkit
from kbkit.document import Figure, Paragraph, Table
from kbkit.report import SimulationReport
from kbkit.results.simulation import Simulation
from kbkit.text import Language

RECORD = Path(__file__).parents[1] / "methods" / "reference" / "inference_study.json"


@pytest.fixture(scope="module")
def live() -> Simulation:
    return kbkit.simulate_designs(data_sets=2, seed=1, designs=("8_scattered",))


def compose(live: Simulation, language: Language) -> SimulationReport:
    return kbkit.compose_simulation(kbkit.read_simulation(RECORD), live=live, language=language)


def test_size_power_and_coverage_are_in_the_record() -> None:
    simulation = kbkit.read_simulation(RECORD)
    assert len(simulation.studies) == 6
    for study in simulation.studies:
        for rate in study.rates:
            assert 0 < rate.size < rate.power <= 1
            assert (rate.coverage is None) == (rate.procedure == "bootstrap")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_holds_every_rate_of_the_record(live: Simulation, language: Language) -> None:
    (table,) = (block for block in compose(live, language).recorded.blocks if isinstance(block, Table))
    record = json.loads(RECORD.read_text(encoding="utf-8"))["designs"]
    expected = [rates["power"] for design in record.values() for rates in design["rates"].values()]
    assert [row.cells[2].value for row in table.rows if row.kind == "body"] == expected
    assert [row.kind for row in table.rows].count("group") == len(record)


def test_the_answer_names_the_ends_of_the_rates(live: Simulation) -> None:
    (lead,) = (block for block in compose(live, "en").title.blocks if isinstance(block, Paragraph))
    sizes = [rates.size for study in kbkit.read_simulation(RECORD).studies for rates in study.rates[:1]]
    assert f"{100 * min(sizes):.1f}%" in lead.spans[0].text
    assert f"{100 * max(sizes):.1f}%" in lead.spans[0].text


def test_the_figure_says_what_it_shows(live: Simulation) -> None:
    report = compose(live, "id")
    for section in (report.recorded, report.live):
        (figure,) = (block for block in section.blocks if isinstance(block, Figure))
        assert "Binomial" in figure.alt
    assert len(report.conduct.blocks) > 2
