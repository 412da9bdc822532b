"""Tables whose rows are areas above the village: the portal's counts of tiers, e-PPGBM by puskesmas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kbkit.ingest import read_exports
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import EPPGBM_HEADINGS, write_workbook

TIERS = ("Dasar", "Berkembang", "Mandiri", "Berkelanjutan")


def tier_counts(path: Path, label: str, *rows: tuple[Any, ...]) -> Path:
    groups = ["No", label, *[name for tier in TIERS for name in (tier, "")], "Total"]
    members = ["", "", *["Jumlah", "%"] * 4, ""]
    body = [[name, *[x for count in counts for x in (count, "25,0%")], sum(counts)] for name, *counts in rows]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    total = ["Total", *[x for value in sums for x in (value, "25,0%")], sum(sums)]
    numbered = [[index, *row] for index, row in enumerate(body, start=1)]
    return write_workbook(path, [groups, members, *numbered, ["", *total]])


BLORA = ("BLORA", 93, 56, 32, 114)
"""Blora on 4 January 2024, of 295 villages."""


def test_counts_of_tiers(tmp_path: Path) -> None:
    path = tier_counts(tmp_path / "jumlah_2024-01-04.xlsx", "Kabupaten", BLORA, ("REMBANG", 1, 2, 3, 4))
    (extract,) = read_exports([path]).extracts
    assert (extract.layout, extract.rows_read, extract.date) == ("tier_counts", 2, dt.date(2024, 1, 4))
    row = extract.table.to_dict("records")[0]
    assert (row["level"], row["area_found"], row["kampung_kb_classified"]) == ("regency", "BLORA", 295)
    assert extract.total["kampung_kb_dasar"] == 94


@pytest.mark.parametrize(("label", "level"), [("Provinsi", "province"), ("Kecamatan", "district"), ("Desa", "village")])
def test_the_label_changes_with_the_level(tmp_path: Path, label: str, level: str) -> None:
    (extract,) = read_exports([tier_counts(tmp_path / "jumlah_2024-01-04.xlsx", label, ("X", 1, 0, 0, 0))]).extracts
    assert extract.table["level"].tolist() == [level]


def test_counts_without_a_tier_or_a_date_are_refused(tmp_path: Path) -> None:
    path = tier_counts(tmp_path / "jumlah.xlsx", "Kabupaten", BLORA)
    (extract,) = read_exports([path]).extracts
    assert extract.table.empty
    assert [fault.code for fault in extract.faults] == ["ingest.snapshot_date_unknown"]
    rows: list[list[Any]] = [
        ["No", "Kabupaten", "Dasar", "Berkembang", "Mandiri", "Paripurna", "Total"],
        [1, "BLORA", 1, 2, 3, 4, 10],
    ]
    (fault,) = read_exports([write_workbook(tmp_path / "lama_2024-01-04.xlsx", rows)]).faults
    assert (fault.code, fault.details["missing"]) == ("ingest.unrecognised_tier_counts", "BERKELANJUTAN JUMLAH")


def test_a_regency_stands_under_its_code_and_a_province_outside(tmp_path: Path) -> None:
    folder = tmp_path / "ekspor"
    folder.mkdir()
    tier_counts(folder / "kab_2024-01-04.xlsx", "Kabupaten", BLORA)
    tier_counts(folder / "prov_2024-01-04.xlsx", "Provinsi", ("JAWA TENGAH", 1, 2, 3, 4))
    report = prepare_dataset(sources=[folder], out=tmp_path / "D")
    table = pd.read_parquet(tmp_path / "D" / "area_indicators")
    assert table["value"].tolist() == [114, 56, 295, 93, 32]
    assert set(table["regency_code"].astype(str)) == {"33.16"}
    assert [(count.read, count.kept, count.outside) for count in report.layouts] == [(2, 1, 1)]


def centres(path: Path, headings: list[str], title: str = "Kab. Pasangkayu") -> Path:
    rows: list[list[Any]] = [[title], ["Data Tanggal : 2024-01-17"], headings]
    counts = ([10, 4, 1], [20, 8, 3])
    rows += [[i, f"PUSKESMAS {name}", *row] for i, (name, row) in enumerate(zip("AB", counts, strict=True), start=1)]
    return write_workbook(path, [*rows, ["Jumlah", "", 30, 12, 4]])


def test_puskesmas_are_counts_of_the_regency_and_no_villages(tmp_path: Path) -> None:
    path = centres(tmp_path / "eppgbm.xlsx", ["No", "Puskesmas", "Sasaran", "Diukur", "Stunting"])
    (extract,) = read_exports([path]).extracts
    assert (extract.layout, extract.rows_read) == ("eppgbm_health_centre", 2)
    assert extract.total["children_stunted"] == 4
    report = prepare_dataset(sources=[path], out=tmp_path / "D")
    assert report.issues == ()
    table = pd.read_parquet(tmp_path / "D" / "area_indicators")
    assert table[["area_found", "indicator", "period", "value"]].to_numpy().tolist()[:3] == [
        ["PUSKESMAS A", "children_measured", "2024-01", 4],
        ["PUSKESMAS A", "children_stunted", "2024-01", 1],
        ["PUSKESMAS A", "children_target", "2024-01", 10],
    ]
    assert pd.read_parquet(tmp_path / "D" / "stunting").empty


def test_with_a_village_it_is_the_table_of_villages(tmp_path: Path) -> None:
    path = centres(tmp_path / "eppgbm.xlsx", ["No", "Desa", "Sasaran", "Diukur", "Stunting"])
    assert read_exports([path]).extracts[0].layout == "eppgbm"
    rows = [["Data Tanggal : 2024-01-17"], *EPPGBM_HEADINGS, ["1", "P", "D", 1, 2, 3, 0, 0, 1, 2, 3, 0, 0, *[0] * 6]]
    assert read_exports([write_workbook(tmp_path / "desa.xlsx", rows)]).extracts[0].layout == "eppgbm"


def test_puskesmas_with_classes(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Data Tanggal : 2024-01-17"]]
    rows += [[name for i, name in enumerate(row) if i != 2] for row in EPPGBM_HEADINGS]
    rows += [["1", "P", 1, 2, 3, 0, 0, 2, 3, 40, 1, 4, *[0] * 6]]
    (extract,) = read_exports([write_workbook(tmp_path / "pkm.xlsx", rows)]).extracts
    (row,) = extract.table.to_dict("records")
    assert (row["children_measured"], row["children_stunted"], row["area_found"]) == (46, 5, "P")


def test_puskesmas_without_measurements_are_refused(tmp_path: Path) -> None:
    path = centres(tmp_path / "eppgbm.xlsx", ["No", "Puskesmas", "Sasaran", "Ditimbang", "BGM"])
    assert read_exports([path]).extracts == ()
