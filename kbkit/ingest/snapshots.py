"""The day of an export that holds no date of its own: the portal computes at every view and keeps no history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kbkit.domain.periods import begins
from kbkit.errors import Fault
from kbkit.ingest.dates import dates_in
from kbkit.ingest.extract import DatedBy, Extract
from kbkit.ingest.sheet import RawSheet


def snapshot_date_of(
    sheet: RawSheet, given: dt.date | None, faults: list[Fault]
) -> tuple[dt.date | None, DatedBy | None]:
    """Return the day of the export: the caller's word, else the only date in the file's name.

    Args:
        sheet: a sheet of the export.
        given: the day that the caller gives for the file.
        faults: receives the fault where there is no day, or where the name contradicts the caller.
    """
    named = dates_in(sheet.path.name)
    found = ", ".join(map(str, named)) or None
    if given is not None:
        if named and given not in named:
            faults.append(
                Fault(
                    code="ingest.snapshot_date_differs",
                    severity="warning",
                    file=sheet.file,
                    found=found,
                    allowed=str(given),
                )
            )
        return given, "parameter"
    if len(named) == 1:
        return named[0], "file_name"
    faults.append(Fault(code="ingest.snapshot_date_unknown", file=sheet.file, found=found))
    return None, None


_PERIODS: Final = ("period", "semester", "year")
"""Columns in which a row may carry its own period."""
_PLANS: Final = frozenset({"interventions", "funding", "genting_target"})
"""Layouts that may speak of years to come: plans, budgets and targets."""


def refuse_future(extract: Extract, *, today: dt.date) -> Extract:
    """Return a source without the rows that speak of days to come, and a fault that says so.

    No measurement is later than the day on which it is read: a date to come is a mistyped one, and a tier dated by it
    would stand before, or after, every measurement.

    Args:
        extract: what a layout's reader returned.
        today: the day of reading.
    """
    if extract.layout in _PLANS:
        return extract
    if extract.date is not None and extract.date > today:
        return _without(extract, range(len(extract.table)), found=str(extract.date), today=today)
    periods = {
        row: str(period)
        for name in _PERIODS
        if name in extract.table
        for row, period in enumerate(extract.table[name].tolist())
        if (first := begins(period)) is not None and first > today
    }
    if not periods:
        return extract
    return _without(extract, list(periods), found=", ".join(sorted(set(periods.values()))), today=today)


def _without(extract: Extract, rows: Sequence[int], *, found: str, today: dt.date) -> Extract:
    fault = Fault(
        code="ingest.date_in_future",
        file=extract.sheet.file,
        sheet=extract.sheet.sheet,
        found=found,
        allowed=str(today),
        details={"rows": len(rows)},
    )
    table = extract.table.drop(index=list(rows)).reset_index(drop=True)
    return replace(extract, table=table, faults=(*extract.faults, fault))
