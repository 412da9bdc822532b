from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kbkit.ingest.numbers import (
    MISSING_MARKS,
    AmbiguousNumberError,
    NotANumberError,
    parse_count,
    parse_real,
    readings,
)
from kbkit.ingest.sheet import Cell


@given(st.integers(0, 10**12))
def test_a_count_in_indonesian_style_comes_back(value: int) -> None:
    assert parse_count(str(format_decimal(value, locale="id_ID"))) == value


@given(st.decimals(0, 100, places=2, allow_nan=False))
def test_a_percentage_in_indonesian_style_comes_back(value: Decimal) -> None:
    text = str(format_decimal(value, format="#,##0.00", locale="id_ID"))
    assert parse_real(f"{text} %", lower=0, upper=100, percent=True) == pytest.approx(float(value))


@given(st.integers(0, 10**9), st.sampled_from([float, str, lambda value: f" {value} ", lambda value: f"{value}.0"]))
def test_a_count_however_it_is_stored(value: int, stored: object) -> None:
    assert callable(stored)
    assert parse_count(stored(value)) == value


@pytest.mark.parametrize("mark", [*sorted(MISSING_MARKS), None, "  ", " - "])
def test_missing_is_not_zero(mark: Cell) -> None:
    assert parse_count(mark) is None
    assert parse_real(mark) is None
    assert parse_count("0") == 0
    assert parse_count(0.0) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", 1234), ("1.000", 1000), ("1.234.567", 1234567), ("12,0", 12), ("1,234", 1234), ("1.234,0", 1234)],
)
def test_counts(text: str, value: int) -> None:
    assert parse_count(text) == value


def test_two_readings_of_a_count_are_refused() -> None:
    with pytest.raises(AmbiguousNumberError):
        parse_count("1,000")  # one with three decimals, or one thousand in English


@pytest.mark.parametrize(
    "cell", ["12,5", "abc", "-5", "1 2 3a", "12 %", "1.23.4", -1, 2.5, True, dt.time(11, 7), dt.date(2024, 1, 1)]
)
def test_no_count(cell: Cell) -> None:
    with pytest.raises(NotANumberError):
        parse_count(cell)


def test_the_column_decides_between_readings() -> None:
    assert readings("1.234") == (1234.0, 1.234)
    assert parse_real("0.703", lower=0, upper=1) == 0.703
    assert parse_real("1.000", lower=0, upper=1) == 1.0
    assert parse_real("21,622", lower=0, upper=100) == 21.622
    with pytest.raises(AmbiguousNumberError):
        parse_real("1.234", lower=0, upper=10_000)
    with pytest.raises(NotANumberError):
        parse_real("101", lower=0, upper=100)
