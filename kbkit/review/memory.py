"""Decisions remembered with their dataset, as a small table that a person can read: ``decisions.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kbkit.errors import DatasetError, Fault
from kbkit.matching.decisions import Case, Decisions, Verdict
from kbkit.review.choices import code_in, is_ignore, is_known
from kbkit.review.delimited import read_delimited, write_delimited
from kbkit.text import DEFAULT_LANGUAGE, Catalogue

DECISIONS_FILE: Final = "decisions.csv"
_COLUMNS: Final = (
    "regency_code",
    "district_found",
    "village_found",
    "source_file",
    "source_sheet",
    "source_row",
    "decision",
)


def decisions_document(decisions: Decisions) -> bytes:
    """Return the table of decisions, in the order of their cases."""
    ignore = Catalogue(DEFAULT_LANGUAGE).say("review.ignore")
    rows = (
        (
            case.regency,
            case.district,
            case.village,
            case.file,
            case.sheet,
            case.row or None,
            decisions[case].code or ignore,
        )
        for case in sorted(decisions)
    )
    return write_delimited(_COLUMNS, rows)


def remembered_decisions(dataset: Path) -> dict[Case, Verdict]:
    """Return the decisions that a dataset remembers; none where it remembers none, or where there is no dataset.

    Raises:
        DatasetError: the table was changed so that it cannot be read; carries every fault.
    """
    path = dataset / DECISIONS_FILE
    if not path.exists():
        return {}
    try:
        rows = read_delimited(path.read_bytes())
    except ValueError as error:
        raise DatasetError([Fault(code="review.cannot_read", file=str(path), found=str(error))]) from error
    read = {number: _remembered(row, path, number) for number, row in enumerate(rows, start=2)}
    faults = [
        Fault(code="review.memory_damaged", file=str(path), line=number)
        for number, pair in read.items()
        if pair is None
    ]
    if faults:
        raise DatasetError(faults)
    return dict(pair for pair in read.values() if pair is not None)


def _remembered(row: Mapping[str, str], path: Path, number: int) -> tuple[Case, Verdict] | None:
    """Return a remembered decision, ``None`` where the row is not one."""
    place = row.get("source_row", "")
    decision = row.get("decision", "")
    code = code_in(decision)
    if not set(_COLUMNS) <= row.keys() or not (place.isdigit() or not place):
        return None
    if not (is_known(code) if code else is_ignore(decision)):
        return None
    case = Case(
        regency=row["regency_code"],
        district=row["district_found"],
        village=row["village_found"],
        file=row["source_file"],
        sheet=row["source_sheet"],
        row=int(place or 0),
    )
    return case, Verdict(code=code, file=path.name, row=number, remembered=True)
