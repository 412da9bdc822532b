"""Texts: what names and free text may hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.damage.damage import RIGHT, SAFE, on_file, on_grid
from tests.damage.grid import Grid, Row
from tests.damage.specimen import Specimen


def _map_texts(grid: Grid, change: Callable[[str], str]) -> Grid:
    def changed(row: Row) -> Row:
        return tuple(
            change(cell) if isinstance(cell, str) and cell and index not in grid.numeric else cell
            for index, cell in enumerate(row)
        )

    return grid.map_body(lambda _, row: changed(row))


@on_grid(*RIGHT)
def invisible_signs_in_names(grid: Grid) -> Grid:
    """Names carry zero-width spaces, marks of direction and soft hyphens."""
    return _map_texts(grid, lambda text: f"\u200f{text[:1]}\u200b{text[1:]}\u202c\u00ad")


@on_grid(*RIGHT)
def control_signs_in_names(grid: Grid) -> Grid:
    """Names carry a vertical tab and a bell."""
    return _map_texts(grid, lambda text: f"\x0b{text}\x07")


@on_grid(*RIGHT)
def line_separators_in_names(grid: Grid) -> Grid:
    """Names end in a Unicode line separator and a next-line sign, which are no ends of a row."""
    return _map_texts(grid, lambda text: f"{text}\u2028\u0085")


@on_grid(*RIGHT)
def spaces_in_names(grid: Grid) -> Grid:
    """Names carry hard spaces and tabs at both ends."""
    return _map_texts(grid, lambda text: f"\u00a0{text}\u00a0\t")


def with_column(grid: Grid, heading: str, values: tuple[str, ...]) -> Grid:
    def wider(row: Row, cell: str) -> Row:
        return (*row, cell) if len(row) == grid.width else row

    return Grid(
        titles=grid.titles,
        headings=tuple(wider(row, heading) for row in grid.headings),
        body=tuple(wider(row, values[index % len(values)]) for index, row in enumerate(grid.body)),
        below=tuple(wider(row, "") for row in grid.below),
        texts=grid.texts | {grid.width},
        fixed=grid.fixed,
        sheet=grid.sheet,
    )


@on_grid(*RIGHT)
def formula_like_remarks(grid: Grid) -> Grid:
    """A column of remarks holds what a spreadsheet would run."""
    return with_column(
        grid, "Keterangan", ('=HYPERLINK("http://contoh.invalid","klik")', "@SUM(1+1)", "+1+cmd|' /C calc'!A0")
    )


@on_grid(*SAFE)
def a_very_long_cell(grid: Grid) -> Grid:
    """A remark is thirty thousand signs long."""
    return with_column(grid, "Uraian", ("panjang " * 3750,))


@on_grid(*RIGHT)
def markup_in_remarks(grid: Grid) -> Grid:
    """A remark holds markup, quotes and line breaks."""
    return with_column(grid, "Uraian", ('<b>"tebal"</b> &amp; <script>alert(1)</script>\nbaris dua',))


@on_grid(*RIGHT)
def paths_in_remarks(grid: Grid) -> Grid:
    """A remark holds paths and braces, which no message may take for its own."""
    return with_column(grid, "Uraian {0}", ("../../etc/passwd", "{file} {0} %s", "C:\\Windows"))


@on_file(*SAFE)
def braces_in_the_name_of_the_file(specimen: Specimen, folder: Path) -> None:
    """The file's name holds braces, percent signs and quotes, and a message must stand it."""
    specimen.write(folder, specimen.content(), file="{0} %s ‘é’ " + specimen.file)
