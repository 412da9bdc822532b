"""Cells that show an error in place of a number are told with their place, never read as empty."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from kbkit.ingest import read_exports
from kbkit.ingest.formula_errors import ERRORS, formula_errors, is_formula_error
from tests.ingest.writing import VERVAL_COUNTS, VERVAL_HEADINGS


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_in_a_count_is_told_with_its_place(tmp_path: Path, error: str) -> None:
    path = tmp_path / "krs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("kosong")
        sheet = book.add_worksheet("KRS & lain")
        sheet.write_row(0, 0, VERVAL_HEADINGS.split(";"))
        place = ["0", "SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH", "1001", "KARAN AUR"]
        sheet.write_row(1, 0, [*place, *VERVAL_COUNTS.split(";"), "Sem 2 2024"])
        column = VERVAL_HEADINGS.split(";").index("JUMLAH KRS")
        sheet.write_formula(1, column, "=A1/0", value=error)
    (extract,) = read_exports([path]).extracts
    (fault,) = extract.faults
    assert (fault.code, fault.row, fault.column, fault.found) == ("ingest.formula_error", 2, "JUMLAH KRS", error)
    assert extract.table["families_at_risk"].isna().all()


def test_a_delimited_file_shows_its_errors_too(tmp_path: Path) -> None:
    place = "0;SUMATERA BARAT;KOTA PARIAMAN;PARIAMAN TENGAH;1001;KARAN AUR"
    counts = VERVAL_COUNTS.split(";")
    (tmp_path / "krs.csv").write_text(
        f"{VERVAL_HEADINGS}\n{place};{';'.join(['#REF!', *counts[1:]])};Sem 2 2024\n", encoding="utf-8"
    )
    (extract,) = read_exports([tmp_path / "krs.csv"]).extracts
    assert [(fault.code, fault.found) for fault in extract.faults] == [("ingest.formula_error", "#REF!")]


def test_what_is_no_xlsx_has_no_errors() -> None:
    assert formula_errors(b"\xd0\xcf\x11\xe0") == {}
    assert formula_errors(b"PK\x03\x04damaged") == {}


def test_only_errors_are_errors() -> None:
    assert all(map(is_formula_error, [*ERRORS, " #ref! "]))
    assert not any(map(is_formula_error, [None, "", "-", "#1", "N/A"]))
