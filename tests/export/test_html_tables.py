from __future__ import annotations

import pandas as pd
import pytest

from kbkit.export.html_tables import read_tables


def texts(source: str) -> list[list[str]]:
    (found,) = read_tables(source)
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_a_data_frame() -> None:
    frame = pd.DataFrame({"desa": ["Cepu", "Jepon"], "anak": [12.5, -3.0]})
    (found,) = read_tables(frame.to_html())
    assert [column.title for column in found.columns] == ["", "desa", "anak"]
    assert [column.align for column in found.columns] == ["end", "start", "end"]
    assert texts(frame.to_html()) == [["0", "Cepu", "12.5"], ["1", "Jepon", "-3.0"]]


def test_grouped_headings_and_spanning_rows() -> None:
    frame = pd.DataFrame(
        [[1, 2], [3, 4]],
        index=pd.MultiIndex.from_product([["a"], ["x", "y"]], names=["g", "h"]),
        columns=pd.MultiIndex.from_product([["n"], ["mean", "sum"]]),
    )
    (found,) = read_tables(frame.to_html())
    assert [(column.group, column.title) for column in found.columns] == [
        ("", "g"),
        ("", "h"),
        ("n", "mean"),
        ("n", "sum"),
    ]
    assert texts(frame.to_html()) == [["a", "x", "1", "2"], ["", "y", "3", "4"]]


def test_a_head_without_thead_is_recognised() -> None:
    (found,) = read_tables("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>")
    assert (found.columns[0].title, len(found.rows)) == ("a", 1)


def test_two_tables_and_a_nested_one() -> None:
    nested = "<table><tr><td>out<table><tr><td>in</td></tr></table></td></tr></table>"
    assert len(read_tables(nested + "<p>x</p><table><tr><td>2</td></tr></table>")) == 2


def test_a_span_out_of_bounds_is_held_back() -> None:
    (found,) = read_tables('<table><tr><td rowspan="9" colspan="0">a</td><td colspan="x">b</td></tr></table>')
    assert [cell.text for cell in found.rows[0].cells] == ["a", "b"]


@pytest.mark.parametrize("source", ["", "<p>no table</p>", "<table></table>", "<table><tr></tr></table>", "<"])
def test_nothing_to_read(source: str) -> None:
    assert read_tables(source) == ()
