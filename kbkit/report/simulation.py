"""The simulation study as a document: what the primary method promises, and what was found."""

from __future__ import annotations

from functools import cached_property

from kbkit.document import Block, Bullets, Document, Heading, Paragraph, plain
from kbkit.figures.simulation import draw_simulation
from kbkit.report.section import Section
from kbkit.results.simulation import Rate, Simulation
from kbkit.tables.simulation import tabulate_simulation
from kbkit.text import Language, Voice


class SimulationReport:
    """The study in one language: the recorded run, and one made now."""

    def __init__(self, recorded: Simulation, live: Simulation, language: Language) -> None:
        self._recorded = recorded
        self._live = live
        self._voice = Voice(language)

    @cached_property
    def title(self) -> Section:
        """Title page, with the answer."""
        voice = self._voice
        document = Document(
            language=voice.language,
            title=voice.say("simulation.title"),
            subtitle=voice.say("simulation.subtitle"),
            running_head=voice.say("simulation.title"),
            words=voice.document_words(),
        )
        lead = Paragraph(spans=plain(_answer(self._recorded, voice)), style="lead")
        return Section((document, lead), language=voice.language)

    @cached_property
    def conduct(self) -> Section:
        """How the data were made, and what is compared."""
        voice = self._voice
        compared = tuple(
            plain(f"{voice.say(f'simulation.procedure_{name}')}: {voice.say(f'simulation.about_{name}')}")
            for name in (rate.procedure for rate in self._recorded.studies[0].rates)
        )
        blocks: tuple[Block, ...] = (
            Heading(level=1, text=voice.say("simulation.conduct_title")),
            Paragraph(spans=plain(voice.say("simulation.conduct_data"))),
            Paragraph(spans=plain(voice.say("simulation.conduct_rates"))),
            Bullets(items=compared),
        )
        return Section(blocks, language=voice.language)

    @cached_property
    def recorded(self) -> Section:
        """The recorded rates."""
        return self._rates(self._recorded, "recorded")

    @cached_property
    def live(self) -> Section:
        """Rates of a small run made as the notebook ran."""
        return self._rates(self._live, "live")

    def _rates(self, simulation: Simulation, kind: str) -> Section:
        voice = self._voice
        table = tabulate_simulation(
            simulation, name=f"simulation_{kind}", title=voice.say(f"simulation.table_{kind}"), voice=voice
        )
        blocks: tuple[Block, ...] = (
            Heading(level=1, text=voice.say(f"simulation.{kind}_title")),
            Paragraph(spans=plain(voice.say(f"simulation.{kind}_lead"))),
            draw_simulation(simulation, name=f"simulation_{kind}_rates", voice=voice, source=table.source),
            table,
        )
        return Section(blocks, language=voice.language)


def compose_simulation(recorded: Simulation, *, live: Simulation, language: Language) -> SimulationReport:
    """Return the document of a simulation study, whose sections a notebook shows.

    Args:
        recorded: the study whose rates are kept with their seed and versions.
        live: a small run of the same designs.
        language: language of the document.
    """
    return SimulationReport(recorded, live, language)


def _answer(simulation: Simulation, voice: Voice) -> str:
    """Say in one sentence what size, coverage and power were found."""
    primary, model = (_rates_of(simulation, name) for name in ("CR2", "model"))
    values = {
        "size": [rate.size for rate in primary],
        "coverage": [rate.coverage for rate in primary if rate.coverage is not None],
        "power": [rate.power for rate in primary],
        "naive": [rate.size for rate in model],
    }
    ends = {
        f"{place}_{name}": voice.style.percent(end(numbers))
        for name, numbers in values.items()
        for place, end in (("lowest", min), ("highest", max))
    }
    return voice.say("simulation.answer", **ends)


def _rates_of(simulation: Simulation, procedure: str) -> list[Rate]:
    return [rate for study in simulation.studies for rate in study.rates if rate.procedure == procedure]
