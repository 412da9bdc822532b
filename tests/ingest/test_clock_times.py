from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.ingest import read_exports
from kbkit.ingest.clock_times import numbers_behind
from kbkit.ingest.sheet import Cell
from tests.ingest.writing import DASAR, classification_row, write_classification


@pytest.mark.parametrize("cell", [dt.time(11, 27), dt.timedelta(hours=11, minutes=27), "11:27", "11:27:00", 687 / 1440])
def test_the_column_decides(cell: Cell) -> None:
    assert numbers_behind(cell, lower=1, upper=100) == (11.27,)
    # A percentage may be below one: the part of the day is a reading of its own, and nothing is repaired.
    assert numbers_behind(cell, lower=0, upper=100) == pytest.approx((687 / 1440, 11.27))


def test_below_ten_minutes_two_decimals_look_alike() -> None:
    """0.463194 shows 11:07, which was typed as 11.07 or as 11.7."""
    assert numbers_behind(0.463194444, lower=1, upper=100) == (11.07, 11.7)
    assert numbers_behind(0.463194444, lower=1, upper=11.5) == (11.07,)


@pytest.mark.parametrize("cell", [0.5451, 11.07, "11.07", dt.time(11, 7, 30), dt.date(2024, 1, 1), None, True, "25"])
def test_what_is_no_time(cell: Cell) -> None:
    assert numbers_behind(cell, lower=1, upper=100) == ()


@given(st.integers(0, 23), st.integers(10, 59))
def test_a_time_is_never_read_outside_its_column(hour: int, minute: int) -> None:
    found = numbers_behind(dt.time(hour, minute), lower=1, upper=4)
    assert found == ((round(hour + minute / 100, 2),) if 1 <= hour + minute / 100 <= 4 else ())


def test_an_index_kept_as_a_time_is_read_and_said(tmp_path: Path) -> None:
    row = classification_row("X", (*DASAR[:12], "3:40", "3:05", 2.5, "Dasar"))
    row[6] = "2:00"  # a score, which is whole: nothing is read back into a count
    (extract,) = read_exports([write_classification(tmp_path / "k_2022-06-13.xlsx", [row])]).extracts
    read = extract.table.iloc[0]
    assert read["index_input"] == 3.4
    assert read[["index_process", "score_input_pokja"]].isna().all()
    assert [(fault.code, fault.column, fault.found) for fault in extract.faults] == [
        ("ingest.time_for_number", "Input Pokja", "2:00"),
        ("ingest.time_read", "Index Input", "3:40"),
        ("ingest.time_for_number", "Index Proses", "3:05"),
    ]


def test_a_real_time_cell_of_a_workbook(tmp_path: Path) -> None:
    import xlsxwriter

    from tests.ingest.writing import CLASSIFICATION_HEADINGS

    path = tmp_path / "k_2022-06-13.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CLASSIFICATION_HEADINGS)
        sheet.write_row(1, 0, classification_row("X"))
        sheet.write_datetime(1, 18, dt.time(3, 40), book.add_format({"num_format": "hh:mm"}))
    (extract,) = read_exports([path]).extracts
    assert extract.table["index_input"].tolist() == [3.4]
    assert [fault.code for fault in extract.faults] == ["ingest.time_read"]
