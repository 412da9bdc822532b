"""The day of an export that holds no date of its own: the portal computes at every view and keeps no history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kbkit.domain.periods import begins
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import dates_in
from kbkit.ingest.extract import DatedBy, Extract, canonical_table
from kbkit.ingest.headings import Recognition
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.totals import is_sum_row


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


def read_snapshot(
    sheet: RawSheet,
    fit: Recognition,
    given: dt.date | None,
    *,
    record: Callable[[CellReader, int, dt.date], dict[str, Any]],
    columns: Mapping[str, str],
) -> Extract:
    """Read an export of the portal with a row a Kampung KB, all of one day; without a day no row can be used.

    Args:
        sheet: a sheet of the export.
        fit: its headings, recognised.
        given: the day that the caller gives for the file.
        record: reads the record of a row on that day.
        columns: the layout's own columns and their pandas types.
    """
    cells = CellReader(sheet, fit)
    date, dated_by = snapshot_date_of(sheet, given, cells.faults)
    rows = [row for row in cells.filled_rows() if not is_sum_row([cells.text(row, "village_found")])]
    records = [record(cells, row, date) for row in rows] if date else []
    return Extract(
        sheet=sheet,
        layout=fit.layout,
        table=canonical_table(records, columns),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        date=date,
        dated_by=dated_by,
    )


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
