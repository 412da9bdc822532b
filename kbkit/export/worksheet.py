"""One table on one sheet: heads, cells, notes, widths, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.export.reading import Report
from kbkit.export.spreadsheet_values import (
    Written,
    interval_in_points,
    is_interval,
    runs_as_formula,
    write_cell,
    write_interval,
)

_ACCENT: Final = "#0B4F6C"
_TINT: Final = "#F1F6F8"
_SOFT: Final = "#4B5963"
_ALERT: Final = "#8C1D2F"
_NARROWEST: Final = 9
_WIDEST: Final = 46
_LANDSCAPE_FROM: Final = 7
_ALIGNS: Final = {"start": "left", "end": "right", "center": "center"}


class Styles:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = self.get(bold=True, font_size=14, font_color=_ACCENT)
        self.text = self.get()
        self.wrapped = self.get(text_wrap=True, valign="top")
        self.note = self.get(font_color=_SOFT)
        self.stamp = self.get(bold=True, font_color=_ALERT)
        self.link = self.get(font_color=_ACCENT, underline=1)

    def get(self, **properties: Any) -> Any:
        """Return the format with these properties of XlsxWriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Calibri", "font_size": 10} | properties)
        return self._made[key]


@dataclass(frozen=True, kw_only=True)
class _Field:
    """A column of the sheet: its heading and what stands in each row of the table."""

    title: str
    align: str
    cells: tuple[Written, ...]


def write_lines(sheet: Any, row: int, lines: Sequence[str], style: Any) -> int:
    """Write texts under one another in the first column, without the empty ones; return the next row."""
    for line in filter(None, lines):
        sheet.write_string(row, 0, line, style)
        row += 1
    return row


def write_table(sheet: Any, table: Table, *, caption: str, report: Report, styles: Styles) -> None:
    """Write a table under its caption; the head stays in sight and is repeated on every printed page.

    A heading is one row, "group: column", so that a spreadsheet can filter and sort; an interval takes two columns.
    """
    words = report.words
    fields = tuple(_fields(table, language=report.document.language, words=words))
    row = write_lines(sheet, 0, (caption,), styles.title)
    row = write_lines(sheet, row, (report.document.stamp,), styles.stamp)
    sheet.write_url(row, 0, f"internal:'{words['contents']}'!A1", styles.link, words["back_to_contents"])
    head = row + 2
    _write_head(sheet, head, fields, styles)
    for position, line in enumerate(table.rows):
        _write_row(sheet, head + 1 + position, line, [(field.align, field.cells[position]) for field in fields], styles)
    after = head + 2 + max(len(table.rows), 1)
    if not table.rows:
        sheet.write_string(head + 1, 0, words["no_rows"], styles.note)
    notes = [f"{words['note']}: {note}" for note in table.notes]
    source = f"{words['source']}: {table.source}" if table.source else ""
    write_lines(sheet, after, (*notes, source), styles.note)
    _set_up(sheet, head, fields)


def _fields(table: Table, *, language: str, words: Any) -> Iterator[_Field]:
    for position, column in enumerate(table.columns):
        cells = [row.cells[position] for row in table.rows]
        title = f"{column.group}: {column.title}" if column.group else column.title
        if is_interval(cells):
            yield from _interval_fields(cells, column, title, language=language, words=words)
        else:
            written = tuple(write_cell(cell, language=language) for cell in cells)
            yield _Field(title=title, align=_ALIGNS[column.align], cells=written)


def _interval_fields(
    cells: Sequence[Cell], column: Column, title: str, *, language: str, words: Any
) -> Iterator[_Field]:
    points = interval_in_points(cells, language=language)
    pairs = [write_interval(cell, language=language, points=points) for cell in cells]
    for side, name in enumerate(("lower", "upper")):
        limits = tuple(pair[side] for pair in pairs)
        yield _Field(title=f"{title}, {words[name]}", align=_ALIGNS[column.align], cells=limits)


def _write_head(sheet: Any, row: int, fields: Sequence[_Field], styles: Styles) -> None:
    for column, field in enumerate(fields):
        style = styles.get(
            bold=True, text_wrap=True, align=field.align, valign="bottom", bg_color=_TINT, font_color=_ACCENT, bottom=2
        )
        sheet.write_string(row, column, field.title, style)


def _write_row(sheet: Any, at: int, row: Row, cells: Sequence[tuple[str, Written]], styles: Styles) -> None:
    set_off: dict[str, Any] = {} if row.kind == "body" else {"bold": True}
    if row.kind == "total":
        set_off["top"] = 1
    for column, (align, cell) in enumerate(cells):
        look = {"align": align, "valign": "top", **set_off}
        if isinstance(cell.value, str):
            quoted = {"quote_prefix": True} if runs_as_formula(cell.value) else {}
            # Excel guards what begins like a formula, also when somebody edits the cell.
            sheet.write_string(at, column, cell.value, styles.get(text_wrap=True, num_format="@", **look, **quoted))
        elif cell.value is not None:
            sheet.write_number(at, column, cell.value, styles.get(num_format=cell.number_format, **look))
        elif row.kind != "body":
            sheet.write_blank(at, column, None, styles.get(**look))


def _set_up(sheet: Any, head: int, fields: Sequence[_Field]) -> None:
    for column, field in enumerate(fields):
        texts = [cell.value for cell in field.cells if isinstance(cell.value, str)]
        words = max((len(word) for word in field.title.split()), default=0)
        widest = max([words, *(min(len(text), _WIDEST) for text in texts)], default=0)
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(head)
    if len(fields) >= _LANDSCAPE_FROM:
        sheet.set_landscape()
