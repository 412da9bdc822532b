"""A grid as the bytes of a file: a workbook, delimited text, or an HTML table."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.damage.grid import Grid, Value


def as_workbook(
    grid: Grid,
    *,
    merged: bool = True,
    older: Grid | None = None,
    write: Callable[[Worksheet, int, int, Value], None] | None = None,
    finish: Callable[[Workbook, Worksheet], object] = lambda book, sheet: None,
) -> bytes:
    """Return a workbook with one sheet.

    Args:
        grid: the table.
        merged: whether groups of headings are merged cells.
        older: a second sheet.
        write: writes one cell; texts that look like formulas stay texts without it.
        finish: told the workbook and its first sheet when the cells are written.
    """
    target = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(grid.sheet)
        _fill(sheet, grid, merged=merged, write=write or _write)
        if older is not None:
            _fill(book.add_worksheet(older.sheet), older, merged=merged, write=_write)
        finish(book, sheet)
    return target.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    sheet.write(row, column, value)


def _fill(sheet: Worksheet, grid: Grid, *, merged: bool, write: Callable[[Worksheet, int, int, Value], None]) -> None:
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.merges if merged else ():
        sheet.merge_range(top, left, bottom, right, grid.rows[top][left])
        covered |= {(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1)}
    for index, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if value not in ("", None) and (index, column) not in covered:
                write(sheet, index, column, value)


def as_delimited(grid: Grid, *, delimiter: str = ";", decimal: str = ".", newline: str = "\n") -> str:
    """Return delimited text. Rows of one cell stay one cell, as titles do."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator=newline)
    writer.writerows([[as_written(cell, decimal=decimal) for cell in row] for row in grid.rows])
    return target.getvalue()


def as_written(value: Value, *, decimal: str = ".") -> str:
    """Return a cell as delimited text has it."""
    if value is None:
        return ""
    return repr(value).replace(".", decimal) if isinstance(value, float) else str(value)


def as_html(grid: Grid, *, cell: Callable[[str], str] = html.escape) -> str:
    """Return an HTML page with one table, headings spanning as e-PPGBM writes them."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {
        (top + i, left + j) for (top, left), (down, across) in spans.items() for i in range(down) for j in range(across)
    } - spans.keys()
    lines = []
    for index, row in enumerate(grid.rows):
        cells = [
            _cell(cell(as_written(value)), *spans.get((index, column), (1, 1)))
            for column, value in enumerate(row)
            if (index, column) not in covered
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><head><title>Ekspor</title></head><body><table>{''.join(lines)}</table></body></html>"


def _cell(text: str, down: int, across: int) -> str:
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{spans}>{text}</td>"
