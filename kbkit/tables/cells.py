"""Cells: a value and how it is printed."""

from __future__ import annotations

from kbkit.document import Cell
from kbkit.results import Contrasted, Estimated, Undefined
from kbkit.results.stunting import Count, Share
from kbkit.text import SUPPRESSED_MARK, Voice


def label(text: str) -> Cell:
    """A cell of words."""
    return Cell(text=text, value=text)


def count(value: Count, *, voice: Voice) -> Cell:
    """A count; a hidden one has no value in any writer."""
    return Cell(text=voice.count(value), value=None if isinstance(value, Undefined) else value)


def share(value: Share, *, voice: Voice) -> Cell:
    """A proportion as percent; a hidden one has no value in any writer."""
    if isinstance(value, Undefined):
        return Cell(text=SUPPRESSED_MARK)
    return Cell(text=voice.style.percent(value), value=value)


def decimal(value: float | None, *, voice: Voice, digits: int = 2) -> Cell:
    """A number with fixed decimals."""
    return Cell(text=voice.style.decimal(value, digits), value=value)


def prevalence(value: Estimated, *, voice: Voice) -> tuple[Cell, Cell]:
    """A prevalence and its interval, in two cells."""
    point = None if isinstance(value, Undefined) else value.estimate
    return Cell(text=voice.prevalence(value), value=point), Cell(text=voice.interval(value), value=_limits(value))


def difference(value: Contrasted, *, voice: Voice) -> tuple[Cell, Cell]:
    """A difference and its interval, in two cells; the reference group says that it is one."""
    if isinstance(value, Undefined) and value.reason == "reference":
        return label(voice.say("tables.reference_mark")), Cell(text="")
    point = None if isinstance(value, Undefined) else value.estimate
    return (
        Cell(text=voice.difference(value), value=point),
        Cell(text=voice.difference_interval(value), value=_limits(value)),
    )


def _limits(value: Estimated) -> str | None:
    if isinstance(value, Undefined) or value.lower is None or value.upper is None:
        return None
    return f"{value.lower!r} {value.upper!r}"
