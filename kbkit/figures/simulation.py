"""Figure of a simulation study: size and coverage of every procedure beside what was promised."""

from __future__ import annotations

from typing import Final

from kbkit.document import Figure
from kbkit.figures.canvas import Page, style
from kbkit.figures.palette import ADJUSTED, CRUDE, INK, RULE
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, span, write_percents
from kbkit.results.simulation import Rate, Simulation
from kbkit.text import Voice

_PRIMARY: Final = frozenset({"CR2", "CR2_points", "bootstrap"})

_BANDS: Final = {"size": (0.035, 0.05, 0.065), "coverage": (0.935, 0.95, 0.965)}
"""Lowest, nominal and highest rate that is called right."""


def draw_simulation(simulation: Simulation, *, name: str, voice: Voice, source: str) -> Figure:
    """Draw, for every procedure, one mark a design: how often it rejects in vain, and how often its interval holds."""
    procedures = [rate.procedure for rate in simulation.studies[0].rates]
    with style():
        page = Page(height=1.2 + 0.5 * len(procedures), rows=(1, 1))
        for panel, kind in zip(page.panels, _BANDS, strict=True):
            _draw_panel(panel, simulation, kind, procedures, voice)
        svg = page.to_svg()
    return Figure(
        name=name,
        title=voice.say("simulation.figure_title"),
        svg=svg,
        alt=voice.say("simulation.figure_alt", items="; ".join(_item(p, simulation, voice) for p in procedures)),
        notes=(voice.say("simulation.figure_note"),),
        source=source,
    )


def _draw_panel(panel: Panel, simulation: Simulation, kind: str, procedures: list[str], voice: Voice) -> None:
    low, nominal, high = _BANDS[kind]
    rates = {procedure: _values(simulation, procedure, kind) for procedure in procedures}
    left, right = span([low, high, *(rate for found in rates.values() for rate in found)])
    title = voice.say(f"simulation.axis_{kind}")
    panel.x = Scale(low=left, high=right, write=write_percents(voice), title=title)
    panel.y = name_rows([voice.say(f"simulation.procedure_{name}") for name in procedures])
    panel.outlined = ("left", "bottom")
    panel.band(low, high, upright=True, colour=RULE, opacity=0.6)
    panel.rule(nominal, upright=True, colour=INK)
    for primary, colour, shape in ((True, ADJUSTED, "D"), (False, CRUDE, "o")):
        points = [
            (rate, row)
            for row, (procedure, found) in enumerate(rates.items())
            for rate in found
            if (procedure in _PRIMARY) == primary
        ]
        panel.marks(points, shape, colour=colour, size=4.5)


def _values(simulation: Simulation, procedure: str, kind: str) -> list[float]:
    rates = [rate for study in simulation.studies for rate in study.rates if rate.procedure == procedure]
    return [value for value in (_value(rate, kind) for rate in rates) if value is not None]


def _value(rate: Rate, kind: str) -> float | None:
    return rate.size if kind == "size" else rate.coverage


def _item(procedure: str, simulation: Simulation, voice: Voice) -> str:
    sizes = _values(simulation, procedure, "size")
    return voice.say(
        "simulation.figure_item",
        procedure=voice.say(f"simulation.procedure_{procedure}"),
        lowest=voice.style.percent(min(sizes)),
        highest=voice.style.percent(max(sizes)),
    )
