"""Workbooks that come out the same, byte for byte."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import xlsxwriter

_CREATED: Final = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
"""XlsxWriter would write the clock's time; in the zip itself it already writes a constant."""


@contextmanager
def open_workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """Open a new workbook without the clock's time in it, and close it at the end."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": _CREATED.replace(tzinfo=None)})
        yield workbook
