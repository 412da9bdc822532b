"""Figures of the joint plan: how far the order of problems depends on the weights, and who does what."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from kbkit.document import Figure
from kbkit.domain.problems import WEIGHTINGS
from kbkit.figures.canvas import ADJUSTED, INK, TIER_FILL, count_axis, new_canvas, style, to_svg
from kbkit.results.priorities import Convergence, Priorities
from kbkit.text import Voice

_SHADES = LinearSegmentedColormap.from_list("shades", ["#eef4f4", *TIER_FILL.values()])


def draw_ranks(priorities: Priorities, *, voice: Voice, source: str) -> Figure:
    """Draw the place of every problem and its range over all weightings."""
    with style():
        canvas, (axes,) = new_canvas(height=0.9 + 0.27 * len(priorities.problems))
        _draw_places(axes, priorities, voice)
        svg = to_svg(canvas)
    return Figure(
        name="problem_ranks",
        title=voice.say("priorities.ranks_title", weightings=voice.count(len(WEIGHTINGS))),
        svg=svg,
        alt=_describe_ranks(priorities, voice),
        source=source,
    )


def _draw_places(axes: Axes, priorities: Priorities, voice: Voice) -> None:
    problems = priorities.problems
    for place, problem in enumerate(problems):
        axes.plot([problem.rank_best, problem.rank_worst], [place, place], color=ADJUSTED, linewidth=5, alpha=0.25,
                  solid_capstyle="round")  # fmt: skip
        axes.plot(problem.rank, place, "o", color=ADJUSTED, markersize=6)
    axes.set_yticks(range(len(problems)), [voice.say(f"priorities.{problem.key}") for problem in problems])
    axes.set_ylim(len(problems) - 0.4, -0.6)
    axes.set_xlim(0.6, len(problems) + 0.4)
    count_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(voice.say("priorities.ranks_axis"))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _describe_ranks(priorities: Priorities, voice: Voice) -> str:
    items = (
        voice.say(
            "priorities.ranks_item",
            problem=voice.say(f"priorities.{problem.key}"),
            rank=voice.count(problem.rank),
            best=voice.count(problem.rank_best),
            worst=voice.count(problem.rank_worst),
        )
        for problem in priorities.problems[:3]
    )
    return voice.say("priorities.ranks_alt", problems=voice.count(len(priorities.problems)), items="; ".join(items))


def draw_convergence(convergence: Convergence, *, voice: Voice, source: str) -> Figure:
    """Draw villages by intervention and agency; an empty cell is a pair that nobody listed."""
    with style():
        canvas, (axes,) = new_canvas(height=1.5 + 0.23 * len(convergence.interventions))
        _draw_pairs(axes, convergence, voice)
        svg = to_svg(canvas)
    return Figure(
        name="convergence",
        title=voice.say("priorities.convergence_title", year=str(convergence.year)),
        svg=svg,
        alt=_describe_pairs(convergence, voice),
        source=source,
    )


def _draw_pairs(axes: Axes, convergence: Convergence, voice: Voice) -> None:
    rows = {name: place for place, name in enumerate(convergence.interventions)}
    columns = {name: place for place, name in enumerate(convergence.agencies)}
    most = max(cell.villages for cell in convergence.cells)
    values = np.full((len(rows), len(columns)), np.nan)
    for cell in convergence.cells:
        row, column = rows[cell.intervention], columns[cell.agency]
        values[row, column] = cell.villages
        colour = "white" if cell.villages > 0.6 * most else INK
        axes.text(
            column + 0.5, row + 0.5, voice.count(cell.villages), ha="center", va="center", fontsize=7, color=colour
        )
    axes.pcolormesh(np.ma.masked_invalid(values), cmap=_SHADES, vmin=0, vmax=most)
    axes.set_xticks(np.arange(len(columns)) + 0.5, [voice.named("agencies", f"{name}_short", name) for name in columns],
                    rotation=50, ha="left", rotation_mode="anchor")  # fmt: skip
    axes.set_yticks(np.arange(len(rows)) + 0.5, [voice.named("interventions", name) for name in rows])
    axes.set_xticks(np.arange(len(columns) + 1), minor=True)
    axes.set_yticks(np.arange(len(rows) + 1), minor=True)
    axes.grid(which="minor")
    axes.xaxis.tick_top()
    axes.tick_params(which="both", length=0, labelsize=7.5)
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)


def _describe_pairs(convergence: Convergence, voice: Voice) -> str:
    most = max(convergence.cells, key=lambda cell: cell.villages)
    return voice.say(
        "priorities.convergence_alt",
        interventions=voice.count(len(convergence.interventions)),
        agencies=voice.count(len(convergence.agencies)),
        most=voice.named("interventions", most.intervention),
        most_agency=voice.named("agencies", most.agency),
        most_villages=voice.count(most.villages),
    )
