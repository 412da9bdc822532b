from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from kbkit.ingest import read_exports
from kbkit.ingest.opening import open_sheets
from kbkit.ingest.personal import personal_columns
from kbkit.ingest.personal_contents import personal_contents
from kbkit.ingest.sheet import RawSheet
from tests.ingest.writing import CLASSIFICATION_HEADINGS, EPPGBM_HEADINGS, VERVAL_HEADINGS


def sheet(*headings: str) -> RawSheet:
    return RawSheet(path=Path("x"), file="x", sheet=None, kind="delimited", rows=(headings,), sha256="")


@pytest.mark.parametrize(
    "heading",
    [
        "NIK",
        "NIK Ibu",
        "No. KK",
        "Nomor Kartu Keluarga",
        "Nama Balita",
        "NAMA_ORTU",
        "Nama Lengkap",
        "No HP",
        "Telepon",
        "E-mail",
        "Alamat",
        "Alamat Rumah",
        "Tgl Lahir",
        "TANGGAL LAHIR BALITA",
        "Tempat Lahir",
        "Nama KK",
        "Kontak PKB",
    ],
)
def test_columns_about_persons(heading: str) -> None:
    assert personal_columns(sheet("No", heading, "Desa")) == (heading,)


@pytest.mark.parametrize(
    "headings",
    [
        CLASSIFICATION_HEADINGS,
        EPPGBM_HEADINGS[1],
        VERVAL_HEADINGS.split(";"),
        ("nama_kecamatan", "nama_puskesmas", "nama_desa", "jumlah_keluarga"),
        ("No", "Nama", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa", "Profil"),
        ("KECAMATAN", "KELURAHAN", "Nama Posyandu", "Nama Kampung KB", "JUMLAH KK"),
        ("Alamat kantor: Jl. Sudirman 1", "Kode", "PUS HAMIL", "Teknik"),
    ],
)
def test_columns_about_places_and_counts(headings: tuple[str, ...]) -> None:
    assert personal_columns(sheet(*headings)) == ()


def test_a_bare_name_beside_a_measurement_is_a_person() -> None:
    assert personal_columns(sheet("No", "Nama", "JK", "Berat", "Desa/Kel")) == ("Nama",)


def test_the_whole_file_is_refused_and_no_cell_is_told(tmp_path: Path) -> None:
    path = tmp_path / "individu.csv"
    path.write_text("NIK;Nama;JK;Tgl Lahir;Desa/Kel\n1234567890123456;BUDI;L;2021-01-01;KULU\n", encoding="utf-8")
    exports = read_exports([path])
    (fault,) = exports.faults
    assert (fault.code, fault.severity) == ("ingest.personal_columns", "error")
    assert fault.found == "NIK, Nama, Tgl Lahir"
    assert exports.extracts == ()
    assert "BUDI" not in repr(exports)
    assert exports.unread[0].fate == "refused"


# Made-up numbers in the right form: province 33 (Jawa Tengah), a date, a serial.
NIK_MAN, NIK_WOMAN, KK = "3316011203900001", "3316015203900002", "3316010101100003"


def table(heading: str, *values: Any) -> RawSheet:
    rows = (("Rekap",), ("No", heading, "Desa"), *((index, value, "KULU") for index, value in enumerate(values, 1)))
    return RawSheet(path=Path("x"), file="x", sheet=None, kind="workbook", rows=rows, sha256="")


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((NIK_MAN, "-", NIK_WOMAN), "[NIK/KK: 2]"),
        ((KK,), "[NIK/KK: 1]"),
        ((f"ibu hamil, nik {NIK_WOMAN}, dirujuk",), "[NIK/KK: 1]"),
        (("33.16.01.120390.0001",), "[NIK/KK: 1]"),
        (("3316 0112 0390 0001",), "[NIK/KK: 1]"),
        ((float(NIK_MAN), float(NIK_WOMAN)), "[NIK/KK: 2]"),
        (("0812-3456-7890", "+62 857 1234 5678"), "[HP: 2]"),
        (("hubungi 081234567890", "081234567891"), "[HP: 2]"),
        ((81234567890.0, 85712345678.0), "[HP: 2]"),
        (("81234567890", "85712345678"), "[HP: 2]"),
        (("a.b@contoh.id", "c@contoh.go.id"), "[E-mail: 2]"),
    ],
)
def test_personal_values_under_another_heading(values: tuple[Any, ...], found: str) -> None:
    assert personal_columns(table("Keterangan", *values)) == (f"Keterangan {found}",)


@pytest.mark.parametrize(
    "values",
    [
        ("3316019912345678", "1234567890123456"),  # no such date, no such province
        ("0.3316011203900001", "-2,3316011203900001"),  # decimals
        (8_812_345_678.0, 12.0, 40.0, 7.0, 8_112_345_678.0),  # impossible populations among counts
        ("8171011001", "8171011002"),  # villages of Ambon
        (8171011001.0, 8171011002.0),
        ("62.812.345.678", "62.812.345.679"),  # rupiah
        ("6271010001", "3316012001", "33.16.01.2001"),
        ("Kontak: 0812-3456-7890",),  # one office
        ("(0296) 531234", "021-5551234"),  # offices
        ("0.8123456789", "0,8571234567"),
        ("2024-08-27 08:15:00", "20240827081500"),
        ("-2.122.958", "119.364.287"),  # coordinates that lost their points
    ],
)
def test_values_that_only_look_like_it(values: tuple[Any, ...]) -> None:
    assert personal_columns(table("Keterangan", *values)) == ()


def test_a_column_without_a_heading_is_named_by_its_letter() -> None:
    rows = tuple(("Siti", NIK_WOMAN, "0812-3456-7890", "Blora") for _ in range(3))
    sheet = RawSheet(path=Path("x"), file="x", sheet=None, kind="delimited", rows=rows, sha256="")
    assert personal_columns(sheet) == ("B [NIK/KK: 3]", "C [HP: 3]")
    wide = RawSheet(path=Path("x"), file="x", sheet=None, kind="delimited", rows=(("",) * 27 + (KK,),), sha256="")
    assert personal_columns(wide) == ("AB [NIK/KK: 1]",)


def test_a_value_among_the_first_rows_is_not_shown_as_a_heading() -> None:
    assert personal_columns(table("Keterangan", "Nama Ibu: Siti", f"NIK {NIK_MAN}")) == (
        "Nama Ibu",
        "Keterangan [NIK/KK: 1]",
    )


def test_no_value_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text(f"Kecamatan;Desa;Keterangan\nBLORA;KULU;rumah Siti\nBLORA;KULU;{NIK_MAN}\n", encoding="utf-8")
    exports = read_exports([path])
    (fault,) = exports.faults
    assert (fault.code, fault.found) == ("ingest.personal_columns", "Keterangan [NIK/KK: 1]")
    assert NIK_MAN not in repr(exports)
    assert "Siti" not in repr(exports)


@pytest.mark.real
@pytest.mark.slow
def test_no_real_export_is_refused_and_the_scan_is_quick(real_data: Path) -> None:
    """Aggregates of 16,792 rows in 22 columns cost under a second; none of the real aggregates holds a person."""
    (sheet,) = open_sheets(real_data / "kkb" / "kkb_klasifikasi_nasional_2022-06-13.xlsx", label="x").sheets
    start = time.perf_counter()
    assert personal_contents(sheet) == []
    assert time.perf_counter() - start < 1
    for folder in ("stunting", "sulbar"):
        for path in sorted((real_data / folder).iterdir()):
            for sheet in open_sheets(path, label=path.name).sheets:
                assert personal_contents(sheet) == [], path.name
