"""Cells of known columns, read one by one; what cannot be read becomes a fault that names its place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kbkit.domain.expectations import LARGEST_VILLAGE
from kbkit.errors import Fault, Severity
from kbkit.ingest.clock_times import is_time, numbers_behind
from kbkit.ingest.formula_errors import is_formula_error
from kbkit.ingest.headings import Recognition, normalise_heading
from kbkit.ingest.numbers import (
    AmbiguousNumberError,
    NotANumberError,
    is_missing,
    parse_count,
    parse_integer,
    parse_real,
    readings,
)
from kbkit.ingest.sheet import Cell, RawSheet, as_text, is_blank

_SHOWN: Final = 60
"""Characters of a wrong cell that a message shows."""


_WIDE: Final = 3
"""Known columns from which on a row with one text is a note; in a narrower list it is a row of the list."""

_PRESENCE: Final = dict.fromkeys(("ada", "ya", "true", "1", "sudah"), 1) | dict.fromkeys(
    ("tidak ada", "tidak", "false", "0", "belum"), 0
)
"""Words for yes and no, in small letters."""


@dataclass
class CellReader:
    """Reads the cells of one recognised sheet and gathers the faults met on the way.

    A number that cannot be read is missing in the row it stands in; the row is kept, and the fault says so.

    Attributes:
        sheet: the sheet.
        fit: where its columns are.
        faults: what was met so far.
        sums: indices of rows that are sums, whose counts may be those of a whole regency.
    """

    sheet: RawSheet
    fit: Recognition
    faults: list[Fault] = field(default_factory=list)
    sums: set[int] = field(default_factory=set)
    _merged: set[tuple[int, str]] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Whether the sheet has this column."""
        return name in self.fit.columns

    def cell(self, row: int, name: str) -> Cell:
        """Return a cell; ``None`` where the sheet has no such column or the row ends before it."""
        column = self.fit.columns.get(name)
        cells = self.sheet.rows[row]
        return cells[column] if column is not None and column < len(cells) else None

    def text(self, row: int, name: str) -> str | None:
        """Return a cell as text, ``None`` where blank."""
        text = as_text(self.cell(row, name))
        return None if text is None and self.is_merged(row, name) else text

    def count(self, row: int, name: str) -> int | None:
        """Return a whole number of zero or more."""
        cell = self.cell(row, name)
        if type(cell) is float and 0 <= cell <= LARGEST_VILLAGE and cell.is_integer():  # most cells of a workbook
            return int(cell)
        if self.is_merged(row, name):
            return None
        try:
            count = parse_count(cell)
            if count is None or count <= LARGEST_VILLAGE or row in self.sums:
                return count
            self.fault(
                "ingest.count_impossible", row=row, name=name, allowed=f"0–{LARGEST_VILLAGE}", severity="warning"
            )
            return None
        except NotANumberError as error:
            self._refuse(error, row, name, code="ingest.not_a_count", allowed="0, 1, 2, …")
            return None

    def integer(self, row: int, name: str) -> int | None:
        """Return a whole number as it is typed, below zero too."""
        if self.is_merged(row, name):
            return None
        try:
            return parse_integer(self.cell(row, name))
        except NotANumberError as error:
            self._refuse(error, row, name, code="ingest.not_an_integer", allowed="…, -1, 0, 1, …")
            return None

    def presence(self, row: int, name: str) -> int | None:
        """Return 1 where something is there and 0 where it is not; ``None`` where the cell says neither."""
        cell = self.cell(row, name)
        word = (as_text(cell) or "").casefold()
        if is_missing(cell) or word in _PRESENCE:
            return _PRESENCE.get(word)
        self.fault("ingest.not_a_presence", row=row, name=name, allowed="Ada, Tidak ada", severity="warning")
        return None

    def real(
        self, row: int, name: str, *, lower: float = -math.inf, upper: float = math.inf, percent: bool = False
    ) -> float | None:
        """Return a number within limits."""
        if self.is_merged(row, name):
            return None
        try:
            return parse_real(self.cell(row, name), lower=lower, upper=upper, percent=percent)
        except NotANumberError as error:
            found = numbers_behind(self.cell(row, name), lower=lower, upper=upper)
            if len(found) == 1:
                self.fault("ingest.time_read", row=row, name=name, allowed=f"{found[0]:g}", severity="warning")
                return found[0]
            self._refuse(error, row, name, code="ingest.not_a_number", allowed=f"{lower:g} … {upper:g}")
            return None

    def blank(self, row: int) -> bool:
        """Whether a row says nothing about a place.

        Nothing stands in any column that the layout knows; or one text alone, a note or the heading of a part; or the
        headings once more; or the numbers of the columns.
        """
        cells = self.sheet.rows[row]
        width = len(cells)
        known = {
            name: cell
            for name, column in self.fit.columns.items()
            if column < width and not is_blank(cell := cells[column])
        }
        if not known:
            return True
        name, first = next(iter(known.items()))
        if len(set(known.values())) == 1 and self._is_one_text(row):
            return True
        if not isinstance(first, str) or first.strip("() .").isdecimal():
            return self._numbers_columns(known)
        # A look at one cell, which nearly every row of a table fails.
        heading = normalise_heading(self.fit.headings.get(name))
        return normalise_heading(first) in heading and self._repeats_headings(row)

    def _is_one_text(self, row: int) -> bool:
        if len(self.fit.columns) < _WIDE or self._has_merged(row):
            return False
        filled = {as_text(cell) for cell in self.sheet.rows[row] if not is_blank(cell)}
        return len(filled) == 1 and not any(map(readings, map(str, filled)))

    def _repeats_headings(self, row: int) -> bool:
        written = {
            normalise_heading(heading)
            for headings in self.sheet.rows[self.fit.heading_row : self.fit.first_data_row]
            for heading in headings
        }
        return all(normalise_heading(cell) in written for cell in self.sheet.rows[row] if not is_blank(cell))

    def _numbers_columns(self, known: Mapping[str, Cell]) -> bool:
        """Whether a row only numbers its columns, ``(1) (2) (3)``, each by its place."""
        texts = {name: (as_text(cell) or "").strip("() .") for name, cell in known.items()}
        if len(texts) == 1 or not all(map(str.isdecimal, texts.values())):
            return False
        return len({int(text) - self.fit.columns[name] for name, text in texts.items()}) == 1

    def filled_rows(self) -> list[int]:
        """Return the rows below the headings in which something stands."""
        return [row for row in range(self.fit.first_data_row, len(self.sheet.rows)) if not self.blank(row)]

    def _has_merged(self, row: int) -> bool:
        return any((row, column) in self.sheet.covered for column in self.fit.columns.values())

    def is_merged(self, row: int, name: str) -> bool:
        """Whether a number in a merged cell stands for this cell, too: it has none of its own, and that is told."""
        if not self.sheet.covered or (row, self.fit.columns.get(name)) not in self.sheet.covered:
            return False
        if (row, name) not in self._merged:
            self._merged.add((row, name))
            self.fault("ingest.number_merged", row=row, name=name, severity="warning")
        return True

    def fault(
        self, code: str, *, row: int, name: str, allowed: str | None = None, severity: Severity = "error"
    ) -> Fault:
        """Return the fault of one cell, and keep it."""
        fault = Fault(
            code=code,
            severity=severity,
            file=self.sheet.file,
            sheet=self.sheet.sheet,
            row=row + 1,
            column=self.fit.headings.get(name, name),
            found=(self.text(row, name) or "")[:_SHOWN],
            allowed=allowed,
        )
        self.faults.append(fault)
        return fault

    def _refuse(self, error: NotANumberError, row: int, name: str, *, code: str, allowed: str) -> None:
        if isinstance(error, AmbiguousNumberError):
            code = "ingest.ambiguous_number"
        elif is_formula_error(self.text(row, name)):
            code = "ingest.formula_error"
        elif is_time(self.cell(row, name)):
            code = "ingest.time_for_number"
        self.fault(code, row=row, name=name, allowed=allowed, severity="warning")
