from __future__ import annotations

import datetime as dt

import pytest

from kbkit.ingest.dates import dates_in, only_date_in, only_year_in, stamp_date

DAY = dt.date(2022, 6, 13)


@pytest.mark.parametrize(
    "name",
    [
        "kkb_2022-06-13.xlsx",
        "classification-table_20220613101502.xlsx",
        "klasifikasi 13-06-2022.xlsx",
        "rekap 13 Juni 2022.xlsx",
        "20220613 rekap.xlsx",
        "klasifikasi_2022-06-13 (salinan 2022-06-13).xlsx",
    ],
)
def test_the_date_in_a_file_name(name: str) -> None:
    assert only_date_in(name) == DAY


def test_no_date_and_two_dates_are_no_answer() -> None:
    assert only_date_in("klasifikasi.xlsx") is None
    assert only_date_in("rekap_2022-13-45.xlsx") is None
    assert only_date_in("2022-06-13 sampai 2022-06-30.xlsx") is None
    assert dates_in("2022-06-30, 2022-06-13") == (DAY, dt.date(2022, 6, 30))


def test_a_year() -> None:
    assert only_year_in("idm2024_desa.csv") == 2024
    assert only_year_in("idm_2023_2024.csv") is None


def test_stamps() -> None:
    assert stamp_date("Data Tanggal : 2024-01-17 07:49:21") == dt.date(2024, 1, 17)
    assert stamp_date("DATA TANGGAL: 17 Januari 2024") == dt.date(2024, 1, 17)
    assert stamp_date("Rekap 2024-01-17") is None
