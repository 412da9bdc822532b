"""Tables in the HTML that a foreign cell displayed (pandas, statsmodels) as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from kbkit.document import Align, Cell, Column, Row, Table

_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d[\d.,]*(e[-+]?\d+)?\s*%?|nan|NaN|<NA>|-?inf|–|-", re.IGNORECASE)
_WIDEST = 30.0
_NARROWEST = 4.0


@dataclass(frozen=True, kw_only=True)
class _GridCell:
    """A position of the laid-out table. ``origin`` is false where a cell above or to the left reaches over it."""

    text: str
    head: bool
    origin: bool
    colspan: int


_Grid = list[list[_GridCell]]


def read_tables(source: str) -> tuple[Table, ...]:
    """Read every outermost table of a piece of HTML; none where it holds no table with a cell."""
    try:
        root = html.fragment_fromstring(source, create_parent="div")
    except etree.ParserError:
        return ()
    found = (_table(table) for table in root.iterfind(".//table") if not _inside_table(table))
    return tuple(table for table in found if table is not None)


def _inside_table(table: html.HtmlElement) -> bool:
    return next(table.iterancestors("table"), None) is not None


def _table(table: html.HtmlElement) -> Table | None:
    grid, head_count = _grid(table)
    if not grid or not grid[0]:
        return None
    head, body = grid[:head_count], grid[head_count:]
    rows = tuple(Row(cells=tuple(Cell(text=c.text if c.origin else "") for c in row)) for row in body)
    columns = tuple(_column(index, head, rows) for index in range(len(grid[0])))
    caption = table.find("caption")
    title = "" if caption is None else _text(caption)
    return Table(name="table", title=title, columns=columns, rows=rows)


def _column(index: int, head: _Grid, rows: Sequence[Row]) -> Column:
    over = [row[index] for row in head]
    grouped = len(over) > 1 and any(cell.colspan > 1 for cell in head[0])
    group = over[0].text if grouped else ""
    names = [cell.text for cell in (over[1:] if grouped else over)]
    title = " / ".join(dict.fromkeys(name for name in names if name))
    texts = [row.cells[index].text for row in rows]
    filled = [text for text in texts if text]
    align: Align = "end" if filled and all(_NUMBER.fullmatch(text) for text in filled) else "start"
    longest = max((len(text) for text in (*texts, title)), default=0)
    return Column(title=title, group=group, align=align, weight=min(max(longest, _NARROWEST), _WIDEST))


def _grid(table: html.HtmlElement) -> tuple[_Grid, int]:
    """Lay the cells out in a full rectangle; also return how many of its rows are headings."""
    rows = list(_rows(table))
    places: dict[tuple[int, int], _GridCell] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in places:
                x += 1
            x += _place(places, cell, y=y, x=x, height=len(rows))
    width = max((x for _, x in places), default=-1) + 1
    blank = _GridCell(text="", head=False, origin=True, colspan=1)
    grid = [[places.get((y, x), blank) for x in range(width)] for y in range(len(rows))]
    return grid, _head_count(rows, grid)


def _place(places: dict[tuple[int, int], _GridCell], cell: html.HtmlElement, *, y: int, x: int, height: int) -> int:
    """Put a cell on every position that it covers; return its width."""
    colspan = _span(cell, "colspan")
    for down in range(min(_span(cell, "rowspan"), height - y)):
        for right in range(colspan):
            places[y + down, x + right] = _GridCell(
                text=_text(cell), head=cell.tag == "th", origin=down == right == 0, colspan=colspan
            )
    return colspan


def _head_count(rows: Sequence[html.HtmlElement], grid: _Grid) -> int:
    """Return the number of leading rows in a thead or, without one, made of th alone."""
    count = 0
    for row, cells in zip(rows, grid, strict=True):
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        if not in_head and not all(cell.head for cell in cells):
            break
        count += 1
    return count


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield row


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    # 1000 is the bound of the HTML standard: a larger value is a fault or an attack on memory.
    return min(max(int(value), 1), 1000) if value.isdecimal() else 1


def _text(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())
