"""Registers that are a list of villages: each layout small, the input that it must refuse, and the real file."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kbkit.domain.indicators import INDICATORS, indicators_of
from kbkit.ingest import AREAS, REGISTERS, Extract, read_exports
from tests.ingest.writing import write_workbook

PLACE = "PROVINSI;KABUPATEN;KECAMATAN;KODE;KELURAHAN"
BAMBAIRA = "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2001;BAMBAIRA"

SMALL: dict[str, tuple[str, str, dict[str, float]]] = {
    "kampung_kb_register": (
        "JUMLAH KELURAHAN/DESA;JUMLAH KAMPUNG KB;2016;2017;2018;2019;> 2019;KAMPUNG KB MANDIRI;KAMPUNG KB PERCONTOHAN",
        "1;2;0;0;1;0;1;0;1",
        {"kampung_kb": 2, "kampung_kb_launched_2018": 1, "kampung_kb_launched_after_2019": 1, "kampung_kb_pilot": 1},
    ),
    "data_house_register": (
        "JUMLAH RUMAH DATAKU;SK ADA;SK TIDAK ADA;APBN;APBD;ADD;SWADAYA;SWASTA/CSR;LAINNYA;"
        "JUMLAH RUMAH DATAKU PARIPURNA;RUMAH DATAKU DI KAMPUNG KB;RUMAH DATAKU PARPURNA DI KAMPUNG KB",
        "1;1;0;1;0;0;0;0;1;1;1;1",
        {"data_houses": 1, "data_houses_funded_private": 0, "data_houses_paripurna_in_kampung_kb": 1},
    ),
    "unmet_need": ("PUS;UNMET NEED;BULAN", "507;59;AGUSTUS", {"couples": 507, "couples_unmet_need": 59}),
    "contraceptive_mix": (
        "PA;SUNTIK;PIL;KONDOM;IMPLAN;IUD;VASEKTOMI;TUBEKTOMI;MAL;KB MODERN;KB TRADISIONAL;BULAN",
        "100;40;30;5;10;5;1;4;0;95;5;AGUSTUS",
        {"users_current": 100, "users_injection": 40, "users_modern": 95, "users_lactational_amenorrhoea": 0},
    ),
    "poktan_members": (
        "SASARAN BKB;KESERTAAN BKB;SASARAN BKR;KESERTAAN BKR;SASARAN BKL;KESERTAAN BKL;BULAN",
        "378;227;713;137;226;124;AGUSTUS",
        {"bkb_target": 378, "bkb_members": 227, "bkl_members": 124},
    ),
    "bkb_families": (
        "JUMLAH PERTEMUAN PENYULUHAN;TATAP MUKA;VIRTUAL;JUMLAH KELUARGA ANGGOTA BKB;KKA;KMS;"
        "PERKEMBANGAN ANAK SESUAI;PERKEMBANGAN ANAK TIDAK SESUAI;BULAN",
        "4;3;1;60;20;30;28;2;AGUSTUS",
        {"bkb_meetings": 4, "bkb_member_families": 60, "bkb_children_not_on_track": 2},
    ),
    "poktan_profile": (
        "LATITUDE;LONGITUDE;PUS;Kampung KB;Rumah DataKU;BKB;BKR;BKL;UPPKA;PIK-R",
        "-2.122958;119,365442;1;Ada;Tidak ada;Ada;Ada;Ada;Ada;Tidak ada",
        {"has_kampung_kb": 1, "has_data_house": 0, "has_pik_r": 0, "latitude": -2.122958, "longitude": 119.365442},
    ),
    "village_resources": (
        "LUAS_WILAYAH;JUMLAH_PENDUDUK;KEPADATAN_PENDUDUK;KRS;BPJS;IDM",
        "2,27;4551;2004.85;190;609;SANGAT TERTINGGAL",
        {"area": 2.27, "population": 4551, "population_density": 2004.85, "health_insured": 609},
    ),
    "posyandu": ("Nama Posyandu", "MELATI 1", {"posyandu": 1}),
    "elsimil_pregnant": (
        "JUMLAH BUMIL;BUMIL TERDAMPINGI",
        "12;9",
        {"pregnant_women": 12, "pregnant_women_accompanied": 9},
    ),
}
AGES = (
    "Jumlah_Penduduk;Umur 0 - 1;Umur 2 - 4;Umur 5 - 9;Umur 10 - 14;Umur 15 - 19;Umur 20 - 24;Umur 25 - 29;"
    "Umur 30 - 34;Umur 35 - 39;Umur 40 - 44;Umur 45 - 49;Umur 50 - 54;Umur 55 - 59;Umur 60 - 64;Umur 65 - 69;"
    "Umur 70 - 74;Umur 75+"
)


def read(path: Path, headings: str, *values: str) -> Extract:
    rows = [f"{PLACE};{headings}", *(f"{BAMBAIRA};{row}" for row in values)]
    path.write_text("\n".join([*rows, ""]), encoding="utf-8")
    (extract,) = read_exports([path]).extracts
    return extract


@pytest.mark.parametrize("layout", SMALL)
def test_each_register(tmp_path: Path, layout: str) -> None:
    headings, values, expected = SMALL[layout]
    extract = read(tmp_path / "unduhan 2024.csv", headings, values)
    assert (extract.layout, extract.faults) == (layout, ())
    (row,) = extract.table.to_dict("records")
    assert {name: row[name] for name in expected} == expected
    assert (row["code_found"], row["village_found"], row["source_row"]) == ("2001", "BAMBAIRA", 2)
    assert row["period"] == ("2024-08" if "BULAN" in headings else "2024")
    assert {name for name in row if name in INDICATORS} <= {item.name for item in indicators_of(layout)}


@pytest.mark.parametrize("layout", SMALL)
def test_each_register_refuses_a_table_without_its_own_columns(tmp_path: Path, layout: str) -> None:
    headings, values, _ = SMALL[layout]
    others = headings.replace("BULAN", "WAKTU").split(";")
    renamed = ";".join(f"{name} X" for name in others)
    path = tmp_path / "unduhan 2024.csv"
    path.write_text(f"{PLACE};{renamed}\n{BAMBAIRA};{values}\n", encoding="utf-8")
    exports = read_exports([path])
    assert exports.extracts == ()
    assert exports.unread[0].fate == "unrecognised"


def test_every_register_has_its_test() -> None:
    assert {layout.name for layout in REGISTERS} == SMALL.keys() | {
        "age_pyramid",
        "convergence_action",
        "genting_target",
    }


def test_indicators_are_told_apart() -> None:
    assert {item.register for item in INDICATORS.values()} == {layout.name for layout in (*REGISTERS, *AREAS)}
    assert all(name == item.name and item.headings and item.unit for name, item in INDICATORS.items())


def test_cells_that_are_no_value_are_missing_and_listed(tmp_path: Path) -> None:
    headings, _, _ = SMALL["unmet_need"]
    extract = read(tmp_path / "pus 2024.csv", headings, "-5;59;MARET", "-;0;APRIL", "507;59;ENTAH")
    assert extract.rows_read == 3
    assert extract.table["couples"].isna().tolist() == [True, True]
    assert extract.table["couples_unmet_need"].tolist() == [59, 0]
    assert [(fault.code, fault.row) for fault in extract.faults] == [
        ("ingest.not_a_count", 2),
        ("ingest.not_a_month", 4),
    ]


def test_an_undated_register_is_read_and_says_so(tmp_path: Path) -> None:
    headings, values, _ = SMALL["kampung_kb_register"]
    extract = read(tmp_path / "data_kkb.csv", headings, values)
    assert extract.table["period"].tolist() == [None]
    assert [fault.code for fault in extract.faults] == ["ingest.undated"]
    (given,) = read_exports([tmp_path / "data_kkb.csv"], dates={"data_kkb.csv": dt.date(2024, 6, 30)}).extracts
    assert (given.table["period"].tolist(), given.dated_by) == (["2024-06-30"], "parameter")


def test_a_column_of_years_dates_its_rows(tmp_path: Path) -> None:
    headings, values, _ = SMALL["elsimil_pregnant"]
    extract = read(tmp_path / "elsimil.csv", f"{headings};TAHUN", f"{values};2023", f"{values};2024")
    assert (extract.table["period"].tolist(), extract.faults, extract.dated_by) == (["2023", "2024"], (), "content")
    headings, _, _ = SMALL["unmet_need"]
    extract = read(tmp_path / "pus.csv", f"{headings};TAHUN", "507;59;AGUSTUS;2023")
    assert extract.table["period"].tolist() == ["2023-08"]


def test_destroyed_coordinates_refuse_the_whole_column(tmp_path: Path) -> None:
    headings, values, _ = SMALL["poktan_profile"]
    sound = values.split(";", 2)[2]
    rows = [f"{latitude};119.365442;{sound}" for latitude in ("-2.122.958", "-2.671", "-207.222", "")]
    extract = read(tmp_path / "poktan 2024.csv", headings, *rows)
    assert "latitude" not in extract.table
    assert extract.table["longitude"].tolist() == [119.365442] * 4
    (fault,) = extract.faults
    assert (fault.code, fault.column, fault.found) == ("ingest.coordinates_destroyed", "LATITUDE", "-2.122.958")
    assert fault.details == {"rows": 2}


def ages(path: Path) -> Path:
    counts = ";".join(map(str, [sum(range(17)), *range(17)]))
    path.write_text(f"{PLACE};{AGES}\n{BAMBAIRA};{counts}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "sex"), [("Piramida Laki-laki 2024", "male"), ("PEREMPUAN_2024", "female")])
def test_a_pyramid_takes_its_sex_from_a_word(tmp_path: Path, name: str, sex: str) -> None:
    (extract,) = read_exports([ages(tmp_path / f"{name}.csv")]).extracts
    (row,) = extract.table.to_dict("records")
    assert (row[f"population_{sex}"], row[f"population_{sex}_0_1"], row[f"population_{sex}_75_plus"]) == (136, 0, 16)
    assert sum(name in INDICATORS for name in row) == 18


@pytest.mark.parametrize("name", ["piramida P", "piramida", "laki-laki dan perempuan"])
def test_a_pyramid_without_one_sex_is_refused(tmp_path: Path, name: str) -> None:
    (extract,) = read_exports([ages(tmp_path / f"{name} 2024.csv")]).extracts
    assert (extract.rows_read, len(extract.table)) == (1, 0)
    assert [fault.code for fault in extract.faults] == ["ingest.sex_unknown"]


def test_a_posyandu_counts_once_and_its_name_is_not_told(tmp_path: Path) -> None:
    extract = read(tmp_path / "posyandu 2024.csv", "Nama Posyandu", "MELATI", "Melati ", "MAWAR", "")
    assert len(extract.table) == 2
    assert [(fault.code, fault.row) for fault in extract.faults] == [
        ("ingest.posyandu_repeated", 3),
        ("ingest.posyandu_unnamed", 5),
    ]
    assert "MAWAR" not in extract.table.to_csv() + repr(extract.faults)


GENTING: list[list[Any]] = [
    ["Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Target", "Capaian", "% Capaian"],
    ["MAJENE", "BANGGAE", "BANGGAE", 11, 5, 0.4545],
    ["MAJENE", "BANGGAE", "BARU", 89, 37, 0.4157],
    ["Grand Total", "", "", 100, 42, 0.42],
]


def test_genting(tmp_path: Path) -> None:
    rows = [["Target dan Capaian Pekan Genting"], [], *GENTING]
    (extract,) = read_exports([write_workbook(tmp_path / "capaian 2025.xlsx", rows)]).extracts
    assert (extract.layout, extract.rows_read, extract.faults) == ("genting_target", 2, ())
    assert extract.table["genting_target"].tolist() == [11, 89]
    assert extract.total == {"genting_target": 100, "genting_attained": 42}


def test_targets_of_something_else_are_not_gentings(tmp_path: Path) -> None:
    rows = [["Target dan Capaian Imunisasi"], [], *GENTING]
    assert read_exports([write_workbook(tmp_path / "capaian 2025.xlsx", rows)]).extracts == ()


AKSI = (
    "id;nama_kecamatan;nama_puskesmas;id_desa_bps;id_desa_dagri;nama_desa;jumlah_keluarga;"
    "jumlah_keluarga_beresiko_stunting;jumlah_balita;jumlah_balita_sangat_pendek;jumlah_balita_pendek"
)


def test_aksi_konvergensi_keeps_both_codes_and_believes_none(tmp_path: Path) -> None:
    path = tmp_path / "aksi kota medan 2022.csv"
    path.write_text(f"{AKSI}\n1;MEDAN TUNTUNGAN;TUNTUNGAN;1275010001;12.71.10.1001;BARU LADANG;900;80;300;1;2\n")
    (extract,) = read_exports([path]).extracts
    (row,) = extract.table.to_dict("records")
    assert (row["code_bps_written"], row["code_kemendagri_written"], row["code_found"]) == (
        "1275010001",
        "1271101001",
        None,
    )
    assert (row["convergence_under_fives"], row["convergence_short"], row["health_centre_found"]) == (
        300,
        2,
        "TUNTUNGAN",
    )
    assert ("file_name", "aksi kota medan 2022") in extract.regency_hints


def test_aksi_konvergensi_without_its_children_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aksi.csv"
    path.write_text(AKSI.replace("jumlah_balita;", "balita;") + "\n1;A;B;1;2;C;9;3;5;1;2\n", encoding="utf-8")
    (fault,) = read_exports([path]).faults
    assert fault.code == "ingest.unrecognised_convergence_action"


REAL: dict[str, tuple[str, int, dict[str, float]]] = {
    "data_kkb.csv": ("kampung_kb_register", 648, {"kampung_kb": 589, "kampung_kb_launched_after_2019": 416}),
    "data_rdk.csv": ("data_house_register", 648, {"data_houses": 598, "data_houses_paripurna": 169}),
    "data_pus.csv": ("unmet_need", 5832, {"couples": 1_831_627, "couples_unmet_need": 177_335}),
    "sasaran_poktan_gabung.csv": ("poktan_members", 5832, {"bkb_target": 897_818, "bkl_members": 286_141}),
    "profil_poktan.csv": ("poktan_profile", 648, {"has_kampung_kb": 518, "has_bkb": 595}),
    "profil_sumber_daya.csv": ("village_resources", 648, {"area": 17_104.27, "population": 1_210_896}),
    "PIRAMIDA PENDUDUK - Laki-laki.csv": ("age_pyramid", 648, {"population_male": 615_707}),
    "PIRAMIDA PENDUDUK - Perempuan.csv": ("age_pyramid", 648, {"population_female": 595_189}),
    "keberadaan_posyandu.csv": ("posyandu", 2182, {"posyandu": 2_177}),
    "Target dan Capaian Pekan genting per Kec.Desa.xlsx": (
        "genting_target",
        615,
        {"genting_target": 11_354, "genting_attained": 6_603},
    ),
}
"""Rows and sums, each computed from the file with pandas alone. Of 2,182 posyandu five stand there twice."""


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_the_real_registers(real_data: Path, name: str) -> None:
    layout, rows, sums = REAL[name]
    (extract,) = read_exports([real_data / "sulbar" / name]).extracts
    assert (extract.layout, extract.rows_read) == (layout, rows)
    assert {column: round(float(extract.table[column].sum()), 2) for column in sums} == sums
    assert not extract.total or all(extract.total[column] == sums[column] for column in sums)
    ages_of = [str(name) for name in extract.table if str(name).startswith("population_") and str(name).count("_") > 1]
    if layout == "age_pyramid":
        assert (extract.table[ages_of].sum(axis=1) == extract.table[ages_of[0].rsplit("_", 2)[0]]).all()
    assert pd.api.types.is_integer_dtype(extract.table["source_row"])


def test_one_endless_line_is_looked_at_once_and_not_far(tmp_path: Path) -> None:
    path = tmp_path / "peta.geojson"
    path.write_text(",".join(f'"titik {number}"' for number in range(40_000)), encoding="utf-8")
    start = time.perf_counter()
    (fault,) = read_exports([path]).faults
    assert (fault.code, time.perf_counter() - start < 10) == ("ingest.unrecognised", True)
