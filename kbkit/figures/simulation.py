"""Figure of a simulation study: size and coverage of every procedure beside what was promised."""

from __future__ import annotations

from typing import Any, Final

from kbkit.document import Figure
from kbkit.figures.canvas import ADJUSTED, CRUDE, INK, RULE, new_canvas, style, to_svg
from kbkit.results.simulation import Rate, Simulation
from kbkit.text import Voice

_PRIMARY: Final = frozenset({"CR2", "CR2_points", "bootstrap"})

_BANDS: Final = {"size": (0.035, 0.05, 0.065), "coverage": (0.935, 0.95, 0.965)}
"""Lowest, nominal and highest rate that is called right."""


def draw_simulation(simulation: Simulation, *, name: str, voice: Voice, source: str) -> Figure:
    """Draw, for every procedure, one mark a design: how often it rejects in vain, and how often its interval holds."""
    procedures = [rate.procedure for rate in simulation.studies[0].rates]
    with style():
        canvas, panels = new_canvas(height=1.2 + 0.5 * len(procedures), rows=(1, 1))
        for axes, kind in zip(panels, _BANDS, strict=True):
            _draw_panel(axes, simulation, kind, procedures, voice)
        svg = to_svg(canvas)
    return Figure(
        name=name,
        title=voice.say("simulation.figure_title"),
        svg=svg,
        alt=voice.say("simulation.figure_alt", items="; ".join(_item(p, simulation, voice) for p in procedures)),
        notes=(voice.say("simulation.figure_note"),),
        source=source,
    )


def _draw_panel(axes: Any, simulation: Simulation, kind: str, procedures: list[str], voice: Voice) -> None:
    low, nominal, high = _BANDS[kind]
    axes.axvspan(100 * low, 100 * high, color=RULE, alpha=0.6, linewidth=0)
    axes.axvline(100 * nominal, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(procedures)), [voice.say(f"simulation.procedure_{name}") for name in procedures])
    for place, procedure in enumerate(procedures):
        values = _values(simulation, procedure, kind)
        colour, mark = (ADJUSTED, "D") if procedure in _PRIMARY else (CRUDE, "o")
        axes.plot([100 * value for value in values], [place] * len(values), mark, color=colour, markersize=4.5)
    axes.set_ylim(len(procedures) - 0.5, -0.5)
    axes.set_xlabel(voice.say(f"simulation.axis_{kind}"))
    axes.grid(axis="x")


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
