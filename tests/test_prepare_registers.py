"""Registers on their way into the tidy table of indicators, and profiles beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import kbkit.ingest as ingest_module
import kbkit.prepare.profiles as profiles_module
from kbkit.dataset import read_regency
from kbkit.errors import InputError
from kbkit.ingest import LAYOUT_NAMES, LAYOUTS, read_exports
from kbkit.matching import load_register
from kbkit.prepare import PrepareReport, prepare_dataset
from kbkit.text import LANGUAGES, Catalogue

PLACE = "PROVINSI;KABUPATEN;KECAMATAN;KODE;KELURAHAN"
BAMBAIRA = "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2001;BAMBAIRA"
TAMPAURE = "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2003;TAMPAURE"
COLUMNS = ["village_code", "indicator", "period", "value"]
AKSI = "id;nama_kecamatan;nama_puskesmas;id_desa_bps;id_desa_dagri;nama_desa;jumlah_keluarga;"
AKSI += "jumlah_keluarga_beresiko_stunting;jumlah_balita;jumlah_balita_sangat_pendek;jumlah_balita_pendek"


def prepare(folder: Path) -> PrepareReport:
    report = prepare_dataset(sources=[folder], out=folder.parent / "D")
    for count in report.layouts:
        assert count.read == count.kept + count.unmatched + count.outside + count.refused
    return report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ekspor"
    folder.mkdir()
    return folder


def write(path: Path, headings: str, *rows: str) -> None:
    path.write_text("\n".join([headings, *rows, ""]), encoding="utf-8")


def indicators(folder: Path) -> list[list[object]]:
    table = read_regency(folder.parent / "D", regency="76.01").village_indicators
    return [[None if pd.isna(cell) else cell for cell in row] for row in table[COLUMNS].to_numpy().tolist()]


def test_months_stand_beside_each_other_and_are_not_summed(folder: Path) -> None:
    headings = f"{PLACE};PUS;UNMET NEED;BULAN"
    months = [f"{BAMBAIRA};{pus};-;{month}" for pus, month in ((507, "JULI"), (508, "AGUSTUS"), (600, "S.D. AGUSTUS"))]
    write(folder / "pus 2024.csv", headings, *months, f"{TAMPAURE};0;27;JULI")
    report = prepare(folder)
    assert indicators(folder) == [
        ["76.01.10.2001", "couples", "2024-01/2024-08", 600],
        ["76.01.10.2001", "couples", "2024-07", 507],
        ["76.01.10.2001", "couples", "2024-08", 508],
        ["76.01.10.2003", "couples", "2024-07", 0],  # zero is printed; the unmet need above is not, and has no row
        ["76.01.10.2003", "couples_unmet_need", "2024-07", 27],
    ]
    assert report.metadata.sources[0].dated == "2024-01/2024-08, 2024-07, 2024-08"


def test_of_two_files_the_first_holds_and_the_other_is_listed(folder: Path) -> None:
    headings = f"{PLACE};PUS;UNMET NEED;BULAN"
    write(folder / "a 2024.csv", headings, f"{BAMBAIRA};507;59;JULI")
    write(folder / "b 2024.csv", headings, f"{BAMBAIRA};999;99;JULI", f"{TAMPAURE};354;27;JULI")
    report = prepare(folder)
    assert [row[3] for row in indicators(folder)] == [507, 59, 354, 27]
    assert [(issue.code, issue.rows) for issue in report.issues] == [("quality.two_sources", 1)]


def test_undated_files_do_not_lose_rows(folder: Path) -> None:
    headings = f"{PLACE};Nama Posyandu"
    write(folder / "posyandu.csv", headings, f"{BAMBAIRA};MELATI", f"{BAMBAIRA};MAWAR", f"{TAMPAURE};MELATI")
    prepare(folder)
    assert [row[1:] for row in indicators(folder)] == [["posyandu", None, 2], ["posyandu", None, 1]]


def test_both_sexes_of_one_village_stand_together(folder: Path) -> None:
    from tests.ingest.test_registers import ages

    for name in ("laki-laki 2024.csv", "perempuan 2024.csv"):
        ages(folder / name)
    # The two files must not be one: equal bytes are read once.
    path = folder / "perempuan 2024.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert prepare(folder).issues == ()
    assert len(indicators(folder)) == 36


def test_the_last_four_digits_only_confirm(folder: Path) -> None:
    headings = f"{PLACE};PUS;UNMET NEED;BULAN"
    write(folder / "a 2024.csv", headings, "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2003;BAMBAIRA;507;59;JULI")
    report = prepare(folder)
    assert indicators(folder)[0][0] == "76.01.10.2001"
    assert [issue.code for issue in report.issues] == ["matching.tail_differs"]


def test_a_whole_code_confirms_by_its_last_digits(folder: Path) -> None:
    headings = f"{PLACE};PUS;UNMET NEED;BULAN"
    write(folder / "a 2024.csv", headings, "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;76.01.10.2001;BAMBAIRA;507;59;JULI")
    assert prepare(folder).issues == ()


def villages_of(regency: str, number: int) -> list[tuple[str, str, str]]:
    """Return kecamatan, name and the ten digits of some villages."""
    districts = load_register().regencies[regency].districts
    places = [(district.name, village) for district in districts for village in district.villages]
    return [(district, village.name, village.code.replace(".", "")) for district, village in places[:number]]


def aksi(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    lines = [
        f"{i};{district};PKM;{bps};{dagri};{name};9;3;5;1;2" for i, (district, name, bps, dagri) in enumerate(rows)
    ]
    write(path, AKSI, *lines)


@pytest.mark.parametrize("swapped", [False, True])
def test_names_decide_which_code_is_which(folder: Path, swapped: bool) -> None:
    rows = [
        (district, name, digits, f"12750{i:05d}") if swapped else (district, name, f"12750{i:05d}", digits)
        for i, (district, name, digits) in enumerate(villages_of("14.06", 12))
    ]
    aksi(folder / "aksi 2022.csv", rows)
    report = prepare(folder)
    assert set(report.metadata.regencies) == {"14.06"}
    (count,) = report.layouts
    assert (count.layout, count.kept) == ("convergence_action", 12)


def test_bps_1406_is_kampar_and_never_joins_rokan_hulu(folder: Path) -> None:
    # Digits that are villages of Rokan Hulu for Kemendagri, names that are villages of Kampar (Kemendagri 14.01).
    digits = [code for _, _, code in villages_of("14.06", 12)]
    kampar = [
        (district, name, code, code) for (district, name, _), code in zip(villages_of("14.01", 12), digits, strict=True)
    ]
    aksi(folder / "aksi 2022.csv", kampar)
    with pytest.raises(InputError):
        prepare(folder)
    (folder / "aksi 2022.csv").rename(folder / "aksi kabupaten kampar 2022.csv")
    report = prepare(folder)
    assert set(report.metadata.regencies) == {"14.01"}
    table = pd.read_parquet(folder.parent / "D" / "village_indicators")
    assert table["village_code"].str.startswith("14.01.").all()


@pytest.mark.real
@pytest.mark.slow
def test_everything_real_is_read_or_refused(real_data: Path) -> None:
    """A list of names that were found nowhere is no export; every other file is one, and is read."""
    exports = read_exports([real_data / name for name in ("kkb", "kovariat", "stunting", "sulbar")])
    assert {extract.layout for extract in exports.extracts} == {
        *("classification", "profile", "eppgbm", "verval_krs", "idm", "surveys", "kampung_kb_register"),
        *("data_house_register", "unmet_need", "poktan_members", "poktan_profile", "village_resources"),
        *("age_pyramid", "posyandu", "genting_target"),
    }
    assert [(item.label, item.fate) for item in exports.unread] == [("kkb/kkb_nama_tidak_cocok.csv", "unrecognised")]
    assert not any(extract.sheet.rows for extract in exports.extracts if extract.layout != "eppgbm")


@pytest.mark.real
def test_the_folder_of_sulawesi_barat(real_data: Path, tmp_path: Path) -> None:
    """All eleven files, 648 villages; sums as counted in the files with pandas."""
    report = prepare_dataset(sources=[real_data / "sulbar"], out=tmp_path / "D")
    assert all(source.layout not in ("unrecognised", "refused") for source in report.metadata.sources)
    assert len(report.metadata.sources) == 11
    for count in report.layouts:
        assert count.read == count.kept + count.unmatched + count.outside + count.refused
        assert count.unmatched <= 18
    table = pd.read_parquet(tmp_path / "D" / "village_indicators")
    sums = table.groupby("indicator")["value"].sum()
    assert sums[["kampung_kb", "data_houses", "population_male", "population_female"]].tolist() == [
        589,
        598,
        615_707,
        595_189,
    ]
    assert table.loc[table["indicator"] == "couples", "period"].unique().tolist() == [
        f"XXXX-0{i}" for i in range(1, 10)
    ]
    assert not table.duplicated(["village_code", "indicator", "period"]).any()


def test_every_fault_that_becomes_an_issue_has_its_label() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in Path(ingest_module.__file__).parent.glob("*.py"))
    source += Path(profiles_module.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"(ingest\.[a-z_]+)"', source))
    # These are of files and not of rows: they never reach the table of issues.
    whole = {code for code in codes if code.startswith(("ingest.mapping_", "ingest.unrecognised"))} | {
        f"ingest.{name}"
        for name in (
            *("cannot_open", "cannot_read", "date_unused", "doubled_heading", "empty_file", "lock_file"),
            *("no_such_source", "password", "personal_columns", "same_content", "too_large"),
            *("no_file", "swollen", "scattered", "quote_open", "hidden_sheet", "no_data_types", "unknown_data_source"),
        )
    }
    assert len(codes - whole) > 20
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        assert {code for code in codes - whole if f"{code}_label" not in catalogue} == set()
        assert all(f"ingest.layout_{name}" in catalogue for name in LAYOUT_NAMES)
        assert all(f"ingest.unrecognised_{layout.name}" in catalogue for layout in LAYOUTS)
