"""Scales: from numbers to their place along an axis, with round numbers to write beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.ticker import MaxNLocator

from kbkit.figures.typeface import fit, width_of
from kbkit.results import Estimate, Estimated
from kbkit.text import Voice

Tick = tuple[float, str]

_STEPS: Final = (1, 2, 2.5, 5, 10)
_MOST: Final = 9
_APART: Final = {"x": 14.0, "y": 15.0}
"""Points between two numbers beside an axis: free space along it, and from line to line up it."""

_NAME_SIZE: Final = 9.0
_NAME_ROOM: Final = 220.0
"""Points that a name beside a row may take at its usual size: about half of the page."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """An axis.

    Attributes:
        low: number at the left or lower end; may be the larger one.
        high: number at the other end.
        write: how a number is written; nothing is written without.
        ticks: what is written where, instead of round numbers.
        whole: whether only whole numbers are written.
        grid: whether a line runs across the panel at each number.
        title: what the numbers are.
    """

    low: float
    high: float
    write: Callable[[float], str] | None = None
    ticks: Sequence[Tick] = ()
    whole: bool = False
    grid: bool = True
    title: str = ""

    def choose_ticks(self, *, along: str, size: float, room: float) -> list[Tick]:
        """Return round numbers between the ends and their text, as many as fit.

        Args:
            along: ``"x"`` or ``"y"``.
            size: type size in points.
            room: length of the axis in points.
        """
        if self.write is None:
            return list(self.ticks)
        ends = sorted((self.low, self.high))
        each = _APART[along] + max(width_of(self.write(end), size) for end in ends) * (along == "x")
        locator = MaxNLocator(nbins=int(min(_MOST, max(room / each, 2))), steps=_STEPS, integer=self.whole)
        slack = 1e-9 * (ends[1] - ends[0])
        values = [float(value) for value in locator.tick_values(*ends) if ends[0] - slack <= value <= ends[1] + slack]
        return [(value, self.write(value)) for value in values]


def name_rows(
    names: Sequence[str], *, places: Sequence[float] = (), margin: float = 0.5, upwards: bool = False
) -> Scale:
    """Return the scale of rows.

    Args:
        names: one a row.
        places: where the rows stand; one apart from 0 without.
        margin: room beyond the first and the last row, in rows.
        upwards: whether the first row is the lowest instead of the highest.
    """
    at = places or [float(place) for place in range(len(names))]
    fitting = ["\n".join(fit(line, _NAME_SIZE, _NAME_ROOM) for line in name.split("\n")) for name in names]
    ends = (at[0] - margin, at[-1] + margin)
    low, high = ends if upwards else reversed(ends)
    return Scale(low=low, high=high, ticks=list(zip(at, fitting, strict=True)), grid=False)


def numbers_of(values: Iterable[Estimated]) -> list[float]:
    """Return estimates and the ends of their intervals, as far as they are known."""
    known = [value for value in values if isinstance(value, Estimate)]
    return [number for v in known for number in (v.estimate, v.lower, v.upper) if number is not None]


def span(values: Iterable[float], *, margin: float = 0.05) -> tuple[float, float]:
    """Return the least and the largest of some numbers, with a share of their distance as margin on both sides."""
    known = list(values)
    low, high = min(known, default=0.0), max(known, default=1.0)
    free = margin * (high - low or abs(low) or 1.0)
    return low - free, high + free


def write_counts(voice: Voice) -> Callable[[float], str]:
    """Write whole numbers."""
    return lambda value: voice.count(round(value))


def write_percents(voice: Voice) -> Callable[[float], str]:
    """Write proportions as percents in the style of the language, without the sign."""
    return lambda value: voice.style.decimal(100 * value, _digits(value))


def write_points(voice: Voice) -> Callable[[float], str]:
    """Write differences as percentage points with their sign."""
    return lambda value: voice.style.points(value, _digits(value))


def _digits(value: float) -> int:
    return 0 if abs(100 * value - round(100 * value)) < 1e-6 else 1
