"""Cells of known columns, read one by one; what cannot be read becomes a fault that names its place."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from kbkit.errors import Fault, Severity
from kbkit.ingest.clock_times import is_time, numbers_behind
from kbkit.ingest.formula_errors import is_formula_error
from kbkit.ingest.headings import Recognition
from kbkit.ingest.numbers import (
    AmbiguousNumberError,
    NotANumberError,
    is_missing,
    parse_count,
    parse_integer,
    parse_real,
)
from kbkit.ingest.sheet import Cell, RawSheet, as_text, is_blank

_SHOWN: Final = 60
"""Characters of a wrong cell that a message shows."""


_PRESENCE: Final = dict.fromkeys(("ada", "ya", "true", "1", "sudah"), 1) | dict.fromkeys(
    ("tidak ada", "tidak", "false", "0", "belum"), 0
)
"""Words for yes and no, in small letters."""


@dataclass
class CellReader:
    """Reads the cells of one recognised sheet and gathers the faults met on the way.

    A number that cannot be read is missing in the row it stands in; the row is kept, and the fault says so.
    """

    sheet: RawSheet
    fit: Recognition
    faults: list[Fault] = field(default_factory=list)

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
        return as_text(self.cell(row, name))

    def count(self, row: int, name: str) -> int | None:
        """Return a whole number of zero or more."""
        cell = self.cell(row, name)
        if type(cell) is float and cell >= 0 and cell.is_integer():  # most cells of a workbook
            return int(cell)
        try:
            return parse_count(cell)
        except NotANumberError as error:
            self._refuse(error, row, name, code="ingest.not_a_count", allowed="0, 1, 2, …")
            return None

    def integer(self, row: int, name: str) -> int | None:
        """Return a whole number as it is typed, below zero too."""
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
        """Whether nothing stands in any column of a row that the layout knows."""
        return all(is_blank(self.cell(row, name)) for name in self.fit.columns)

    def filled_rows(self) -> list[int]:
        """Return the rows below the headings in which something stands."""
        return [row for row in range(self.fit.first_data_row, len(self.sheet.rows)) if not self.blank(row)]

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
