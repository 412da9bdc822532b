from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.ingest import read_exports
from kbkit.ingest.personal import personal_columns
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
