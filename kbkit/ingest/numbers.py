"""Numbers as people write them: ``1.234``, ``1.234,5``, ``12,3 %``, ``-``, ``…``, numbers kept as text.

A dot before three digits is a thousands separator in Indonesian and a decimal point elsewhere. A cell is therefore
given every reading its characters allow, and the column decides: counts are whole, a percentage ends at 100. Where
more than one reading is left the cell is refused, never guessed.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from kbkit.ingest.sheet import Cell

MISSING_MARKS: Final = frozenset({"", "-", "--", "–", "—", "…", "...", "..", "n/a", "na", "nan", "null", "none"})
"""What people write where there is no value. None of these is zero."""

_EXACT: Final = 15
"""Digits up to which a number and its text are the same."""
_PLAIN: Final = re.compile(r"\d+")
_DOT_GROUPS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMMA_GROUPS: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_DOT_GROUPS_COMMA: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_COMMA_GROUPS_DOT: Final = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d+")
_DECIMAL_POINT: Final = re.compile(r"\d+\.\d+(?:[eE][+-]?\d+)?")


_THOUSANDS_SPACE: Final = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
"""A hard, thin or figure space parts thousands. A plain one may as well part two numbers in one cell."""


class NotANumberError(ValueError):
    """The cell is no number that its column may hold."""


class AmbiguousNumberError(NotANumberError):
    """The cell can be read as more than one number that its column may hold."""


def is_missing(cell: Cell) -> bool:
    """Whether a cell says that there is no value."""
    if cell is None:
        return True
    return isinstance(cell, str) and cell.strip().casefold() in MISSING_MARKS


@lru_cache(maxsize=32_768)
def readings(text: str) -> tuple[float, ...]:
    """Return every number that a text can be, the Indonesian reading first.

    ``"1.234"`` gives (1234, 1.234), ``"1,234"`` gives (1.234, 1234), ``"1.234,5"`` gives (1234.5,). The numbers of a
    register are mostly the same few thousand texts.
    """
    body = _THOUSANDS_SPACE.sub("", text.strip())
    sign = -1.0 if body.startswith(("-", "\u2212")) else 1.0
    body = body.lstrip("+-\u2212").lstrip()
    found: list[float] = []
    if _PLAIN.fullmatch(body):
        found.append(float(body))
    if _DOT_GROUPS.fullmatch(body) and not body.startswith("0"):
        found.append(float(body.replace(".", "")))
    if _DOT_GROUPS_COMMA.fullmatch(body):
        found.append(float(body.replace(".", "").replace(",", ".")))
    if _DECIMAL_COMMA.fullmatch(body):
        found.append(float(body.replace(",", ".")))
    if _COMMA_GROUPS_DOT.fullmatch(body):
        found.append(float(body.replace(",", "")))
    if _DECIMAL_POINT.fullmatch(body):
        found.append(float(body))
    if _COMMA_GROUPS.fullmatch(body) and not body.startswith("0"):
        found.append(float(body.replace(",", "")))
    return tuple(sign * value for value in dict.fromkeys(found))


def parse_count(cell: Cell) -> int | None:
    """Return a whole number of things, zero or more; ``None`` where the cell says that there is no value.

    ``"1.000"`` is one thousand, as Indonesians write it; ``"1,000"`` may be one or one thousand and is refused.

    Raises:
        NotANumberError: no whole number of zero or more.
        AmbiguousNumberError: two such numbers.
    """
    if isinstance(cell, str) and len(cell) <= _EXACT and cell.isascii() and cell.isdecimal():  # most cells of a table
        return int(cell)
    if is_missing(cell):
        return None
    if isinstance(cell, str) and _DOT_GROUPS.fullmatch(cell.strip()) and not cell.strip().startswith("0"):
        return int(cell.strip().replace(".", ""))
    return int(_only([value for value in _candidates(cell) if value >= 0 and value.is_integer()]))


def parse_integer(cell: Cell) -> int | None:
    """Return a whole number as it is typed, below zero too; ``None`` where the cell says that there is no value.

    For columns that are kept whatever they hold: what cannot be is for a check to say.

    Raises:
        NotANumberError: no whole number.
        AmbiguousNumberError: two such numbers.
    """
    if isinstance(cell, str) and cell.strip().startswith(("-", "\u2212")) and not is_missing(cell):
        positive = parse_count(cell.strip()[1:])
        return None if positive is None else -positive
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return parse_count(cell)


def parse_real(cell: Cell, *, lower: float = -math.inf, upper: float = math.inf, percent: bool = False) -> float | None:
    """Return a number within the limits of its column; ``None`` where the cell says that there is no value.

    Args:
        cell: the cell.
        lower: least value the column may hold.
        upper: greatest value the column may hold.
        percent: whether a ``%`` may stand after the number. The number is returned as it is written.

    Raises:
        NotANumberError: no number within the limits.
        AmbiguousNumberError: two such numbers.
    """
    if is_missing(cell):
        return None
    if percent and isinstance(cell, str):
        cell = cell.strip().removesuffix("%")
    return _only([value for value in _candidates(cell) if lower <= value <= upper])


def _candidates(cell: Cell) -> tuple[float, ...]:
    if isinstance(cell, str):
        return readings(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not math.isfinite(cell):
        return ()
    return (float(cell),)


def _only(values: list[float]) -> float:
    if not values:
        raise NotANumberError
    if len(values) > 1:
        raise AmbiguousNumberError
    return values[0]
