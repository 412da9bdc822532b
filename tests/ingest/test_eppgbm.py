from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from kbkit.ingest import Extract, read_exports
from kbkit.ingest.totals import is_total
from tests.ingest.writing import EPPGBM_HEADINGS, eppgbm_row, html_table, write_workbook

ROWS = [
    eppgbm_row("1", "PARIAMAN", "KARAN AUR", [2, 3, 40, 1, 4]),
    eppgbm_row("2", "PARIAMAN", "ALAI GELOMBANG", ["-", "-", "-", "-", "-"]),
    eppgbm_row("3", "PARIAMAN", "TARATAK", [0, 0, 12, 0, 0]),
]


def read(path: Path) -> Extract:
    (extract,) = read_exports([path]).extracts
    return extract


def counts(extract: Extract) -> list[list[object]]:
    columns = ["children_measured", "children_stunted", "children_severely_stunted"]
    return extract.table[columns].astype("object").where(extract.table[columns].notna(), None).to_numpy().tolist()


def test_the_html_table(tmp_path: Path) -> None:
    path = tmp_path / "eppgbm.xls"
    total = ["Jumlah", "Jumlah", "Jumlah", 3, 6, 90, 0, 0, 2, 3, 52, 1, 4, 0, 3, 90, 3, 0, 0]
    path.write_text(html_table([*ROWS, total], title="Kota Pariaman"), encoding="utf-8")
    extract = read(path)
    assert (extract.layout, extract.date, extract.dated_by) == ("eppgbm", dt.date(2024, 8, 27), "content")
    assert extract.table["period"].unique().tolist() == ["2024-08"]
    assert extract.table["source_row"].tolist() == [4, 5, 6]
    # Outliers are out; dashes are missing and not zero; zero cases are zero.
    assert counts(extract) == [[2 + 3 + 40 + 1, 2 + 3, 2], [None, None, None], [12, 0, 0]]
    assert extract.table["children_target"].isna().all()
    assert extract.total["children_measured"] == 2 + 3 + 52 + 1
    assert ("title", "Kota Pariaman") in extract.regency_hints


def test_headings_without_merged_cells_mean_the_same(tmp_path: Path) -> None:
    groups = [name if name != before else "" for before, name in pairwise(("", *EPPGBM_HEADINGS[0]))]
    rows = [["Data Tanggal : 2024-08-27 08:15:00"], groups, ["", "", "", *EPPGBM_HEADINGS[1][3:]], *ROWS]
    extract = read(write_workbook(tmp_path / "eppgbm.xlsx", rows))
    assert counts(extract)[0] == [46, 5, 2]


def test_printed_counts_serve_where_there_are_no_classes(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Data Tanggal : 2024-01-17"],
        ["No", "Kecamatan", "Desa/Kelurahan", "Sasaran", "Diukur", "Stunting"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "BARAS", "MOTU", "1.234", "1.000", "12"],
        ["Kab. Pasangkayu", "", "", 1234, 1000, 12],
    ]
    extract = read(write_workbook(tmp_path / "eppgbm.xlsx", rows))
    assert extract.table[["district_found", "village_found"]].to_numpy().tolist() == [["BARAS", "MOTU"]]
    assert extract.table["children_target"].tolist() == [1234]
    assert counts(extract) == [[1000, 12, None]]
    assert extract.regency_hints[0] == ("total_row", "Kab. Pasangkayu")


def test_a_class_that_is_no_number_leaves_the_sum_missing(tmp_path: Path) -> None:
    rows = [["Data Tanggal : 2024-01-17"], *EPPGBM_HEADINGS, eppgbm_row("1", "X", "Y", [1, "tiga", 5, 0, 0])]
    extract = read(write_workbook(tmp_path / "eppgbm.xlsx", rows))
    assert counts(extract) == [[None, None, 1]]
    (fault,) = extract.faults
    assert (fault.code, fault.row, fault.found) == ("ingest.not_a_count", 4, "tiga")


def test_without_a_stamp_the_period_is_asked_for(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "eppgbm.xlsx", [*EPPGBM_HEADINGS, *ROWS])
    assert [fault.code for fault in read(path).faults] == ["ingest.period_unknown"]
    (given,) = read_exports([path], dates={"eppgbm.xlsx": dt.date(2024, 2, 29)}).extracts
    assert given.table["period"].unique().tolist() == ["2024-02"]


def test_the_separate_table_of_targets(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["No", "Puskesmas", "Desa", "Sasaran Laki", "Sasaran Perempuan", "Sasaran Total"],
        [1, "PARIAMAN", "KARAN AUR", 30, 31, 61],
        ["", "", "Jumlah", 30, 31, 61],
    ]
    extract = read(write_workbook(tmp_path / "sasaran pariaman.xlsx", rows))
    assert extract.layout == "eppgbm_targets"
    assert extract.table["children_target"].tolist() == [61]
    assert pd.isna(extract.table["period"]).all()


def test_totals_and_villages() -> None:
    assert is_total("Jumlah", None)
    assert is_total(None, "Grand Total")
    assert is_total("Kab. Pasangkayu", "Kab. Pasangkayu")
    assert is_total(None, "Puskesmas Sarudu")
    assert not is_total("12", "KOTA BARU")
    assert not is_total("12.", "JUMLAHE"[:5])
