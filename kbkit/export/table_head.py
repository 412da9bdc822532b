"""The heading rows of a table, laid out once for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from kbkit.document import Align, Column, Row


@dataclass(frozen=True, kw_only=True)
class HeadCell:
    """A heading cell and how many columns and rows it spans."""

    text: str
    align: Align
    scope: Literal["col", "colgroup"] = "col"
    colspan: int = 1
    rowspan: int = 1


def head_rows(columns: Sequence[Column]) -> tuple[tuple[HeadCell, ...], ...]:
    """Return one heading row, or two where columns are grouped.

    A column without a group reaches over both rows.
    """
    if not any(column.group for column in columns):
        return (tuple(HeadCell(text=column.title, align=column.align) for column in columns),)
    upper: list[HeadCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = tuple(members)
        if group:
            upper.append(HeadCell(text=group, align="center", scope="colgroup", colspan=len(inside)))
        else:
            upper.extend(HeadCell(text=column.title, align=column.align, rowspan=2) for column in inside)
    lower = tuple(HeadCell(text=column.title, align=column.align) for column in columns if column.group)
    return (tuple(upper), lower)


def spans_whole_width(row: Row) -> bool:
    """Whether a row is a heading for the rows under it and says nothing else."""
    return row.kind == "group" and not any(cell.text for cell in row.cells[1:])
