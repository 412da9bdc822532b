from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from kbkit.ingest import Extract, read_exports
from tests.ingest.writing import VERVAL_COUNTS, VERVAL_HEADINGS


def read(path: Path, text: str, *, date: dt.date | None = None) -> Extract:
    path.write_text(text, encoding="utf-8")
    (extract,) = read_exports([path], dates={path.name: date} if date else {}).extracts
    return extract


def test_verval_krs(tmp_path: Path) -> None:
    place = "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2001;BAMBAIRA"
    extract = read(
        tmp_path / "krs.csv",
        f"{VERVAL_HEADINGS}\n0;{place};{VERVAL_COUNTS};Sem 2 2024\n1;{place};{VERVAL_COUNTS};entah\n",
    )
    assert (extract.layout, extract.rows_read) == ("verval_krs", 2)
    (row,) = extract.table.to_dict("records")
    assert (row["code_found"], row["semester"], row["source_row"]) == ("2001", "2024-S2", 2)
    assert (row["families"], row["families_target"], row["families_at_risk"]) == (728, 538, 190)
    assert (row["welfare_1"], row["welfare_above_4"], row["not_modern_contraception"]) == (38, 103, 223)
    assert [(fault.code, fault.row) for fault in extract.faults] == [("ingest.not_a_semester", 3)]


IDM = "kode,idm,iks,ike,ikl,status\n11.01.01.2003,0.6176,0.703,0.617,0.533,3\n11.01.01.2015,,1.000,7,-,0\n"


def test_idm(tmp_path: Path) -> None:
    extract = read(tmp_path / "idm2024.csv", IDM)
    first, second = extract.table.to_dict("records")
    assert (first["idm"], first["iks"], first["idm_status"], first["year"]) == (0.6176, 0.703, "berkembang", 2024)
    assert second["iks"] == 1.0
    assert pd.isna([second["idm"], second["ike"], second["ikl"], second["idm_status"]]).all()
    assert [(fault.code, fault.column, fault.found) for fault in extract.faults] == [
        ("ingest.not_a_number", "ike", "7")
    ]


def test_idm_without_a_year_is_asked_for(tmp_path: Path) -> None:
    extract = read(tmp_path / "idm.csv", IDM)
    assert extract.table.empty
    assert "ingest.year_unknown" in {fault.code for fault in extract.faults}
    assert read(tmp_path / "idm2.csv", IDM, date=dt.date(2023, 1, 1)).table["year"].tolist() == [2023, 2023]


def test_surveys(tmp_path: Path) -> None:
    extract = read(
        tmp_path / "survei.csv",
        "kode_kemendagri,wilayah,tahun,survei,prevalensi_persen,sumber,catatan,batas_bawah_persen,batas_atas_persen\n"
        '33.16,Blora,2023,SSGI,"21,2",contoh,,18.9,23.7\n'
        "33.16,Blora,2024,e-PPGBM,5.94,dinkes,,,\n"
        "33.16,Blora,19,SKI,21,contoh,,,\n"
        "33.16,Blora,2023,SKI,121,contoh,,,\n",
    )
    (row,) = extract.table.to_dict("records")
    # The label is kept as printed, though the survey of 2023 was SKI.
    assert (row["survey"], row["year"], row["prevalence"], row["lower"]) == ("SSGI", 2023, 0.212, 0.189)
    assert [fault.code for fault in extract.faults] == [
        "ingest.not_a_survey",
        "ingest.not_a_year",
        "ingest.not_a_number",
        "ingest.no_prevalence",
    ]
