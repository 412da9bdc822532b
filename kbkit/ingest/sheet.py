"""A sheet as it stands in a file, before anyone knows what it is."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
"""``None`` and the empty text are both an empty cell."""

Kind = Literal["workbook", "html", "delimited"]

Rows = tuple[tuple[Cell, ...], ...]


class Table(NamedTuple):
    """What an opener returns for one table.

    Attributes:
        name: of the sheet; ``None`` where the kind of file has none.
        rows: its cells.
        outside: texts of the file that stand in no row.
        covered: cells, by row and column from 0, for which a number in a merged cell stands as well.
        hidden: whether a person who opens the file does not see it.
        open_quote: line of a quotation mark without its twin, which swallows the rows up to the next one.
    """

    name: str | None
    rows: Rows
    outside: tuple[str, ...] = ()
    covered: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    open_quote: int | None = None


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
        covered: cells for which a number in a merged cell stands as well: what their own number is, nobody says.
        hidden: whether a person who opens the file does not see the sheet.
        open_quote: line of a quotation mark without its twin, which swallows the rows up to the next one.
        open_end: whether the last line of a delimited file has no end: it may have been cut off.
        sha256: of the whole file.
        simulated: whether the file says anywhere, in this sheet or another, that its data are simulated.
    """

    path: Path
    file: str
    sheet: str | None
    kind: Kind
    rows: Rows
    outside: tuple[str, ...] = ()
    covered: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    open_quote: int | None = None
    open_end: bool = False
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


_UNSEEN: Final = {
    code: None for code in range(0x10000) if unicodedata.category(chr(code)) in ("Cc", "Cf") and not chr(code).isspace()
}
"""Control signs and marks of format (zero-width spaces, directions, byte order): copied along, seen by nobody."""


def without_unseen(rows: Rows) -> Rows:
    """Return rows without the signs that nobody sees. White space stays: it parts words."""
    return tuple(row if _is_seen(row) else tuple(map(_seen, row)) for row in rows)


def _is_seen(row: tuple[Cell, ...]) -> bool:
    return "".join([cell for cell in row if isinstance(cell, str)]).isprintable()


def _seen(cell: Cell) -> Cell:
    return cell.translate(_UNSEEN) if isinstance(cell, str) else cell


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str | None:
    """Return a cell as a person reads it, white space collapsed; ``None`` where it is blank.

    A number that a spreadsheet keeps as a float loses its ``.0``: a code 2001 is not "2001.0".
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return " ".join(cell.split()) or None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) or None
