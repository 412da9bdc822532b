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

_MAX_SPAN: Final = 400
"""Largest span that is believed; a larger one is damage, not a heading."""


def read_html_tables(content: bytes) -> list[Table]:
    """Return every table that holds no other table, spans written out, with the page's texts outside tables.

    One table has no name; several are numbered.

    Raises:
        UnreadableError: no table in the file, or one that is not closed: a file cut off would lack villages unnoticed.
    """
    text = decode(content)
    if len(_OPENED.findall(text)) > len(_CLOSED.findall(text)):
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
        return [(None, _rows(tables[0]), outside)]
    return [(str(number), _rows(table), outside) for number, table in enumerate(tables, start=1)]


def _texts_outside(page: html.HtmlElement) -> tuple[str, ...]:
    texts = (
        " ".join(str(text).split())
        for text in page.xpath("//text()[not(ancestor::table) and not(ancestor::style) and not(ancestor::script)]")
    )
    return tuple(text for text in texts if text)


def _rows(table: html.HtmlElement) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table, each repeated over the rows and columns it spans."""
    grid: dict[tuple[int, int], str] = {}
    height = 0
    for index, row in enumerate(table.iter("tr")):
        column = 0
        height = max(height, index + 1)
        for cell in row.iterchildren("td", "th"):
            while (index, column) in grid:
                column += 1
            text = " ".join(str(cell.text_content()).split())
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for i in range(down):
                for j in range(across):
                    grid[index + i, column + j] = text
            column += across
    width = 1 + max((column for _, column in grid), default=-1)
    return tuple(tuple(grid.get((i, j), "") for j in range(width)) for i in range(height))


def _span(cell: html.HtmlElement, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
