"""Specimens cut from the demo's exports: a few rows of each file, its total added up anew."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
from lxml import html

from kbkit.demo import DEMO_TRUTH, write_demo
from tests.damage.grid import Grid, Row, Value
from tests.damage.specimen import Specimen

_VILLAGES = 4
_REGENCIES = ("21.05", "13.77")
"""Anambas writes workbooks, Pariaman HTML."""
_NOT_READ = re.compile(r"^(?:No\.?|%.*|)$", re.IGNORECASE)
_TEXT = re.compile(r"KODE|STATUS", re.IGNORECASE)


def demo_specimens(folder: Path) -> Iterator[Specimen]:
    """Write a small demo into a folder and yield a specimen of each layout and container in it."""
    regencies = tuple(regency for regency in DEMO_TRUTH.regencies if regency.code in _REGENCIES)
    exports = write_demo(out=folder / "demo", truth=replace(DEMO_TRUTH, regencies=regencies)).exports
    portal, registry, others = (exports / name for name in ("kampung_kb", "eppgbm", "pendukung"))
    yield _workbook("classification", next(portal.glob("*2024-01-04.xlsx")), titles=0, headings=1)
    yield _workbook("eppgbm", next(registry.glob("*desa_kepulauan*2024-02.xlsx")), titles=1, headings=2)
    yield _html("eppgbm", next(registry.glob("*desa_kota_pariaman*2024-02.xls")))
    yield _html("eppgbm_targets", next(registry.glob("*sasaran*2024-02.xls")))
    yield _delimited("verval_krs", next(others.glob("*krs*.csv")), ";")
    yield _delimited("idm", next(others.glob("idm*.csv")), ",")
    yield _delimited("surveys", next(others.glob("survei*.csv")), ",")


def _workbook(layout: str, path: Path, *, titles: int, headings: int) -> Specimen:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    for merged in list(sheet.merged_cells.ranges):
        value = sheet.cell(merged.min_row, merged.min_col).value
        sheet.unmerge_cells(str(merged))
        for row, column in merged.cells if merged.min_row > titles else ():
            sheet.cell(row, column).value = value
    rows = [tuple(cell if cell is not None else "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    grid = _cut(rows, titles=titles, headings=headings, sheet=sheet.title)
    return Specimen(name=f"{layout}-xlsx", layout=layout, file=path.name, container="workbook", grid=grid)


def _html(layout: str, path: Path) -> Specimen:
    table = html.fromstring(path.read_bytes()).find(".//table")
    assert table is not None
    cells: dict[tuple[int, int], str] = {}
    for index, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (index, column) in cells:
                column += 1
            for i in range(int(cell.get("rowspan", "1"))):
                for j in range(int(cell.get("colspan", "1"))):
                    cells[index + i, column + j] = cell.text_content().strip()
            column += int(cell.get("colspan", "1"))
    height, width = (1 + max(place[axis] for place in cells) for axis in (0, 1))
    rows = [tuple(typed_value(cells.get((i, j), "")) for j in range(width)) for i in range(height)]
    titles = next(index for index, row in enumerate(rows) if row[0] == "No")
    grid = _cut(rows, titles=titles, headings=2)
    return Specimen(name=f"{layout}-html", layout=layout, file=path.name, container="html", grid=grid)


def _delimited(layout: str, path: Path, delimiter: str) -> Specimen:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter))
    texts = frozenset(index for index, heading in enumerate(rows[0]) if _TEXT.search(heading))
    typed = [tuple(cell if i in texts else typed_value(cell) for i, cell in enumerate(row)) for row in rows[1:]]
    grid = _cut([tuple(rows[0]), *typed], titles=0, headings=1)
    return Specimen(
        name=f"{layout}-csv",
        layout=layout,
        file=path.name,
        container="delimited",
        grid=replace(grid, texts=texts),
        delimiter=delimiter,
    )


def _cut(rows: Sequence[Row], *, titles: int, headings: int, sheet: str = "Worksheet") -> Grid:
    """Return the first villages that have numbers, and the total of these alone."""
    first = titles + headings
    above = tuple((row[0],) for row in rows[:titles])
    body = [row for row in rows[first:] if _is_plain(row, rows[first])]
    below = [row for row in rows[-1:] if titles and row not in body[:_VILLAGES]]
    grid = Grid(
        titles=above,
        headings=tuple(rows[titles:first]),
        body=tuple(body[:_VILLAGES]),
        fixed=frozenset(i for i, name in enumerate(rows[first - 1]) if _NOT_READ.match(str(name))),
        sheet=sheet,
    )
    return replace(grid, below=tuple(_added_up(row, grid) for row in below))


def _is_plain(row: Row, model: Row) -> bool:
    """Whether a row has a number wherever most rows have one: none was left unmeasured."""
    return [isinstance(cell, (int, float)) for cell in row] == [isinstance(cell, (int, float)) for cell in model]


def _added_up(row: Row, grid: Grid) -> Row:
    sums: dict[int, Value] = {i: sum(int(cells[i] or 0) for cells in grid.body) for i in grid.whole}
    return tuple(sums.get(index, cell) for index, cell in enumerate(row))


def typed_value(text: str) -> Value:
    if re.fullmatch(r"0|[1-9]\d*", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text
