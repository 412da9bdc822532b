from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from kbkit.ingest import read_exports
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import write_workbook

PLACE = [76, "SULAWESI BARAT", 7601, "PASANGKAYU", 760110, "BAMBAIRA"]
HEADINGS: list[list[Any]] = [
    ["REKOMENDASI IDM TAHUN 2023 PER DESA"],
    [
        *("NO", "KODE PROV", "NAMA PROVINSI", "KODE KAB", "NAMA KABUPATEN", "KODE KEC", "NAMA KECAMATAN", "KODE DESA"),
        *("NAMA DESA", "IDM", "", "", "", "", "REKOMENDASI"),
    ],
    [*[""] * 9, "IKS", "IKE", "IKL", "NILAI", "STATUS", "KEGIATAN"],
]
ROWS: list[list[Any]] = [
    [1, *PLACE, 7601102001, "BAMBAIRA", 0.71, 0.62, 0.6, 0.6433, "BERKEMBANG", "Bangun posyandu"],
    [*[""] * 14, "Perbaiki jalan"],
    ["", *PLACE, 7601102001, "BAMBAIRA", "", "", "", "", "", "Adakan perpustakaan"],
    [2, *PLACE, 7601102003, "TAMPAURE", "0,5", "0,4", "0,3", "0,4", "SANGAT TERTINGAL", ""],
]


def test_rows_that_run_on_are_no_further_desa(tmp_path: Path) -> None:
    (extract,) = read_exports([write_workbook(tmp_path / "idm.xlsx", [*HEADINGS, *ROWS])]).extracts
    assert (extract.layout, extract.rows_read, extract.faults, extract.dated_by) == (
        "idm_recommendation",
        2,
        (),
        "content",
    )
    first, second = extract.table.to_dict("records")
    assert (first["iks"], first["idm"], first["idm_status"], first["year"]) == (0.71, 0.6433, "berkembang", 2023)
    assert (second["ikl"], second["idm_status"], second["source_row"]) == (0.3, "sangat tertinggal", 7)
    assert (first["code_found"], first["district_found"]) == ("2001", "BAMBAIRA")
    assert "posyandu" not in extract.table.to_csv()


def test_without_a_year_nothing_is_taken(tmp_path: Path) -> None:
    rows = [["REKOMENDASI IDM PER DESA"], *HEADINGS[1:], *ROWS]
    (extract,) = read_exports([write_workbook(tmp_path / "idm.xlsx", rows)]).extracts
    assert extract.table.empty
    assert [fault.code for fault in extract.faults] == ["ingest.year_unknown"]


def test_without_an_index_it_is_refused(tmp_path: Path) -> None:
    rows = [HEADINGS[0], HEADINGS[1], [name.replace("IKL", "X") for name in HEADINGS[2]], *ROWS]
    (fault,) = read_exports([write_workbook(tmp_path / "idm.xlsx", rows)]).faults
    assert (fault.code, fault.details["missing"]) == ("ingest.unrecognised_idm_recommendation", "IKL")


def test_it_fills_the_table_of_the_index(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "idm.xlsx", [*HEADINGS, *ROWS])
    report = prepare_dataset(sources=[path], out=tmp_path / "D")
    table = pd.read_parquet(tmp_path / "D" / "village_index")
    assert table[["village_code", "year", "idm"]].to_numpy().tolist() == [
        ["76.01.10.2001", 2023, 0.6433],
        ["76.01.10.2003", 2023, 0.4],
    ]
    assert report.issues == ()
