"""The day of an export that holds no date of its own: the portal computes at every view and keeps no history."""

from __future__ import annotations

import datetime as dt

from kbkit.errors import Fault
from kbkit.ingest.dates import dates_in
from kbkit.ingest.extract import DatedBy
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
