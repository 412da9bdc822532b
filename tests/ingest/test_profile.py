from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kbkit.dataset.schema import PROFILE_COUNTS, PROFILE_FLAGS
from kbkit.ingest import read_exports
from kbkit.ingest.numbers import NotANumberError, parse_integer
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import PROFILE_HEADINGS, profile_row, write_workbook


def read(path: Path, *rows: list[Any]) -> tuple[pd.DataFrame, list[str]]:
    (extract,) = read_exports([write_workbook(path, [PROFILE_HEADINGS, *rows])]).extracts
    assert extract.layout == "profile"
    return extract.table, [fault.code for fault in extract.faults]


def test_what_is_typed_is_kept(tmp_path: Path) -> None:
    odd = profile_row("X", {"Penduduk": 8_848_452_391, "Keluarga": -77, "Pokja SK": True, "Pus": "1.234", "BKB": ""})
    table, faults = read(tmp_path / "rekap-kampung-table_20230612101502.xlsx", odd)
    (row,) = table.to_dict("records")
    assert (row["population"], row["families"], row["couples"]) == (8_848_452_391, -77, 1234)
    assert (row["pokja_decree"], row["snapshot_date"]) == (1, dt.date(2023, 6, 12))
    # Blank is zero or not entered, which the portal does not tell apart: it is missing.
    assert pd.isna(row["members_bkb"])
    assert pd.isna(row["pokja_formed"])
    assert faults == []


def test_what_is_no_number_is_missing_and_listed(tmp_path: Path) -> None:
    table, faults = read(tmp_path / "p_2023-06-12.xlsx", profile_row("X", {"Penduduk": "banyak", "Regulasi": "entah"}))
    assert table[["population", "regulation"]].isna().all(axis=None)
    assert faults == ["ingest.not_a_presence", "ingest.not_an_integer"]


def test_without_a_date_nothing_is_taken(tmp_path: Path) -> None:
    table, faults = read(tmp_path / "profil.xlsx", profile_row("X", {}))
    assert table.empty
    assert faults == ["ingest.snapshot_date_unknown"]


def test_a_profile_without_its_population_is_refused(tmp_path: Path) -> None:
    headings = [heading for heading in PROFILE_HEADINGS if heading != "Penduduk"]
    (fault,) = read_exports([write_workbook(tmp_path / "p_2023-06-12.xlsx", [headings, ["", "X"]])]).faults
    assert (fault.code, fault.details["missing"]) == ("ingest.unrecognised_profile", "PENDUDUK")


def test_whole_numbers_of_either_sign() -> None:
    assert [parse_integer(cell) for cell in (-3.0, "-1.234", "−5", "7", "-", None)] == [-3, -1234, -5, 7, None, None]
    for cell in ("-1,5", 2.5, "--5", "abc"):
        with pytest.raises(NotANumberError):
            parse_integer(cell)


IMPOSSIBLE = {
    "quality.profile_negative": {"Pus": -296},
    "quality.profile_above_any_village": {"Pus": 9, "Memiliki Balita": 2_020_202_020},
    "quality.profile_people_below_families": {"Pus": 9, "Penduduk": 25, "Keluarga": 253},
    "quality.profile_methods_above_couples": {"Pus": 100, "IUD": 60, "Hamil": 41},
    "quality.profile_trained_above_members": {"Pus": 9, "Pokja Jumlah": 5, "Pokja Jumlah Terlatih": 6},
    "quality.profile_part_above_population": {"Pus": 9, "Penduduk": 50, "Remaja": 51},
    "quality.profile_part_above_families": {"Pus": 9, "Keluarga": 10, "Memiliki Balita": 11},
    "quality.profile_members_above_target": {"Pus": 9, "Memiliki Lansia": 5, "BKL": 6},
    "quality.profile_users_above_couples": {"Pus": 10, "IUD": 11},
    "quality.profile_above_form": {"Pus": 9, "Jumlah Mekanisme Operasional": 6},
    "quality.profile_no_couples": {"Penduduk": 300, "Hamil": 2},
    "quality.profile_nothing_entered": {"Jumlah Sumber Dana": 1, "Regulasi Jumlah": 1},
}


@pytest.mark.parametrize("code", IMPOSSIBLE)
def test_every_check_catches_its_input_and_keeps_it(tmp_path: Path, code: str) -> None:
    sound = {"Penduduk": 2845, "Keluarga": 930, "Pus": 462, "IUD": 79, "Pokja Jumlah": 25, "Pokja Jumlah Terlatih": 8}
    villages = ("KARAN AUR", "LOHONG")
    rows = [profile_row(villages[0], sound), profile_row(villages[1], IMPOSSIBLE[code])]
    write_workbook(tmp_path / "p_2023-06-12.xlsx", [PROFILE_HEADINGS, *rows])
    report = prepare_dataset(sources=[tmp_path / "p_2023-06-12.xlsx"], out=tmp_path / "D")
    assert [(issue.code, issue.rows) for issue in report.issues] == [(code, 1)]
    issues = pd.read_parquet(tmp_path / "D" / "issues")
    assert issues["source_row"].tolist() == [3]
    table = pd.read_parquet(tmp_path / "D" / "profiles")
    typed = dict(zip(PROFILE_HEADINGS[6:], table.set_index("source_row").loc[3][[*_IN_ORDER]], strict=True))
    assert {heading: typed[heading] for heading in IMPOSSIBLE[code]} == IMPOSSIBLE[code]


_IN_ORDER = (
    "funding_sources",
    *PROFILE_FLAGS[:3],
    *PROFILE_COUNTS[1:3],
    *PROFILE_FLAGS[3:5],
    "regulations",
    *PROFILE_FLAGS[5:],
    *PROFILE_COUNTS[4:],
)
"""The columns in the order of the export."""


def test_every_kampung_kb_of_a_village_is_a_row(tmp_path: Path) -> None:
    rows = [profile_row("LOHONG", {"Penduduk": count, "Keluarga": 1}, name=f"KB {count}") for count in (10, 20, 20)]
    write_workbook(tmp_path / "p_2023-06-12.xlsx", [PROFILE_HEADINGS, *rows])
    report = prepare_dataset(sources=[tmp_path / "p_2023-06-12.xlsx"], out=tmp_path / "D")
    assert pd.read_parquet(tmp_path / "D" / "profiles")["population"].tolist() == [10, 20]
    assert [(count.read, count.kept, count.refused) for count in report.layouts] == [(3, 2, 1)]


@pytest.mark.real
@pytest.mark.slow
def test_the_national_profile(real_data: Path) -> None:
    """Counted in the file with pandas: 24,912 rows; 10,021 blank from the operations on; population up to 8.8e9."""
    (extract,) = read_exports([real_data / "kkb" / "kkb_profil_rinci_nasional_2023-06-12.xlsx"]).extracts
    table = extract.table
    assert (extract.rows_read, len(table), extract.faults) == (24_912, 24_912, ())
    activity = list(PROFILE_COUNTS[PROFILE_COUNTS.index("operations") :])
    assert int(table[activity].isna().all(axis=1).sum()) == 10_021
    assert (table["population"].max(), table["population"].min()) == (8_848_452_391, -403)
    assert int((table["population"] < table["families"]).sum()) == 203
    sums = table[["couples", "population", "families", "users_injection", "pokja_formed"]].sum().tolist()
    assert sums == [280_272_971, 12_748_923_520, 13_360_562, 2_122_037, 15_106]
