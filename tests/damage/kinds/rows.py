"""Rows added, dropped, moved, cut, doubled."""

from __future__ import annotations

from dataclasses import replace

from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_grid
from tests.damage.grid import Grid, Row, replace_cell


@on_grid(*RIGHT)
def total_dropped(grid: Grid) -> Grid | None:
    """The total row is gone."""
    return replace(grid, below=()) if grid.below else None


@on_grid(*RIGHT)
def total_doubled(grid: Grid) -> Grid | None:
    """The total row stands there twice."""
    return replace(grid, below=(*grid.below, *grid.below)) if grid.below else None


@on_grid(*RIGHT)
def total_in_the_middle(grid: Grid) -> Grid | None:
    """The total row stands among the villages, as sorting leaves it."""
    return replace(grid, body=(*grid.body[:2], *grid.below, *grid.body[2:]), below=()) if grid.below else None


@on_grid(*RIGHT)
def subtotals_added(grid: Grid) -> Grid | None:
    """A row "JUMLAH" adds up two villages, one "TOTAL" all; the layout has none of its own."""
    columns = [i for i in range(grid.width) if i not in grid.numeric]
    place = next((i for i in columns if _is_name_of_village(grid, i)), None)
    if place is None or not grid.whole:
        return None
    return replace(
        grid, body=(*grid.body[:2], _sum("JUMLAH", 2, place, grid), *grid.body[2:], _sum("TOTAL", 9, place, grid))
    )


def _is_name_of_village(grid: Grid, column: int) -> bool:
    heading = str(grid.headings[-1][column]).casefold()
    return heading.startswith(("desa", "kelurahan", "nama_desa", "nama desa"))


def _sum(word: str, rows: int, place: int, grid: Grid) -> Row:
    sums = {i: sum(int(row[i] or 0) for row in grid.body[:rows]) for i in grid.whole}
    return tuple(word if i == place else sums.get(i, "") for i in range(grid.width))


@on_grid(*RIGHT)
def blank_rows_between(grid: Grid) -> Grid:
    """A blank row follows each village."""
    return replace(grid, body=tuple(row for village in grid.body for row in (village, ("",) * grid.width)))


@on_grid(*RIGHT)
def blank_rows_above(grid: Grid) -> Grid:
    """Three blank rows stand above everything."""
    return replace(grid, titles=((), (), (), *grid.titles))


@on_grid(*RIGHT)
def blank_row_under_headings(grid: Grid) -> Grid:
    """A blank row stands between the headings and the villages."""
    return replace(grid, body=(("",) * grid.width, *grid.body))


@on_grid(*RIGHT)
def blank_rows_below(grid: Grid) -> Grid:
    """Three hundred blank rows follow."""
    return replace(grid, below=(*grid.below, *((("",) * grid.width,) * 300)))


@on_grid(*RIGHT)
def blank_columns_before(grid: Grid) -> Grid:
    """Two blank columns stand at the left."""

    def moved(row: Row) -> Row:
        return ("", "", *row)

    return replace(
        grid,
        titles=tuple(map(moved, grid.titles)),
        headings=tuple(map(moved, grid.headings)),
        body=tuple(map(moved, grid.body)),
        below=tuple(map(moved, grid.below)),
    )


@on_grid(*SAFE)
def blank_column_between(grid: Grid) -> Grid | None:
    """A blank column stands in the middle."""
    if not grid.numeric:
        return None
    place = grid.numeric[len(grid.numeric) // 2]

    def parted(row: Row) -> Row:
        return (*row[:place], "", *row[place:]) if len(row) == grid.width else row

    return replace(
        grid,
        headings=tuple(map(parted, grid.headings)),
        body=tuple(map(parted, grid.body)),
        below=tuple(map(parted, grid.below)),
    )


@on_grid(*RIGHT)
def notes_below(grid: Grid) -> Grid:
    """Notes, a source and a signature stand under the table."""
    notes = ("Sumber: SIGA, diunduh 2 Januari", "Catatan: angka sementara", "Mengetahui, Kepala Dinas", "*) perbaikan")
    return replace(grid, below=(*grid.below, (), *((note,) for note in notes)))


@on_grid(*SAFE)
def notes_below_in_full_width(grid: Grid) -> Grid:
    """A note stands under the table, with blank cells to its right."""
    return replace(grid, below=(*grid.below, ("Sumber: SIGA", *[""] * (grid.width - 1))))


@on_grid(*SAFE)
def note_in_the_middle(grid: Grid) -> Grid:
    """A heading of a part stands between the villages: "Kecamatan B"."""
    return replace(grid, body=(*grid.body[:2], ("KECAMATAN SIANTAN",), *grid.body[2:]))


@on_grid(*RIGHT)
def rows_reversed(grid: Grid) -> Grid:
    """The villages stand in the other order."""
    return replace(grid, body=grid.body[::-1])


@on_grid(*TOLD, container="delimited")
def field_lost(grid: Grid) -> Grid | None:
    """A field in the middle of a row is gone, so that the numbers behind it stand under other headings."""
    if not grid.numeric:
        return None
    column = grid.numeric[0]
    return grid.map_body(lambda index, row: (*row[:column], *row[column + 1 :]) if index == 1 else row)


@on_grid(*TOLD, container="html")
def cell_lost(grid: Grid) -> Grid | None:
    """A cell in the middle of a row is gone."""
    if not grid.numeric:
        return None
    column = grid.numeric[0]
    return grid.map_body(lambda index, row: (*row[:column], *row[column + 1 :]) if index == 1 else row)


@on_grid(*TOLD, container="delimited")
def field_too_many(grid: Grid) -> Grid | None:
    """A name holds a delimiter without quotes, so that its row has a field too many."""
    column = next((i for i in grid.texts if grid.numeric and i < grid.numeric[0]), None)
    if column is None:
        return None
    return grid.map_body(lambda index, row: (*row[:column], "X", *row[column:]) if index == 1 else row)


@on_grid(*SAFE, container="delimited")
def row_cut(grid: Grid) -> Grid:
    """A row ends after its third field."""
    return grid.map_body(lambda index, row: row[:3] if index == 1 else row)


@on_grid(Outcome.SAME, Outcome.LESS, Outcome.REPEATED)
def row_doubled(grid: Grid) -> Grid:
    """A row stands there twice."""
    return replace(grid, body=(*grid.body, grid.body[0]))


@on_grid(Outcome.SAME, Outcome.REPEATED, Outcome.LESS, typed=(3,))
def village_twice_with_other_numbers(grid: Grid) -> Grid | None:
    """A village stands there once more, with a number of its own: both are handed on, and matching refuses both."""
    if not grid.whole:
        return None
    other = replace_cell(grid.body[0], grid.whole[0], 3)
    return replace(grid, body=(*grid.body, other))


@on_grid(Outcome.REFUSED)
def only_headings(grid: Grid) -> Grid:
    """No village is left."""
    return replace(grid, body=(), below=())


@on_grid(Outcome.REFUSED)
def only_headings_and_total(grid: Grid) -> Grid | None:
    """No village is left, but the total is."""
    return replace(grid, body=()) if grid.below else None


@on_grid(Outcome.SAME, Outcome.LESS)
def names_blank(grid: Grid) -> Grid | None:
    """A row has its numbers and no name."""
    column = next((i for i in range(grid.width) if _is_name_of_village(grid, i)), None)
    if column is None:
        return None
    return grid.map_body(lambda index, row: replace_cell(row, column, "") if index == 1 else row)
