"""Headings dropped, moved, doubled, misspelt, and written otherwise."""

from __future__ import annotations

from dataclasses import replace

from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_grid
from tests.damage.grid import Grid, Row, replace_cell


@on_grid(*TOLD)
def headings_dropped(grid: Grid) -> Grid:
    """The rows of the headings are gone."""
    return replace(grid, headings=())


@on_grid(*TOLD)
def upper_headings_dropped(grid: Grid) -> Grid | None:
    """Of two rows of headings the groups are gone."""
    return replace(grid, headings=grid.headings[1:]) if len(grid.headings) > 1 else None


@on_grid(*TOLD)
def lower_headings_dropped(grid: Grid) -> Grid | None:
    """Of two rows of headings the members are gone."""
    return replace(grid, headings=grid.headings[:1]) if len(grid.headings) > 1 else None


@on_grid(*SAFE)
def titles_dropped(grid: Grid) -> Grid | None:
    """The rows above the headings are gone, the date among them."""
    return replace(grid, titles=()) if grid.titles else None


@on_grid(*RIGHT)
def columns_reversed(grid: Grid) -> Grid:
    """All columns stand in the other order, each with its heading."""
    return grid.reorder(list(range(grid.width))[::-1])


@on_grid(*RIGHT)
def columns_swapped(grid: Grid) -> Grid:
    """Neighbours changed places, each with its heading."""
    order = list(range(grid.width))
    for index in range(0, grid.width - 1, 2):
        order[index], order[index + 1] = order[index + 1], order[index]
    return grid.reorder(order)


@on_grid(*SAFE)
def column_doubled(grid: Grid) -> Grid | None:
    """A column of numbers stands there twice."""
    return grid.reorder([*range(grid.width), grid.numeric[0]]) if grid.numeric else None


@on_grid(*SAFE)
def column_doubled_with_other_numbers(grid: Grid) -> Grid | None:
    """A heading stands over two columns, and the first of them holds other numbers."""
    if not grid.numeric:
        return None
    column = grid.numeric[0]
    double = grid.reorder([column, *range(grid.width)])
    return double.map_body(lambda index, row: replace_cell(row, 0, index))


@on_grid(*TOLD)
def column_dropped(grid: Grid) -> Grid | None:
    """The first column that every layout needs, the last one of places, is gone."""
    column = next(
        (i for i, name in enumerate(grid.headings[-1]) if str(name).casefold().startswith(("kecamatan", "desa"))), None
    )
    return None if column is None else grid.reorder([i for i in range(grid.width) if i != column])


@on_grid(*SAFE)
def heading_misspelt(grid: Grid) -> Grid | None:
    """A letter is missing in the heading of the last column of numbers."""
    if not grid.numeric:
        return None
    name = str(grid.headings[-1][grid.numeric[-1]])
    return grid.map_headings(
        lambda heading: heading[:-2] + heading[-1] if heading == name and len(name) > 3 else heading
    )


@on_grid(*SAFE)
def every_heading_misspelt(grid: Grid) -> Grid:
    """Each long heading lacks its second letter."""
    return grid.map_headings(lambda heading: heading[0] + heading[2:] if len(heading) > 5 else heading)


@on_grid(*SAFE)
def heading_blank(grid: Grid) -> Grid | None:
    """The heading over a column of numbers is gone, the numbers are there."""
    if not grid.numeric:
        return None
    column = grid.numeric[-1]
    return replace(grid, headings=tuple(replace_cell(row, column, "") for row in grid.headings))


@on_grid(*RIGHT)
def headings_in_small_letters(grid: Grid) -> Grid:
    """All headings are in small letters."""
    return grid.map_headings(str.lower)


@on_grid(*RIGHT)
def headings_in_capitals(grid: Grid) -> Grid:
    """All headings are in capitals."""
    return grid.map_headings(str.upper)


@on_grid(*RIGHT)
def headings_with_spaces(grid: Grid) -> Grid:
    """Spaces stand around and inside the headings."""
    return grid.map_headings(lambda heading: "  " + heading.replace(" ", "   ") + "\t ")


@on_grid(*RIGHT)
def headings_with_line_breaks(grid: Grid) -> Grid:
    """Headings are broken into lines, as narrow columns make people do."""
    return grid.map_headings(lambda heading: heading.replace(" ", "\n"))


@on_grid(*RIGHT)
def headings_with_hard_spaces(grid: Grid) -> Grid:
    """The spaces of the headings are hard ones, as pages of the web have them."""
    return grid.map_headings(lambda heading: heading.replace(" ", "\u00a0") + "\u00a0")


@on_grid(*RIGHT)
def headings_with_invisible_signs(grid: Grid) -> Grid:
    """Headings carry zero-width spaces, marks of direction and of byte order."""
    return grid.map_headings(lambda heading: f"\ufeff{heading[:2]}\u200b{heading[2:]}\u200e\u00ad")


@on_grid(*SAFE)
def headings_with_numbers(grid: Grid) -> Grid:
    """Each heading is numbered: "(3) Desa"."""
    return replace(
        grid,
        headings=tuple(tuple(f"({i}) {cell}" if cell else cell for i, cell in enumerate(row)) for row in grid.headings),
    )


@on_grid(*RIGHT)
def columns_numbered(grid: Grid) -> Grid:
    """A row that numbers the columns stands under the headings: (1) (2) (3)."""
    numbered: Row = tuple(f"({i})" for i in range(1, grid.width + 1))
    return replace(grid, body=(numbered, *grid.body))


@on_grid(*RIGHT)
def headings_repeated(grid: Grid) -> Grid:
    """The headings stand in the middle once more, as printed pages have them."""
    return replace(grid, body=(*grid.body[:2], *grid.headings, *grid.body[2:]))


@on_grid(*SAFE)
def headings_merged_undone(grid: Grid) -> Grid | None:
    """Merged groups are taken apart: each stands over its first member alone."""
    if len(grid.headings) < 2:
        return None
    groups, members = grid.headings
    alone = tuple("" if i and groups[i] == groups[i - 1] else cell for i, cell in enumerate(groups))
    below = tuple("" if groups[i] == cell else cell for i, cell in enumerate(members))
    return replace(grid, headings=(alone, below))


@on_grid(*SAFE)
def headings_far_down(grid: Grid) -> Grid:
    """Thirty lines of a letter stand above the headings."""
    return replace(grid, titles=(*grid.titles, *((f"Baris surat ke-{i}",) for i in range(30))))


@on_grid(*SAFE)
def title_rows_added(grid: Grid) -> Grid:
    """Lines of a letterhead stand above."""
    above: tuple[Row, ...] = (("PEMERINTAH KABUPATEN",), ("DINAS P2KB",), (), ("Rekapitulasi",))
    return replace(grid, titles=(*above, *grid.titles))


@on_grid(Outcome.REFUSED)
def headings_in_another_language(grid: Grid) -> Grid:
    """Somebody translated all headings."""
    return replace(grid, headings=tuple(tuple(f"Column {i}" for i, _ in enumerate(row)) for row in grid.headings))
