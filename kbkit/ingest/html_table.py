"""HTML tables, which e-PPGBM names ``.xls``."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from kbkit.ingest.encoding import decode
from kbkit.ingest.sheet import Table
from kbkit.ingest.unreadable import UnreadableError

_OPENED: Final = re.compile(r"<table\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</table\s*>", re.IGNORECASE)
_UNSHOWN: Final = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
"""White space of HTML. A hard space is none: it parts thousands."""

_MAX_SPAN: Final = 400
"""Largest span that is believed; a larger one is damage, not a heading."""


def read_html_tables(content: bytes) -> list[Table]:
    """Return every table that holds no other table, spans written out, with the page's texts outside tables.

    One table has no name; several are numbered.

    Raises:
        UnreadableError: no table in the file, or one that is not closed: a file cut off would lack villages unnoticed.
    """
    text = decode(content)
    visible = _UNSHOWN.sub("", text)
    if len(_OPENED.findall(visible)) > len(_CLOSED.findall(visible)):
        raise UnreadableError("<table> … ? </table>")
    try:
        page = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as error:
        raise UnreadableError(str(error)) from error
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    if not tables:
        raise UnreadableError("HTML without a table")
    outside = _texts_outside(page)
    if len(tables) == 1:
        return [Table(None, _rows(tables[0]), outside)]
    return [Table(str(number), _rows(table), outside) for number, table in enumerate(tables, start=1)]


def _texts_outside(page: html.HtmlElement) -> tuple[str, ...]:
    texts = (
        " ".join(str(text).split())
        for text in page.xpath("//text()[not(ancestor::table) and not(ancestor::style) and not(ancestor::script)]")
    )
    return tuple(text for text in texts if text)


def _rows(table: html.HtmlElement) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table, each repeated over the rows and columns it spans; rows differ in length."""
    lines = list(table.iter("tr"))
    grid: list[dict[int, str]] = [{} for _ in lines]
    widths = [0] * len(lines)
    for index, (line, row) in enumerate(zip(lines, grid, strict=True)):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while column in row:
                column += 1
            text = _text(cell)
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(lines) - index)
            for below in range(index, index + down):
                grid[below].update(dict.fromkeys(range(column, column + across), text))
                widths[below] = max(widths[below], column + across)
            column += across
    return tuple(tuple([row.get(j, "") for j in range(width)]) for row, width in zip(grid, widths, strict=True))


def _text(cell: html.HtmlElement) -> str:
    """Return the text of a cell. A line break parts words: ``10<br>12`` is not 1012."""
    if len(cell):
        for line_break in cell.iter("br"):
            line_break.tail = f"\n{line_break.tail or ''}"
        return _WHITE.sub(" ", str(cell.text_content())).strip()
    return _WHITE.sub(" ", cell.text or "").strip()


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name)
    if value is None:
        return 1
    value = value.strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
