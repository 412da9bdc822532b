from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.ingest.dates import MONTHS
from kbkit.ingest.periods import is_undated, read_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("AGUSTUS", "2024-08"),
        ("Agustus 2023", "2023-08"),
        ("Nopember", "2024-11"),
        ("TW III", "2024-Q3"),
        ("Triwulan 2 2023", "2023-Q2"),
        ("Sem 2 2024", "2024-S2"),
        ("Semester I", "2024-S1"),
        ("2023", "2023"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert read_period(text, year=2024) == period


@pytest.mark.parametrize("text", ["s.d. Agustus", "S/D AGUSTUS 2024", "Januari - Agustus", "sampai dengan Agustus"])
def test_a_year_to_date_is_an_interval_and_no_month(text: str) -> None:
    assert read_period(text, year=2024) == "2024-01/2024-08"


@given(st.sampled_from(sorted(MONTHS)), st.integers(2000, 2099))
def test_a_month_is_one_month_and_to_date_never_is(month: str, year: int) -> None:
    assert read_period(f"{month} {year}", year=None) == f"{year}-{MONTHS[month]:02d}"
    assert read_period(f"s.d. {month} {year}", year=None) == f"{year}-01/{year}-{MONTHS[month]:02d}"


def test_a_quarter_to_date() -> None:
    assert read_period("s.d. TW II", year=2024) == "2024-01/2024-06"


@pytest.mark.parametrize("text", ["", "entah", "Maret - Agustus", "Januari 2023 2024", "13"])
def test_what_names_no_period(text: str) -> None:
    assert read_period(text, year=2024) is None


def test_a_month_without_a_year_says_so() -> None:
    assert read_period("AGUSTUS", year=None) == "XXXX-08"
    assert is_undated("XXXX-08")
    assert is_undated(None)
    assert not is_undated("2024-08")
