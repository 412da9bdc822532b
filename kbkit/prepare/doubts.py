"""Everything doubtful as issues: what the checks found, and the faults of reading by their village."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kbkit.dataset.schema import NO_REGENCY, PARTITION
from kbkit.errors import Fault
from kbkit.ingest.extract import CODE
from kbkit.matching.tables import hinted_regency
from kbkit.prepare.part import Part
from kbkit.quality import Issue, check_total
from kbkit.quality.issue import issues_at

_TAIL: Final = r"\d{4}"
"""Last part of a village code, which registers of BKKBN print in place of the whole."""

_Place = tuple[str | None, str | None, int | None]


def faults_of(parts: Sequence[Part]) -> Iterator[Fault]:
    """Yield the faults of reading, and one for every source whose regency nothing names."""
    for part in parts:
        yield from part.extract.faults
        lost = part.matched.unmatched["reason"] == "matching.regency_unknown"
        if part.extract.regency_hints and lost.any():
            file, sheet = part.key
            yield Fault(code="matching.regency_unknown_file", file=file, sheet=sheet, details={"rows": int(lost.sum())})


def issues_of_faults(parts: Sequence[Part]) -> list[Issue]:
    """Return the faults of reading as issues of the village, else of the regency, that their row is about."""
    places = dict(_places(parts))
    issues = []
    for part in parts:
        whole = next(iter(part.regencies)) if len(part.regencies) == 1 else NO_REGENCY
        for fault in part.extract.faults:
            regency, village = places.get((fault.file, fault.sheet, fault.row), (whole, None))
            issues.append(_as_issue(fault, regency, village))
    return issues


def _places(parts: Sequence[Part]) -> Iterator[tuple[_Place, tuple[str, str | None]]]:
    for part in parts:
        if any(fault.row for fault in part.extract.faults):
            file, sheet = part.key
            for frame in (part.matched.rows, part.matched.unmatched.assign(village_code=None)):
                columns = (frame[name] for name in ("source_row", PARTITION, "village_code"))
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


def tail_issues(parts: Sequence[Part]) -> list[Issue]:
    """List the rows whose last four digits of a code are not those of the village that their names mean."""
    issues: list[Issue] = []
    for part in parts:
        rows = part.matched.rows
        tailed = rows[rows[CODE].astype("string").str.fullmatch(_TAIL).fillna(False).astype(bool)]
        if len(tailed):
            shown = tailed.assign(_tail=tailed["village_code"].str.rsplit(".", n=1).str[1])
            differs = shown[CODE] != shown["_tail"]
            issues += issues_at(
                shown,
                differs,
                code="matching.tail_differs",
                severity="warning",
                found=CODE,
                allowed="_tail",
                column="KODE",
            )
    return issues


_PRINT_A_TOTAL = frozenset({"eppgbm", "eppgbm_targets"})
"""Layouts whose exports end in a total row: one without it may be cut off."""


def total_issues(parts: Sequence[Part]) -> list[Issue]:
    """Compare the printed totals with the sums of all rows of their sheets, matched or not."""
    issues: list[Issue] = []
    for part in parts:
        if not part.extract.total and part.extract.layout not in _PRINT_A_TOTAL:
            continue
        file, sheet = part.key
        regency = hinted_regency(part.extract) or next(iter(sorted(part.regencies)), NO_REGENCY)
        issues += check_total(part.extract.table, part.extract.total, regency_code=regency, file=file, sheet=sheet)
    return issues
