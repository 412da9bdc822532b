"""A table as a person sees it, apart from the file that holds it: what most kinds of damage happen to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

Value = str | int | float | None
Row = tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table and what stands around it.

    Attributes:
        titles: rows above the headings.
        headings: one row, or a row of groups over a row of members; groups are repeated over their members.
        body: rows of villages.
        below: rows of sums.
        texts: columns whose numbers are none: names and codes.
        fixed: columns that a village does without: numbers of rows and computed shares, which no reader takes.
        sheet: name of the sheet.
    """

    titles: tuple[Row, ...] = ()
    headings: tuple[Row, ...]
    body: tuple[Row, ...]
    below: tuple[Row, ...] = ()
    texts: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()
    sheet: str = "Worksheet"

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row from the top."""
        return (*self.titles, *self.headings, *self.body, *self.below)

    @property
    def first(self) -> int:
        """Index of the first row of the body."""
        return len(self.titles) + len(self.headings)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, (*self.headings, *self.body)), default=0)

    @property
    def numeric(self) -> tuple[int, ...]:
        """Columns of numbers that a reader may take."""
        columns = (index for index in range(self.width) if index not in self.texts | self.fixed)
        return tuple(
            index
            for index in columns
            if (cells := [row[index] for row in self.body if row[index] not in ("", None)])
            and all(isinstance(cell, (int, float)) for cell in cells)
        )

    @property
    def whole(self) -> tuple[int, ...]:
        """Those of them that hold whole numbers alone."""
        return tuple(
            i for i in self.numeric if all(isinstance(row[i], int) or row[i] in ("", None) for row in self.body)
        )

    @property
    def merges(self) -> Iterator[tuple[int, int, int, int]]:
        """First row, first column, last row, last column of each merged heading and title."""
        for index, row in enumerate(self.titles):
            if row and row[0] and self.width > 1 and len([cell for cell in row if cell]) == 1:
                yield index, 0, index, self.width - 1
        if len(self.headings) == 2:
            yield from self._merged_groups()

    def _merged_groups(self) -> Iterator[tuple[int, int, int, int]]:
        groups, members = self.headings
        top = len(self.titles)
        for same, found in groupby(range(self.width), key=lambda i: (groups[i], groups[i] == members[i])):
            columns = list(found)
            if same[1]:  # a heading of its own, over both rows
                yield from ((top, i, top + 1, i) for i in columns)
            elif len(columns) > 1:
                yield top, columns[0], top, columns[-1]

    def map_body(self, change: Callable[[int, Row], Row]) -> Grid:
        """Return the grid with each row of the body changed; the first argument is its index in the body."""
        return replace(self, body=tuple(change(index, row) for index, row in enumerate(self.body)))

    def map_headings(self, change: Callable[[str], str]) -> Grid:
        """Return the grid with each heading changed."""
        headings = (
            tuple(change(cell) if isinstance(cell, str) and cell else cell for cell in row) for row in self.headings
        )
        return replace(self, headings=tuple(headings))

    def map_numbers(self, change: Callable[[int | float], Value], *, whole: bool = False) -> Grid:
        """Return the grid with each number of its body changed."""
        columns = frozenset(self.whole if whole else self.numeric)

        def changed(row: Row) -> Row:
            return tuple(
                change(cell) if index in columns and isinstance(cell, (int, float)) else cell
                for index, cell in enumerate(row)
            )

        return replace(self, body=tuple(map(changed, self.body)))

    def reorder(self, order: list[int]) -> Grid:
        """Return the grid with its columns in another order; an index that stands twice doubles a column."""

        def arranged(row: Row) -> Row:
            return tuple(row[index] for index in order) if len(row) == self.width else row

        return replace(
            self,
            titles=self.titles,
            headings=tuple(map(arranged, self.headings)),
            body=tuple(map(arranged, self.body)),
            below=tuple(map(arranged, self.below)),
            texts=frozenset(place for place, index in enumerate(order) if index in self.texts),
            fixed=frozenset(place for place, index in enumerate(order) if index in self.fixed),
        )


def replace_cell(row: Row, column: int, value: Value) -> Row:
    """Return a row with one cell changed."""
    return (*row[:column], value, *row[column + 1 :])
