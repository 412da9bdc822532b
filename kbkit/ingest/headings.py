"""Headings of a sheet: where they stand and which column each canonical field has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kbkit.ingest.sheet import Cell, RawSheet, as_text

SEARCH_ROWS: Final = 20
"""Headings are looked for in the first rows only; below them a match would be chance."""

WIDEST: Final = 400
"""Cells of a row that are looked at. No export has as many columns; a file of one endless line has."""

_NOISE: Final = re.compile(r"[^A-Z0-9%<>]+")
_SIGNS: Final = re.compile(r"([%<>])")


def normalise_heading(cell: Cell) -> str:
    """Return a heading in capitals, its words parted by one space, ``%``, ``<`` and ``>`` kept as words."""
    return _normalised(as_text(cell) or "")


@lru_cache(maxsize=16_384)
def _normalised(text: str) -> str:
    # Every layout asks for the same headings, and most registers for the same few texts.
    text = unicodedata.normalize("NFKD", text).upper()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_SIGNS.sub(r" \1 ", _NOISE.sub(" ", text)).split())


@lru_cache(maxsize=64)
def _places(row: tuple[Cell, ...]) -> Mapping[str, Sequence[int]]:
    """Return where each heading of a row stands. Every layout asks it of the same few rows of a sheet."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(row):
        if heading := normalise_heading(cell):
            places.setdefault(heading, []).append(index)
    return places


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column that a layout knows.

    Attributes:
        name: canonical name.
        headings: spellings of its heading, normalised; the first is the one that messages show.
        required: whether the layout is not itself without this column.
    """

    name: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """How well a sheet fits a layout.

    Attributes:
        layout: name of the layout.
        score: share of the required columns found, 0-1; 1 is recognised.
        missing: headings of the required columns not found.
        columns: canonical name -> index of the column.
        headings: canonical name -> heading as the file writes it.
        absent: headings of the columns not found that the layout does without.
        incomplete: headings that belong to others which are there, and are not there themselves.
        doubled: headings that stand over two columns, so that none of the two can be taken.
        heading_row: index of the first row of the headings; titles stand above it.
        first_data_row: index of the first row under the headings.
    """

    layout: str
    score: float
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()
    heading_row: int = 0
    first_data_row: int = 0

    @property
    def recognised(self) -> bool:
        """Whether every required column is there."""
        return not self.missing


def find_headings(sheet: RawSheet, *, layout: str, fields: Sequence[Field]) -> Recognition:
    """Return the fit of a layout whose headings stand in one row: the best of the first rows."""
    known = {heading for item in fields for heading in item.headings}
    rows = [(index, row[:WIDEST]) for index, row in enumerate(sheet.rows[:SEARCH_ROWS])]
    # Every layout looks at every sheet: a row without any of its headings is worth no closer look, but the first one.
    near = [(index, row) for index, row in rows if not known.isdisjoint(_places(row))] or rows[:1]
    fits = (
        fit_headings(row, layout=layout, fields=fields, heading_row=index, first_data_row=index + 1)
        for index, row in near
    )
    return max(fits, key=lambda fit: (fit.score, len(fit.columns)), default=Recognition(layout=layout, score=0.0))


def fit_headings(
    row: Sequence[Cell], *, layout: str, fields: Sequence[Field], heading_row: int, first_data_row: int
) -> Recognition:
    """Return the fit of one row of headings, or of several rows joined into one."""
    places = _places(tuple(row))
    columns: dict[str, int] = {}
    doubled: list[str] = []
    for item in fields:
        found = next((places[heading] for heading in item.headings if heading in places), None)
        if found is not None:
            columns[item.name] = found[0]
            if len(found) > 1:
                doubled.append(as_text(row[found[0]]) or "")
    required = [item for item in fields if item.required]
    missing = tuple(item.headings[0] for item in required if item.name not in columns)
    return Recognition(
        layout=layout,
        score=1 - len(missing) / len(required),
        missing=missing,
        absent=tuple(item.headings[0] for item in fields if not item.required and item.name not in columns),
        columns=columns,
        headings={name: as_text(row[index]) or "" for name, index in columns.items()},
        doubled=tuple(doubled),
        heading_row=heading_row,
        first_data_row=first_data_row,
    )
