"""A sheet as it stands in a file, before anyone knows what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
"""``None`` and the empty text are both an empty cell."""

Kind = Literal["workbook", "html", "delimited"]

Table = tuple[str | None, tuple[tuple[Cell, ...], ...], tuple[str, ...]]
"""What an opener returns for one table: its name, its rows, the texts outside its rows."""

SIMULATION_MARK: Final = "data simulasi"
"""Any cell, sheet name or title that holds these words makes the file simulated, in any case of letters."""


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """One sheet of a workbook, one table of an HTML file, or one delimited file.

    Attributes:
        path: where the file is.
        file: the file as messages and tables name it.
        sheet: name of the sheet; ``None`` where the kind of file has none.
        kind: how the file was read.
        rows: cells, row by row; row ``i`` is row ``i + 1`` of a spreadsheet. Rows may differ in length.
        outside: texts of the file that stand in no row (the title of an HTML page, lines above its table).
        sha256: of the whole file.
        simulated: whether the file says anywhere, in this sheet or another, that its data are simulated.
    """

    path: Path
    file: str
    sheet: str | None
    kind: Kind
    rows: tuple[tuple[Cell, ...], ...]
    outside: tuple[str, ...] = ()
    sha256: str
    simulated: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(is_blank(cell) for row in self.rows for cell in row)

    @property
    def bears_mark(self) -> bool:
        """Whether this sheet holds the mark of simulated data."""
        return any(SIMULATION_MARK in text.casefold() for text in self._texts())

    def _texts(self) -> Iterator[str]:
        yield self.sheet or ""
        yield from self.outside
        for row in self.rows:
            yield from (cell for cell in row if isinstance(cell, str) and len(cell) >= len(SIMULATION_MARK))


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str | None:
    """Return a cell as a person reads it, white space collapsed; ``None`` where it is blank.

    A number that a spreadsheet keeps as a float loses its ``.0``: a code 2001 is not "2001.0".
    """
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) or None
