from __future__ import annotations

import datetime as dt
from pathlib import Path

from kbkit.ingest import read_exports
from tests.ingest.writing import (
    BERKELANJUTAN,
    CLASSIFICATION_HEADINGS,
    DASAR,
    classification_row,
    write_classification,
    write_workbook,
)


def test_a_row_keeps_its_place_and_its_values(tmp_path: Path) -> None:
    rows = [classification_row("KARAN AUR", BERKELANJUTAN), [], classification_row("ALAI GELOMBANG")]
    path = write_classification(tmp_path / "classification-table_20220613101502.xlsx", rows)
    (extract,) = read_exports([path]).extracts
    assert (extract.layout, extract.date, extract.dated_by) == ("classification", dt.date(2022, 6, 13), "file_name")
    assert extract.rows_read == 2
    first, second = extract.table.to_dict("records")
    assert (first["source_row"], second["source_row"]) == (2, 4)
    assert first["regency_found"] == "KOTA PARIAMAN"
    assert (first["score_input_pokja"], first["score_output_unmet_need"]) == (4, 3)
    assert (first["index_process"], first["tier"]) == (3.33, "berkelanjutan")


def test_the_layout_is_known_by_its_headings_wherever_they_stand(tmp_path: Path) -> None:
    rows = [
        ["REKAP KLASIFIKASI"],
        [],
        [*CLASSIFICATION_HEADINGS, "CATATAN"],
        [*classification_row("X"), "DATA SIMULASI"],
    ]
    (extract,) = read_exports([write_workbook(tmp_path / "apa saja 2022-06-13.xlsx", rows)]).extracts
    assert extract.layout == "classification"
    assert extract.table["source_row"].tolist() == [4]
    assert extract.sheet.simulated


def test_without_a_date_nothing_is_taken_and_the_fault_says_how_to_give_it(tmp_path: Path) -> None:
    path = write_classification(tmp_path / "klasifikasi.xlsx", [classification_row("X")])
    (extract,) = read_exports([path]).extracts
    assert extract.table.empty
    assert [fault.code for fault in extract.faults] == ["ingest.snapshot_date_unknown"]
    (dated,) = read_exports([path], dates={"klasifikasi.xlsx": dt.date(2022, 6, 13)}).extracts
    assert (dated.date, dated.dated_by, len(dated.table)) == (dt.date(2022, 6, 13), "parameter", 1)


def test_a_given_date_that_differs_from_the_name_is_said(tmp_path: Path) -> None:
    path = write_classification(tmp_path / "klasifikasi_2022-06-13.xlsx", [classification_row("X")])
    (extract,) = read_exports([path], dates={path.name: dt.date(2022, 7, 1)}).extracts
    assert extract.date == dt.date(2022, 7, 1)
    assert [fault.code for fault in extract.faults] == ["ingest.snapshot_date_differs"]


def test_a_date_for_no_file_names_the_nearest(tmp_path: Path) -> None:
    path = write_classification(tmp_path / "klasifikasi_2022-06-13.xlsx", [classification_row("X")])
    faults = read_exports([path], dates={"klasifikasi_2022-06-31.xlsx": dt.date(2022, 7, 1)}).faults
    assert [(fault.code, fault.nearest) for fault in faults] == [("ingest.date_unused", path.name)]


def test_cells_that_are_no_score_are_missing_and_listed(tmp_path: Path) -> None:
    broken = list(DASAR)
    broken[0], broken[3], broken[14], broken[15] = 5, "4", "abc", "Paripurna"  # facilities stop at 3
    path = write_classification(tmp_path / "k_2022-06-13.xlsx", [classification_row("X", broken)])
    (extract,) = read_exports([path]).extracts
    row = extract.table.iloc[0]
    assert row[["score_input_pokja", "score_input_facilities", "index_output", "tier"]].isna().all()
    found = {(fault.code, fault.row, fault.column, fault.found) for fault in extract.faults}
    assert found == {
        ("ingest.score_out_of_range", 2, "Input Pokja", "5"),
        ("ingest.score_out_of_range", 2, "Input Sarana", "4"),
        ("ingest.not_a_number", 2, "Index Output", "abc"),
        ("ingest.not_a_tier", 2, "Klasifikasi", "Paripurna"),
    }


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    rows = [[name for name in CLASSIFICATION_HEADINGS if name != "Output CPR"], ["", "X"]]
    (fault,) = read_exports([write_workbook(tmp_path / "k_2022-06-13.xlsx", rows)]).faults
    assert (fault.code, fault.details["missing"]) == ("ingest.unrecognised_classification", "OUTPUT CPR")


def test_a_doubled_heading_refuses_the_sheet(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "k_2022-06-13.xlsx", [[*CLASSIFICATION_HEADINGS, "Output CPR"], [""] * 23 + ["x"]])
    exports = read_exports([path])
    assert [(fault.code, fault.column) for fault in exports.faults] == [("ingest.doubled_heading", "Output CPR")]
    assert exports.extracts == ()
