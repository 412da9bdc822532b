"""Tables of the worked examples: the made-up data, and what a method returned."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.results.sheets import LINE_COLUMNS, Example, Line
from kbkit.tables import cells
from kbkit.text import Voice

_MOST_LINES: Final = 14
"""A result of many lines is shown by its first ones: the appendix shows what comes back, not all of it."""

_DIGITS: Final = 4


def tabulate_example(module: str, example: Example, *, voice: Voice) -> Table:
    """One line a quantity, with those columns that have a number in some line."""
    shown = example.lines[:_MOST_LINES]
    used = [place for place in range(len(LINE_COLUMNS)) if any(_number(line, place) is not None for line in shown)]
    hidden = len(example.lines) - len(shown)
    return Table(
        name=f"example_{module}",
        title=voice.say("methods.result_title", module=module),
        columns=(
            Column(title=voice.say("methods.quantity"), weight=2.4),
            *(Column(title=voice.say(f"methods.column_{LINE_COLUMNS[place]}"), align="end") for place in used),
        ),
        rows=tuple(Row(cells=(_name(line, voice), *(_cell(line, place, voice) for place in used))) for line in shown),
        notes=(voice.say("methods.more_lines", lines=hidden),) if hidden else (),
    )


def tabulate_frame(name: str, columns: Mapping[str, tuple[str | float | None, ...]], *, voice: Voice) -> Table:
    """Return a table of made-up data as it stands in the code, column names included."""
    return Table(
        name=f"example_data_{name.lower()}",
        title=voice.say("methods.frame_title", name=name),
        columns=tuple(
            Column(title=column, align="start" if _is_text(values) else "end") for column, values in columns.items()
        ),
        rows=tuple(Row(cells=row) for row in zip(*(_column(v, voice) for v in columns.values()), strict=True)),
    )


def _is_text(values: tuple[str | float | None, ...]) -> bool:
    return any(isinstance(value, str) for value in values)


def _column(values: tuple[str | float | None, ...], voice: Voice) -> tuple[Cell, ...]:
    """Return the cells of a column, its numbers with as many decimals as they need, three at most."""
    numbers = [value for value in values if isinstance(value, (int, float))]
    digits = next((d for d in range(3) if all(round(value, d) == value for value in numbers)), 3)
    return tuple(
        cells.decimal(float(value), voice=voice, digits=digits)
        if isinstance(value, (int, float))
        else cells.label(value or "–")
        for value in values
    )


def _number(line: Line, place: int) -> float | None:
    return line.numbers[place] if line.numbers else None


def _name(line: Line, voice: Voice) -> Cell:
    name = line.name or voice.say("methods.the_result")
    return cells.label(name if line.absent is None else f"{name}: {voice.reason(line.absent)}")


def _cell(line: Line, place: int, voice: Voice) -> Cell:
    value = _number(line, place)
    if value is None:
        return cells.label("")
    if isinf(value):
        return cells.label("∞")
    return cells.decimal(value, voice=voice, digits=0 if float(value).is_integer() else _DIGITS)
