"""Every kind of file, told by its bytes; a file that cannot be read is one fault and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.ingest.delimited import sniff_delimiter
from kbkit.ingest.opening import open_sheets
from tests.ingest.writing import write_workbook


def codes(path: Path) -> list[str]:
    return [fault.code for fault in open_sheets(path, label=path.name).faults]


def test_a_workbook_whatever_its_name(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "ekspor.xlsx", [["Desa", "Jumlah"], ["Kulu", 12]], sheet="Lembar 1")
    renamed = path.rename(tmp_path / "ekspor.csv")
    (sheet,) = open_sheets(renamed, label="ekspor.csv").sheets
    assert (sheet.kind, sheet.sheet) == ("workbook", "Lembar 1")
    assert sheet.rows == (("Desa", "Jumlah"), ("Kulu", 12.0))


def test_html_spans_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xls"
    path.write_text(
        "<html><head><title>Rekap</title></head><table><tr><td rowspan=2>Desa</td><td colspan=2>TB/U</td></tr>"
        "<tr><td>Pendek</td><td>Normal</td></tr><tr><td>Kulu</td><td>1</td><td>2</td></tr></table></html>",
        encoding="utf-8",
    )
    (sheet,) = open_sheets(path, label=path.name).sheets
    assert sheet.kind == "html"
    assert sheet.outside == ("Rekap",)
    assert sheet.rows == (("Desa", "TB/U", "TB/U"), ("Desa", "Pendek", "Normal"), ("Kulu", "1", "2"))


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a;b\n1,5;2,5\n", (("a", "b"), ("1,5", "2,5"))),
        ("\ufeffa,b\r\n1,2\r\n".encode(), (("a", "b"), ("1", "2"))),
        (b"a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
        ("Kecamatan;Désa\n".encode("cp1252"), (("Kecamatan", "Désa"),)),
        ("a;b\n1;2\n".encode("utf-16"), (("a", "b"), ("1", "2"))),
        (b'a;b\n"baris\nganda";2\n', (("a", "b"), ("baris\nganda", "2"))),
    ],
)
def test_delimited_text(tmp_path: Path, content: bytes, rows: object) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    (sheet,) = open_sheets(path, label=path.name).sheets
    assert (sheet.kind, sheet.rows) == ("delimited", rows)


def test_the_decimal_comma_does_not_win_over_the_semicolon() -> None:
    assert sniff_delimiter(["1,5;2,5\n", "3,5;4,5\n"]) == ";"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("~$ekspor.xlsx", b"x", "ingest.lock_file"),
        ("kosong.csv", b" \r\n", "ingest.empty_file"),
        ("rusak.xlsx", b"PK\x03\x04broken", "ingest.cannot_read"),
        ("gambar.png", b"\x89PNG\r\n\x1a\n\x00\x00", "ingest.cannot_read"),
        ("kunci.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "ingest.password"),
        ("terpotong.xls", b"<html><table><tr><td>Desa</td></tr><tr><td>Kulu", "ingest.cannot_read"),
        ("panjang.csv", b"a;" + b"x" * 1_100_000, "ingest.cannot_read"),
    ],
)
def test_what_cannot_be_read_is_one_fault(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(tmp_path / name) == [code]


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert codes(write_workbook(tmp_path / "kosong.xlsx", [])) == ["ingest.empty_file"]


def test_boundaries_are_told_where_they_belong(tmp_path: Path) -> None:
    path = tmp_path / "desa.geojson"
    path.write_text('{"type": "FeatureCollection", "name": "desa; \\"a", "features": []}', encoding="utf-8")
    assert codes(path) == ["ingest.boundaries"]
