from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.ingest import read_exports
from tests.ingest.writing import classification_row, write_classification, write_workbook


def test_a_messy_folder(tmp_path: Path) -> None:
    folder = tmp_path / "unduhan kab. é"
    (folder / "lama").mkdir(parents=True)
    first = write_classification(folder / "lama" / "k 2022-06-13.xlsx", [classification_row("X")])
    (folder / "k 2022-06-13 (1).xlsx").write_bytes(first.read_bytes())
    (folder / "~$k.xlsx").write_bytes(b"x")
    (folder / "catatan.txt").write_text("rapat hari Senin", encoding="utf-8")
    (folder / "rusak.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "Thumbs.db").write_bytes(b"x")
    exports = read_exports([folder, first])
    assert [extract.sheet.file for extract in exports.extracts] == ["k 2022-06-13.xlsx"]
    assert exports.files == 5
    assert {(fault.code, fault.severity, Path(fault.file or "").name) for fault in exports.faults} == {
        ("ingest.same_content", "warning", "k 2022-06-13 (1).xlsx"),
        ("ingest.lock_file", "note", "~$k.xlsx"),
        ("ingest.unrecognised", "note", "catatan.txt"),
        ("ingest.cannot_read", "note", "rusak.xlsx"),
    }


def test_a_file_that_is_named_must_be_an_export(tmp_path: Path) -> None:
    note = tmp_path / "catatan.txt"
    note.write_text("rapat hari Senin", encoding="utf-8")
    faults = read_exports([note, tmp_path / "tidak ada.xlsx"]).faults
    assert {(fault.code, fault.severity) for fault in faults} == {
        ("ingest.unrecognised", "error"),
        ("ingest.no_such_source", "error"),
    }


def test_a_cover_sheet_beside_the_table_is_only_noted(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = write_classification(tmp_path / "k_2022-06-13.xlsx", [classification_row("X")])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Sampul")["A1"] = "Rekap"
    book.save(path)
    exports = read_exports([path])
    assert len(exports.extracts) == 1
    assert [(fault.code, fault.severity, fault.sheet) for fault in exports.faults] == [
        ("ingest.unrecognised", "note", "Sampul")
    ]


def test_the_order_of_the_sources_changes_nothing(tmp_path: Path) -> None:
    one = write_classification(tmp_path / "a_2022-06-13.xlsx", [classification_row("X")])
    two = write_classification(tmp_path / "b_2022-07-13.xlsx", [classification_row("Y")])
    three = write_workbook(tmp_path / "c.xlsx", [["apa"]])
    labels = [
        [extract.sheet.file for extract in read_exports(order).extracts]
        for order in ([one, two, three], [three, two, one])
    ]
    assert labels[0] == labels[1] == ["a_2022-06-13.xlsx", "b_2022-07-13.xlsx"]


@pytest.mark.parametrize("where", ["sheet", "cell", "title"])
def test_the_mark_of_simulation_wherever_it_stands(tmp_path: Path, where: str) -> None:
    row = [*classification_row("X"), "Data Simulasi" if where == "cell" else ""]
    sheet = "DATA SIMULASI" if where == "sheet" else "Worksheet"
    path = write_classification(tmp_path / "k_2022-06-13.xlsx", [row], sheet=sheet)
    (extract,) = read_exports([path]).extracts
    assert extract.sheet.simulated == (where != "title")
