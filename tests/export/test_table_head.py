from __future__ import annotations

from kbkit.document import Cell, Column, Row
from kbkit.export.table_head import head_rows, spans_whole_width


def test_plain_columns_have_one_row() -> None:
    (row,) = head_rows((Column(title="a"), Column(title="b", align="end")))
    assert [(cell.text, cell.align, cell.colspan, cell.rowspan) for cell in row] == [
        ("a", "start", 1, 1),
        ("b", "end", 1, 1),
    ]


def test_groups_span_their_neighbours_only() -> None:
    upper, lower = head_rows(
        (Column(title="a"), Column(title="b", group="G"), Column(title="c", group="G"), Column(title="d", group="H"))
    )
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in upper] == [("a", 1, 2), ("G", 2, 1), ("H", 1, 1)]
    assert [cell.text for cell in lower] == ["b", "c", "d"]


def test_only_an_otherwise_empty_group_row_spans() -> None:
    empty, value = Cell(text=""), Cell(text="x")
    assert spans_whole_width(Row(cells=(value, empty), kind="group"))
    assert not spans_whole_width(Row(cells=(value, value), kind="group"))
    assert not spans_whole_width(Row(cells=(value, empty)))
