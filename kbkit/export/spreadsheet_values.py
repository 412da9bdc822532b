"""What a cell of a table is in a spreadsheet: a number with the report's look, a mark, or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kbkit.document import Cell

SUPPRESSED = "[c]"
NOT_AVAILABLE = "[x]"

_DASHES = frozenset({"–", "-", "—"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = {"id": (",", "."), "en": (".", ",")}
_LIMITS = re.compile(r"(-?\d[\d.e+-]*) (-?\d[\d.e+-]*)")
_SHOWN = re.compile(r"(?P<sign>[+-]?)(?P<digits>[\d.,]*\d)(?P<percent>%?)")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A cell of a spreadsheet.

    Attributes:
        value: number or text; ``None`` leaves the cell empty.
        number_format: Excel's format, empty for text.
    """

    value: float | str | None
    number_format: str = ""


@dataclass(frozen=True, kw_only=True)
class _Look:
    """How a number is printed: decimals, percent, sign, grouping."""

    shown: float
    decimals: int
    percent: bool
    signed: bool
    grouped: bool

    def scale(self, value: float) -> Literal[1, 100]:
        """Return by what a value is multiplied to be what is printed: 100 for percentage points."""
        if self.percent or _agree(value, self.shown, self.decimals):
            return 1
        return 100 if _agree(100 * value, self.shown, self.decimals) else 1

    def number_format(self) -> str:
        """Return the look as a format of Excel, which puts the separators of the reader's system."""
        whole = "#,##0" if self.grouped or abs(self.shown) < 1000 else "0"
        body = whole + ("." + "0" * self.decimals if self.decimals else "") + ("%" if self.percent else "")
        return f"+{body};-{body};{body}" if self.signed else body


def is_interval(cells: Sequence[Cell]) -> bool:
    """Whether a column holds intervals: a pair of numbers behind every text that is not a mark."""
    return any(_limits(cell) for cell in cells)


def write_interval(cell: Cell, *, language: str, points: bool) -> tuple[Written, Written]:
    """Return the two limits of an interval; a mark stands in both.

    Args:
        cell: the interval.
        language: of the text.
        points: the limits are printed in percentage points, stored as proportions.
    """
    limits = _limits(cell)
    if limits is None:
        mark = write_cell(cell, language=language)
        return mark, mark
    decimals = _interval_decimals(cell.text, language)
    percent = "%" in cell.text
    look = _Look(shown=0.0, decimals=decimals, percent=percent, signed=points, grouped=False)
    scale = 100 if points else 1
    lower, upper = (Written(value=scale * limit, number_format=look.number_format()) for limit in limits)
    return lower, upper


def interval_in_points(cells: Sequence[Cell], *, language: str) -> bool:
    """Whether the limits of a column are printed in percentage points: a hundredfold of what is stored."""
    decimal, grouping = _SEPARATORS[language]
    for cell in cells:
        limits = _limits(cell)
        if limits is None or "%" in cell.text:
            continue
        numbers = re.findall(r"[+-]?\d[\d.,]*\d|[+-]?\d", cell.text.replace("\u2212", "-"))
        shown = [_parse(number, decimal, grouping) for number in numbers]
        decimals = _interval_decimals(cell.text, language)
        if len(shown) == 2 and not all(_agree(v, s, decimals) for v, s in zip(limits, shown, strict=True)):
            return True
    return False


def write_cell(cell: Cell, *, language: str) -> Written:
    """Return a cell as a spreadsheet holds it.

    A value that is a number is written at full precision and looks as it is printed; a proportion that is printed in
    percentage points is written in points. ``[c]`` stays, a dash becomes ``[x]``, everything else is text.
    """
    if cell.text == SUPPRESSED:
        return Written(value=SUPPRESSED)
    if cell.text.strip() in _DASHES:
        return Written(value=NOT_AVAILABLE)
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return Written(value=cell.text or None)
    look = _look(cell.text, language)
    if look is None:
        return Written(value=cell.value, number_format="0.0E+00" if cell.text.startswith("<") else "General")
    return Written(value=look.scale(cell.value) * cell.value, number_format=look.number_format())


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet that reads a text anew would run it."""
    return text.startswith(_FORMULA_STARTS)


def _limits(cell: Cell) -> tuple[float, float] | None:
    found = _LIMITS.fullmatch(cell.value) if isinstance(cell.value, str) and cell.value != cell.text else None
    return None if found is None else (float(found[1]), float(found[2]))


def _look(text: str, language: str) -> _Look | None:
    decimal, grouping = _SEPARATORS[language]
    found = _SHOWN.fullmatch(text.replace("\u2212", "-"))
    if found is None:
        return None
    digits = found["digits"]
    shown = _parse(found["sign"] + digits, decimal, grouping)
    return _Look(
        shown=shown,
        decimals=_decimals(digits, decimal),
        percent=bool(found["percent"]),
        signed=found["sign"] == "+" or "\u2212" in text,
        grouped=grouping in digits,
    )


def _interval_decimals(text: str, language: str) -> int:
    decimal = re.escape(_SEPARATORS[language][0])
    return max((len(digits) for digits in re.findall(rf"{decimal}(\d+)", text)), default=0)


def _parse(text: str, decimal: str, grouping: str) -> float:
    return float(text.replace(grouping, "").replace(decimal, "."))


def _decimals(digits: str, decimal: str) -> int:
    return len(digits.partition(decimal)[2])


def _agree(value: float, shown: float, decimals: int) -> bool:
    return abs(value - shown) <= 0.5 * 10.0**-decimals + 1e-9
