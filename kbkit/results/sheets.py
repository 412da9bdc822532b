"""The sheet of a statistical method: what it estimates, how, on what assumptions, checked against what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kbkit.results.estimates import Undefined

HEADINGS: Final = ("Estimand", "Formula", "Assumptions", "Edge cases", "Source", "Checked against")
"""The parts of every sheet, in this order."""

LINE_COLUMNS: Final = ("estimate", "std_error", "df", "statistic", "p_value", "lower", "upper")
"""The numbers of a line of a worked example, in this order."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One quantity of a result.

    Attributes:
        name: its place in the result, for example ``"ratio"`` or the name of a term.
        numbers: one for each of :data:`LINE_COLUMNS`, ``None`` where there is none.
        absent: why the quantity is not there.
    """

    name: str
    numbers: tuple[float | None, ...] = ()
    absent: Undefined | None = None


@dataclass(frozen=True, kw_only=True)
class Example:
    """A call of a method on made-up data, and what it returned.

    Attributes:
        statements: the statements that were run, the call last.
        lines: the numbers of the result.
    """

    statements: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class ExampleData:
    """What the worked examples share.

    Attributes:
        frames: name of a table in the calls, to its columns, each with one value a row.
        statements: definitions that the calls refer to.
    """

    frames: Mapping[str, Mapping[str, tuple[str | float | None, ...]]]
    statements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One method's sheet, in English, the language of the code and of the papers.

    Attributes:
        module: name of the module in ``kbkit.methods``.
        title: the method in one sentence.
        parts: text under each of :data:`HEADINGS`; paragraphs are separated by a newline.
        example: the method at work.
    """

    module: str
    title: str
    parts: Mapping[str, str]
    example: Example | None = None
