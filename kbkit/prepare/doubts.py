"""Everything doubtful as issues: what the checks found, and the faults of reading by their village."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from kbkit.dataset.schema import NO_REGENCY, PARTITION
from kbkit.errors import Fault
from kbkit.ingest.extract import CODE
from kbkit.matching.tables import hinted_regency
from kbkit.prepare.part import Part
from kbkit.quality import Issue, check_total
from kbkit.quality.issue import issues_at

_TAIL: Final = re.compile(r"[0-9]{4}")
"""Last part of a village code, which registers of BKKBN print in place of the whole."""

_Place = tuple[str | None, str | None, int | None]


def faults_of(part: Part) -> Iterator[Fault]:
    """Yield the faults of reading a source, and one where nothing names its regency."""
    yield from part.extract.faults
    lost = int((part.matched.unmatched["reason"] == "matching.regency_unknown").sum())
    if part.extract.regency_hints and lost:
        file, sheet = part.key
        yield Fault(code="matching.regency_unknown_file", file=file, sheet=sheet, details={"rows": lost})


def doubts_of(part: Part, regencies: Set[str]) -> list[Issue]:
    """Return what is doubtful in the rows of one whole source, with its table as it was read.

    Args:
        part: the source.
        regencies: codes of the regencies that its rows speak of.
    """
    return [*issues_of_faults(part, regencies), *tail_issues(part), *total_issues(part, regencies)]


def issues_of_faults(part: Part, regencies: Set[str]) -> list[Issue]:
    """Return the faults of reading as issues of the village, else of the regency, that their row is about."""
    places = dict(_places(part))
    whole = next(iter(regencies)) if len(regencies) == 1 else NO_REGENCY
    return [
        _as_issue(fault, *places.get((fault.file, fault.sheet, fault.row), (whole, None)))
        for fault in part.extract.faults
    ]


def _places(part: Part) -> Iterator[tuple[_Place, tuple[str, str | None]]]:
    """Yield the regency and the village of each row."""
    if any(fault.row for fault in part.extract.faults):
        file, sheet = part.key
        for frame in (part.matched.rows, part.matched.unmatched.assign(village_code=None)):
            columns = (frame[name].tolist() for name in ("source_row", PARTITION, "village_code"))
            for row, regency, village in zip(*columns, strict=True):
                yield (file, sheet, int(row)), (regency, village)


def _as_issue(fault: Fault, regency: str, village: str | None) -> Issue:
    return Issue(
        code=fault.code,
        severity=fault.severity,
        regency_code=regency,
        village_code=village,
        source_file=fault.file or "",
        source_sheet=fault.sheet,
        source_row=fault.row,
        source_column=fault.column,
        found=fault.found,
        allowed=fault.allowed,
        details=dict(fault.details),
    )


def tail_issues(part: Part) -> list[Issue]:
    """List the rows whose last four digits of a code are not those of the village that their names mean."""
    rows = part.matched.rows
    tails = [isinstance(code, str) and _TAIL.fullmatch(code) is not None for code in rows[CODE]]
    if not any(tails):
        return []
    shown = rows[tails]
    shown = shown.assign(_tail=shown["village_code"].str.rsplit(".", n=1).str[1])
    return issues_at(
        shown,
        shown[CODE] != shown["_tail"],
        code="matching.tail_differs",
        severity="warning",
        found=CODE,
        allowed="_tail",
        column="KODE",
    )


_PRINT_A_TOTAL = frozenset({"eppgbm", "eppgbm_targets"})
"""Layouts whose exports end in a total row: one without it may be cut off."""


def total_issues(part: Part, regencies: Set[str]) -> list[Issue]:
    """Compare the printed totals with the sums of all rows of their sheet, matched or not."""
    extract = part.extract
    if not extract.total and extract.layout not in _PRINT_A_TOTAL:
        return []
    file, sheet = part.key
    regency = hinted_regency(extract) or next(iter(sorted(regencies)), NO_REGENCY)
    return check_total(extract.table, extract.total, regency_code=regency, file=file, sheet=sheet)
