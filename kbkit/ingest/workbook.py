"""Workbooks: xlsx, xlsb, ods and the old binary xls, through calamine."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kbkit.ingest.archive import check_archive
from kbkit.ingest.formula_errors import Place, formula_errors
from kbkit.ingest.sheet import Cell, Table, is_blank
from kbkit.ingest.unreadable import UnreadableError

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which an encrypted xlsx hides; it stands in the directory of its OLE container."""


def read_workbook(content: bytes) -> list[Table]:
    """Return every visible or hidden worksheet, merged texts repeated in each cell of their range.

    Raises:
        UnreadableError: damaged, protected by a password, or more than any export holds.
    """
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise UnreadableError("EncryptedPackage", code="ingest.password")
    if not content.startswith(_OLE):
        check_archive(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        errors = formula_errors(content)
        return [_table(book, name, errors.get(name, {})) for name in book.sheet_names]
    except PasswordError as error:
        raise UnreadableError(str(error), code="ingest.password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(str(error)) from error


def _table(book: CalamineWorkbook, name: str, errors: Mapping[Place, str]) -> Table:
    sheet = book.get_sheet_by_name(name)
    rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
    for (row, column), text in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _repeat(rows, top, left, bottom, right)
    return name, tuple(map(tuple, rows)), ()


def _repeat(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Write a merged text into every empty cell of its range.

    Only texts: a heading or a name over several rows holds for each of them, a number does not.
    """
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    if not isinstance(value, str) or is_blank(value):
        return
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            if is_blank(row[column]):
                row[column] = value
