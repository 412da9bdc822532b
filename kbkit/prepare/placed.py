"""One source after matching: the account of its rows, and the rows themselves folded by province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from kbkit.dataset import Refusal, Source
from kbkit.dataset.metadata import province_of
from kbkit.dataset.schema import NO_REGENCY, PARTITION
from kbkit.errors import Fault
from kbkit.ingest import Extract
from kbkit.matching import Matched
from kbkit.matching.decisions import Applied, Case, Decisions, apply_decisions
from kbkit.prepare.doubts import doubts_of, faults_of
from kbkit.prepare.folded import Folded, fold
from kbkit.prepare.part import Part
from kbkit.quality import count_tiers

_CLASSIFICATION: Final = "classification"
_DATE_COLUMNS: Final = ("semester", "year", "period")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A source with the account of its rows.

    Attributes:
        extract: what was read, without its table.
        parts: the rows of each province, by its code.
        matched: rows with a code.
        unmatched: rows without one, by the code of the reason.
        regencies: codes of the regencies that the rows speak of, matched or not.
        named: the same before the decisions of people were followed.
        outside: rows of regencies that the dataset is not about.
        dropped: rows that have a code and reach no table, by the code of the reason.
        lost: rows of the source that its reader could not read.
        dated: day of the source, else the semesters or years that its rows carry.
        tiers: rows whose tier was computed anew, and those of them whose printed tier it is.
        faults: what was wrong in the source.
        met: decisions of people that are about its rows.
        unfollowed: those that could not be followed.
    """

    extract: Extract
    parts: Mapping[str, Folded[Part]]
    matched: int
    unmatched: Counter[str]
    regencies: frozenset[str]
    named: frozenset[str]
    outside: int
    dropped: Counter[str] = field(default_factory=Counter)
    lost: int
    dated: str | None
    tiers: tuple[int, int]
    faults: tuple[Fault, ...]
    met: frozenset[Case]
    unfollowed: tuple[Fault, ...]

    @classmethod
    def of(
        cls, extract: Extract, matched: Matched, *, decisions: Decisions, several_allowed: bool, outside: int = 0
    ) -> Placed:
        """Return the account of a source.

        Args:
            extract: what was read.
            matched: its rows with codes, and the others.
            decisions: what people decided about names, followed first.
            several_allowed: whether more than one row of a date may be about one village.
            outside: rows that are left out of ``matched``, for they are of other regencies.
        """
        named = _regencies(matched)
        applied = Applied(matched=matched)
        if decisions:
            applied = apply_decisions(extract, matched, decisions, several_allowed=several_allowed)
        whole = Part(extract=extract, matched=applied.matched)
        regencies = _regencies(whole.matched)
        # The sheet's own texts have said what they can; an empty table of many columns is not small.
        sheet = replace(extract.sheet, rows=(), outside=(), covered=frozenset())
        lean = replace(extract, sheet=sheet, table=pd.DataFrame(), regency_hints=())
        return cls(
            extract=lean,
            parts={
                province: fold(replace(part, extract=replace(lean, faults=())))
                for province, part in _by_province(replace(whole, issues=doubts_of(whole, regencies)))
            },
            matched=len(whole.matched.rows),
            unmatched=Counter(whole.matched.unmatched["reason"].tolist()),
            regencies=regencies,
            named=named,
            outside=outside,
            lost=extract.rows_read - len(extract.table),
            dated=_dated(extract),
            tiers=count_tiers(extract.table) if extract.layout == _CLASSIFICATION else (0, 0),
            faults=tuple(faults_of(whole)),
            met=applied.met,
            unfollowed=applied.faults,
        )

    @property
    def key(self) -> tuple[str, str | None]:
        """File and sheet."""
        return self.extract.sheet.file, self.extract.sheet.sheet

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
        return self.matched - self.dropped.total()

    def as_source(self) -> Source:
        """Return the entry of ``dataset.json``."""
        outside = Counter({"matching.outside": self.outside}) if self.outside else Counter[str]()
        refused = self.unread + self.unmatched + outside + self.dropped
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


def _regencies(matched: Matched) -> frozenset[str]:
    return frozenset({*matched.rows[PARTITION], *matched.unmatched[PARTITION]} - {NO_REGENCY})


def _by_province(part: Part) -> Iterator[tuple[str, Part]]:
    """Yield the provinces that a source speaks of, each with its rows; mostly it is one."""
    matched = part.matched
    codes = {*matched.rows[PARTITION], *matched.unmatched[PARTITION], *(issue.regency_code for issue in part.issues)}
    provinces = {province_of(code) for code in codes}
    for province in sorted(provinces):
        if len(provinces) == 1:
            yield province, part
            return
        own = Matched(
            rows=_within(matched.rows, province),
            matches=_within(matched.matches, province),
            unmatched=_within(matched.unmatched, province),
        )
        issues = [issue for issue in part.issues if issue.regency_code.startswith(province)]
        yield province, replace(part, matched=own, issues=issues)


def _within(rows: pd.DataFrame, province: str) -> pd.DataFrame:
    return rows.loc[[code.startswith(province) for code in rows[PARTITION]]]


def _dated(extract: Extract) -> str | None:
    """Return the day of a source, else the semesters or years that its rows carry."""
    if extract.date is not None:
        return extract.date.isoformat()
    found = {
        str(value) for name in _DATE_COLUMNS if name in extract.table for value in extract.table[name].dropna().unique()
    }
    return ", ".join(sorted(found)) or None
