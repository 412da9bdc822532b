"""Workbooks: xlsx, xlsb, ods and the old binary xls, through calamine."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kbkit.ingest.archive import check_archive
from kbkit.ingest.formula_errors import Place, formula_errors
from kbkit.ingest.sheet import Cell, Table, is_blank
from kbkit.ingest.unreadable import UnreadableError

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which an encrypted xlsx hides; it stands in the directory of its OLE container."""


def read_workbook(content: bytes) -> list[Table]:
    """Return every worksheet, merged texts repeated in each cell of their range. Charts and macros are no worksheets.

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
        return [
            _table(book, sheet.name, errors.get(sheet.name, {}), hidden=sheet.visible != SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableError(str(error), code="ingest.password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(str(error)) from error


def _table(book: CalamineWorkbook, name: str, errors: Mapping[Place, str], *, hidden: bool) -> Table:
    sheet = book.get_sheet_by_name(name)
    rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
    for (row, column), text in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    covered: set[Place] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]) and isinstance(rows[top][left], float):
            covered |= {(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1)} - {(top, left)}
        _repeat(rows, top, left, bottom, right)
    return Table(name, tuple(map(tuple, rows)), covered=frozenset(covered), hidden=hidden)


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
