"""Figures of the joint plan: how far the order of problems depends on the weights, and who does what."""

from __future__ import annotations

from typing import Final

from kbkit.document import Figure
from kbkit.domain.problems import WEIGHTINGS
from kbkit.figures.canvas import Page, style
from kbkit.figures.heat_map import Cell, draw_heat_map, rule_cells
from kbkit.figures.palette import ADJUSTED
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, write_counts
from kbkit.results.priorities import Convergence, Priorities
from kbkit.text import Voice

_LIGHTEST: Final = "#eef4f4"
_DARK: Final = 0.6
"""From this share of the most on a cell is dark enough for white text."""


def draw_ranks(priorities: Priorities, *, voice: Voice, source: str) -> Figure:
    """Draw the place of every problem and its range over all weightings."""
    with style():
        page = Page(height=0.8 + 0.21 * len(priorities.problems))
        _draw_places(page.panels[0], priorities, voice)
        svg = page.to_svg()
    return Figure(
        name="problem_ranks",
        title=voice.say("priorities.ranks_title", weightings=voice.count(len(WEIGHTINGS))),
        svg=svg,
        alt=_describe_ranks(priorities, voice),
        source=source,
    )


def _draw_places(panel: Panel, priorities: Priorities, voice: Voice) -> None:
    problems = priorities.problems
    title = voice.say("priorities.ranks_axis")
    panel.x = Scale(low=0.6, high=len(problems) + 0.4, write=write_counts(voice), whole=True, title=title)
    panel.y = name_rows([voice.say(f"priorities.{problem.key}") for problem in problems], margin=0.6)
    ranges = [((item.rank_best, row), (item.rank_worst, row)) for row, item in enumerate(problems)]
    panel.lines(ranges, colour=ADJUSTED, width=5, opacity=0.25, cap="round")
    panel.marks([(item.rank, row) for row, item in enumerate(problems)], "o", colour=ADJUSTED, size=6)


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
        page = Page(height=1.2 + 0.138 * len(convergence.interventions))
        _draw_pairs(page.panels[0], convergence, voice)
        svg = page.to_svg()
    return Figure(
        name="convergence",
        title=voice.say("priorities.convergence_title", year=str(convergence.year)),
        svg=svg,
        alt=_describe_pairs(convergence, voice),
        source=source,
    )


def _draw_pairs(panel: Panel, convergence: Convergence, voice: Voice) -> None:
    rows = {name: place for place, name in enumerate(convergence.interventions)}
    columns = {name: place for place, name in enumerate(convergence.agencies)}
    most = max(cell.villages for cell in convergence.cells)
    cells = [
        Cell(
            row=rows[cell.intervention],
            column=columns[cell.agency],
            share=cell.villages / most,
            text=voice.count(cell.villages),
        )
        for cell in convergence.cells
    ]
    draw_heat_map(
        panel,
        cells,
        rows=[voice.named("interventions", name) for name in rows],
        columns=[voice.named("agencies", f"{name}_short", name) for name in columns],
        lightest=_LIGHTEST,
        dark=_DARK,
        name_size=7.5,
        size=7,
    )
    rule_cells(panel, rows=len(rows), columns=len(columns))


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
