"""A mapping of columns for a table of villages that is no known layout: proposed once, checked by a person, then used.

The proposal stands in a small YAML file beside the table and belongs to it. Nothing is read by a mapping that nobody
could have seen: without the file the table stays unrecognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from kbkit.errors import Fault, InputError
from kbkit.ingest.headings import SEARCH_ROWS, WIDEST, normalise_heading
from kbkit.ingest.meanings import IGNORE, MEANINGS, NEEDED, likeness
from kbkit.ingest.numbers import is_missing, readings
from kbkit.ingest.opening import open_sheets
from kbkit.ingest.personal import personal_columns
from kbkit.ingest.sheet import RawSheet, as_text, is_blank

SUFFIX: Final = ".kbkit.yaml"
"""A mapping has the whole name of its table and this behind it: ``tabel.xlsx.kbkit.yaml``."""

MINIMUM: Final = 0.85
"""Least likeness of a heading that is proposed. Below it a person must say what the column means."""

_SAMPLE: Final = 50
_NUMERIC: Final = 0.5
"""Least share of the filled cells below a heading that must be numbers for a column of counts."""


@dataclass(frozen=True, kw_only=True)
class MappedColumn:
    """What one column of a table means.

    Attributes:
        heading: as the file writes it.
        means: a place, ``month``, ``year``, an indicator's name, or ``ignore``.
        score: likeness of the heading to what it was taken for, 0-1; ``None`` where a person decided.
    """

    heading: str
    means: str
    score: float | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """What the columns of one table mean.

    Attributes:
        sheet: name of its sheet; ``None`` where the kind of file has none.
        heading_row: row of the headings, counted from 1.
        columns: in the order of the file.
    """

    sheet: str | None
    heading_row: int
    columns: tuple[MappedColumn, ...]


def mapping_path(path: Path) -> Path:
    """Return where the mapping of a table stands."""
    return path.with_name(path.name + SUFFIX)


def propose_mapping(path: Path) -> ColumnMapping:
    """Return what the columns of a table seem to mean. Of several sheets the one with the most columns is taken.

    Raises:
        InputError: the file cannot be opened, holds personal data, or no row looks like headings of villages.
    """
    opened = open_sheets(path, label=path.name)
    if not opened.sheets:
        raise InputError(opened.faults)
    if personal := sorted({heading for sheet in opened.sheets for heading in personal_columns(sheet)}):
        raise InputError([Fault(code="ingest.personal_columns", file=path.name, found=", ".join(personal))])
    proposals = [_propose(sheet, row) for sheet in opened.sheets for row in range(min(SEARCH_ROWS, len(sheet.rows)))]
    best = max(proposals, key=lambda proposal: sum(column.means != IGNORE for column in proposal.columns))
    if not {column.means for column in best.columns} >= NEEDED:
        raise InputError([Fault(code="ingest.mapping_without_village", file=path.name)])
    return best


def write_mapping(mapping: ColumnMapping, *, path: Path) -> Path:
    """Write the mapping of a table beside it, and return where it stands. An older one is replaced."""
    document = {
        "sheet": mapping.sheet,
        "heading_row": mapping.heading_row,
        "columns": [
            {"heading": column.heading, "means": column.means}
            | ({} if column.score is None else {"score": round(column.score, 2)})
            for column in mapping.columns
        ],
    }
    target = mapping_path(path)
    target.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def read_mapping(path: Path) -> ColumnMapping | None:
    """Return the mapping that stands beside a table, ``None`` without one.

    Raises:
        InputError: the mapping cannot be read, or says what cannot be; carries every fault.
    """
    source = mapping_path(path)
    if not source.is_file():
        return None
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
        columns = tuple(
            MappedColumn(heading=str(entry["heading"]), means=str(entry["means"])) for entry in document["columns"]
        )
        mapping = ColumnMapping(sheet=document["sheet"], heading_row=int(document["heading_row"]), columns=columns)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        found = (str(error).splitlines() or ["?"])[0]
        raise InputError([Fault(code="ingest.mapping_unreadable", file=source.name, found=found)]) from error
    if faults := list(_faults(mapping, source.name)):
        raise InputError(faults)
    return mapping


def _faults(mapping: ColumnMapping, file: str) -> Iterator[Fault]:
    means = Counter(column.means for column in mapping.columns if column.means != IGNORE)
    for column in mapping.columns:
        if column.means != IGNORE and column.means not in MEANINGS:
            nearest = max(MEANINGS, key=lambda name: likeness(column.means, (name,)))
            yield Fault(
                code="ingest.mapping_unknown_meaning",
                file=file,
                column=column.heading,
                found=column.means,
                nearest=nearest,
            )
    for name, number in means.items():
        if number > 1:
            yield Fault(code="ingest.mapping_meaning_twice", file=file, found=name)
    if not means.keys() >= NEEDED:
        yield Fault(code="ingest.mapping_without_village", file=file)


def _propose(sheet: RawSheet, row: int) -> ColumnMapping:
    """Give each column the meaning that its heading is most like, the best pair first, each meaning once."""
    headings = [as_text(cell) or "" for cell in sheet.rows[row][:WIDEST]]
    scored = [
        (likeness(heading, spellings), -order, column, name)
        for column, heading in enumerate(headings)
        if normalise_heading(heading)
        for order, (name, spellings) in enumerate(MEANINGS.items())
    ]
    taken: dict[int, tuple[str, float]] = {}
    for score, _, column, name in sorted(scored, reverse=True):
        free = column not in taken and name not in {means for means, _ in taken.values()}
        if score >= MINIMUM and free and _may_hold(sheet, row, column, name):
            taken[column] = name, score
    columns = [
        MappedColumn(heading=heading, means=taken[column][0], score=taken[column][1])
        if column in taken
        else MappedColumn(heading=heading, means=IGNORE)
        for column, heading in enumerate(headings)
        if heading
    ]
    return ColumnMapping(sheet=sheet.sheet, heading_row=row + 1, columns=tuple(columns))


def _may_hold(sheet: RawSheet, row: int, column: int, name: str) -> bool:
    """Whether the cells below a heading are of the kind that its meaning needs: names are no numbers."""
    below = [cells[column] for cells in sheet.rows[row + 1 : row + 1 + _SAMPLE] if column < len(cells)]
    filled = [cell for cell in below if not is_blank(cell) and not is_missing(cell)]
    if not filled:
        return False
    return (_share_of_numbers(filled) >= _NUMERIC) == MEANINGS.is_number(name)


def _share_of_numbers(cells: Sequence[Any]) -> float:
    return sum(bool(readings(cell)) if isinstance(cell, str) else True for cell in cells) / len(cells)
