"""One source on its way into the dataset: its rows with codes, and the account of the rows that were left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from kbkit.dataset import Refusal, Source
from kbkit.dataset.schema import NO_REGENCY, PARTITION
from kbkit.ingest import Extract
from kbkit.matching import Matched

_DATE_COLUMNS: Final = ("semester", "year", "period")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A source with its matched rows.

    Attributes:
        extract: what was read.
        matched: rows with codes, and the decisions.
        outside: rows of regencies that the dataset is not about.
        dropped: rows that have a code and reach no table, by the code of the reason.
        lost: rows of the source that its reader could not read.
        dated: day of the source, else the semesters or years that its rows carry.
    """

    extract: Extract
    matched: Matched
    outside: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    lost: int
    dated: str | None

    @classmethod
    def of(cls, extract: Extract, matched: Matched, *, outside: int = 0) -> Part:
        """Return a source with its matched rows."""
        lost = extract.rows_read - len(extract.table)
        return cls(extract=extract, matched=matched, outside=outside, lost=lost, dated=_dated(extract))

    def without_table(self) -> Part:
        """Return the part without the rows as they were read, which nobody needs once they have their codes."""
        return replace(self, extract=replace(self.extract, table=self.extract.table.iloc[:0].copy()))

    @property
    def key(self) -> tuple[str, str | None]:
        """File and sheet."""
        return self.extract.sheet.file, self.extract.sheet.sheet

    @property
    def regencies(self) -> set[str]:
        """Codes of the regencies that the rows speak of, matched or not."""
        codes = {*self.matched.rows[PARTITION], *self.matched.unmatched[PARTITION]}
        return codes - {NO_REGENCY}

    @property
    def unread(self) -> Counter[str]:
        """Rows that could not be read, by the code of the fault."""
        by_row = {fault.row: fault.code for fault in self.extract.faults if fault.severity == "error" and fault.row}
        codes = Counter(by_row.values())
        whole = [fault.code for fault in self.extract.faults if fault.severity == "error" and not fault.row]
        return Counter({whole[0]: self.lost}) if whole and self.lost else codes

    @property
    def kept(self) -> int:
        """Rows that reached a table."""
        return len(self.matched.rows) - self.dropped.total()

    def as_source(self) -> Source:
        """Return the entry of ``dataset.json``."""
        unmatched = Counter(self.matched.unmatched["reason"].tolist())
        outside = Counter({"matching.outside": self.outside}) if self.outside else Counter[str]()
        refused = self.unread + unmatched + outside + self.dropped
        return Source(
            file=self.extract.sheet.file,
            sheet=self.extract.sheet.sheet,
            layout=self.extract.layout,
            sha256=self.extract.sheet.sha256,
            rows_read=self.extract.rows_read,
            rows_kept=self.kept,
            refused=tuple(Refusal(code=code, rows=rows) for code, rows in sorted(refused.items())),
            simulated=self.extract.sheet.simulated,
            dated=self.dated,
            dated_by=self.extract.dated_by if self.dated else None,
        )


def _dated(extract: Extract) -> str | None:
    """Return the day of a source, else the semesters or years that its rows carry."""
    if extract.date is not None:
        return extract.date.isoformat()
    found = {str(value) for name in _DATE_COLUMNS if name in extract.table for value in extract.table[name].dropna()}
    return ", ".join(sorted(found)) or None


def rows_of(parts: list[Part], *layouts: str) -> pd.DataFrame:
    """Return the matched rows of some layouts' sources, by file, sheets as they stand in it; empty without one."""
    frames = [part.matched.rows for part in parts if part.extract.layout in layouts and len(part.matched.rows)]
    if not frames:
        return pd.DataFrame()
    # Not by the name of the sheet: of two the first in the workbook is the one that people see.
    return pd.concat(frames, ignore_index=True).sort_values("source_file", kind="stable", ignore_index=True)
