"""The whole way from exports to a dataset, small; and on the national export where the real files are."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kbkit.prepare as prepare_module
from kbkit.dataset import read_regency
from kbkit.domain.tiers import SCORES, classify_scores
from kbkit.errors import DatasetError, InputError
from kbkit.ingest import read_exports
from kbkit.matching import load_register
from kbkit.prepare import PrepareReport, Step, prepare_dataset
from kbkit.text import LANGUAGES, Catalogue, describe_fault
from tests.ingest.writing import (
    BERKELANJUTAN,
    DASAR,
    EPPGBM_HEADINGS,
    VERVAL_COUNTS,
    VERVAL_HEADINGS,
    classification_row,
    eppgbm_row,
    html_table,
    write_classification,
    write_workbook,
)

TENGAH = ("SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH")
HEIGHTS = [2, 3, 40, 1, 4]


@pytest.fixture
def villages() -> dict[str, str]:
    """Four villages of one kecamatan of Kota Pariaman by name."""
    district = next(item for item in load_register().regencies["13.77"].districts if item.name == "Pariaman Tengah")
    return {village.name.upper(): village.code for village in district.villages[:4]}


@pytest.fixture
def folder(tmp_path: Path, villages: dict[str, str]) -> Path:
    """A folder with one export of every layout."""
    first, second, third, fourth = villages
    folder = tmp_path / "ekspor"
    folder.mkdir()
    rows = [
        classification_row(first, DASAR, place=TENGAH),
        classification_row(first, BERKELANJUTAN, place=TENGAH),
        classification_row(second, DASAR, place=TENGAH),
        classification_row(second, DASAR, place=TENGAH),
        classification_row("TIDAK ADA DI MANA PUN", DASAR, place=TENGAH),
    ]
    write_classification(folder / "klasifikasi_2022-06-13.xlsx", rows)
    table = html_table(
        [
            eppgbm_row("1", "PARIAMAN", first, HEIGHTS),
            eppgbm_row("2", "PARIAMAN", second, ["-"] * 5),
            eppgbm_row("3", "PARIAMAN", third, [0, 0, 60, 0, 0]),
            eppgbm_row("4", "PARIAMAN", third, [1, 0, 60, 0, 0]),
            ["Kota Pariaman", "", "", *[""] * 5, 2, 3, 100, 1, 4, *[""] * 6],
        ]
    )
    (folder / "eppgbm.xls").write_text(table, encoding="utf-8")
    targets: list[list[Any]] = [["No", "Puskesmas", "Desa", "Sasaran Laki", "Sasaran Perempuan", "Sasaran Total"]]
    targets += [[1, "PARIAMAN", first, 30, 31, 61], [2, "PARIAMAN", fourth, 5, 5, 10]]
    write_workbook(folder / "sasaran_kota_pariaman.xlsx", targets)
    place = ";".join((*TENGAH, villages[first][-4:], first))
    krs = f"{VERVAL_HEADINGS}\n0;{place};{VERVAL_COUNTS};Sem 2 2024\n"
    (folder / "krs.csv").write_text(krs, encoding="utf-8")
    idm = f"kode,idm,iks,ike,ikl,status\n{villages[fourth]},0.7,0.7,0.7,0.7,3\n33.16.01.2001,0.7,0.7,0.7,0.7,3\n"
    idm += "13.77.99.2001,0.7,0.7,0.7,0.7,3\n"
    (folder / "idm2024.csv").write_text(idm, encoding="utf-8")
    survey = "kode_kemendagri,wilayah,tahun,survei,prevalensi_persen,sumber,catatan\n"
    survey += "13.77,Kota Pariaman,2022,SSGI,18.4,contoh,\n13,Sumatera Barat,2022,SSGI,25.2,contoh,\n"
    survey += "13.77,Padang Pariaman,2022,SSGI,19,contoh,\n"
    (folder / "survei.csv").write_text(survey, encoding="utf-8")
    return folder


def prepare(folder: Path, out: Path) -> PrepareReport:
    return prepare_dataset(sources=[folder], out=out)


def test_every_row_is_accounted_for(folder: Path, tmp_path: Path) -> None:
    report = prepare(folder, tmp_path / "D")
    account = {
        count.layout: (count.read, count.kept, count.unmatched, count.outside, count.refused)
        for count in report.layouts
    }
    assert account == {
        "classification": (5, 2, 1, 0, 2),  # one repeated row, one lower Kampung KB
        "eppgbm": (4, 2, 2, 0, 0),  # two rows claim one village with different counts
        "eppgbm_targets": (2, 1, 0, 0, 1),  # a target without a measurement
        "verval_krs": (1, 1, 0, 0, 0),
        "idm": (3, 1, 1, 1, 0),
        "surveys": (3, 1, 1, 1, 0),
    }
    for source in report.metadata.sources:
        assert source.rows_read == source.rows_kept + sum(refusal.rows for refusal in source.refused)
    assert (report.tiers_recomputed, report.tiers_confirmed) == (5, 5)
    assert report.metadata.regencies == {"13.77": "Kota Pariaman"}


def values(table: pd.DataFrame, village: str, *columns: str) -> list[Any]:
    (row,) = table.loc[table["village_code"] == village, list(columns)].to_dict("records")
    return list(row.values())


def test_tables(folder: Path, tmp_path: Path, villages: dict[str, str]) -> None:
    prepare(folder, tmp_path / "D")
    data = read_regency(tmp_path / "D", regency="13.77")
    codes = list(villages.values())
    assert len(data.villages) == 71
    assert values(data.tiers, codes[0], "tier", "kampung_kb_count", "source_row") == ["berkelanjutan", 2, 3]
    assert values(data.tiers, codes[1], "tier", "kampung_kb_count") == ["dasar", 1]
    columns = ["period", "children_target", "children_measured", "children_stunted", "children_severely_stunted"]
    assert values(data.stunting, codes[0], *columns) == ["2024-08", 61, 46, 5, 2]
    assert pd.isna(values(data.stunting, codes[1], *columns[1:])).all()
    assert data.families["families_at_risk"].tolist() == [190]
    assert data.village_index["village_code"].tolist() == [codes[3]]
    assert data.surveys["prevalence"].tolist() == [0.184]
    reasons = data.unmatched.groupby("reason").size().to_dict()
    assert reasons == {
        "matching.claimed_twice": 2,
        "matching.code_name_differs": 1,
        "matching.code_unknown": 1,
        "matching.village_unknown": 1,
    }
    found = set(data.issues["code"])
    assert {
        "quality.several_kampung_kb",
        "quality.row_repeated",
        "quality.not_measured",
        "quality.total_differs",
    } <= found


def test_the_same_sources_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    prepare(folder, tmp_path / "one")
    prepare(folder, tmp_path / "two")
    one, two = (
        {
            path.relative_to(tmp_path / name).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_a_later_export_of_one_period_wins(tmp_path: Path, villages: dict[str, str]) -> None:
    first = next(iter(villages))
    for name, stamp, heights in (("a", "2024-08-30", [1, 0, 9, 0, 0]), ("b", "2024-08-05", HEIGHTS)):
        rows = [eppgbm_row("1", "PARIAMAN", first, heights), ["Kota Pariaman", *[""] * 18]]
        (tmp_path / f"{name}.xls").write_text(html_table(rows, stamp=stamp), encoding="utf-8")
    report = prepare_dataset(sources=[tmp_path / "a.xls", tmp_path / "b.xls"], out=tmp_path / "D")
    table = pd.read_parquet(tmp_path / "D" / "stunting")
    assert table["children_measured"].tolist() == [10]
    assert [(count.code, count.rows) for count in report.issues if "superseded" in count.code] == [
        ("quality.superseded", 1)
    ]


def test_a_regency_that_nothing_names_is_asked_for(tmp_path: Path, villages: dict[str, str]) -> None:
    rows = [["Data Tanggal : 2024-01-17"], *EPPGBM_HEADINGS, eppgbm_row("1", "P", next(iter(villages)), HEIGHTS)]
    folder = tmp_path / "unduhan"
    folder.mkdir()
    path = write_workbook(folder / "eppgbm.xlsx", rows)
    with pytest.raises(InputError) as caught:
        prepare_dataset(sources=[path], out=tmp_path / "D")
    assert [fault.code for fault in caught.value.faults] == ["matching.regency_unknown_file"]
    named = path.rename(folder / "eppgbm_kota_pariaman.xlsx")
    assert prepare_dataset(sources=[named], out=tmp_path / "D").metadata.regencies == {"13.77": "Kota Pariaman"}


def test_a_table_without_a_year_beside_others_is_asked_for(folder: Path, tmp_path: Path) -> None:
    """A source that gives no row must not take the batch with it."""
    rows = "kode,idm,iks,ike,ikl,status\n13.77.01.2001,0.7,0.7,0.7,0.7,4\n"
    (folder / "indeks.csv").write_text(rows, encoding="utf-8")
    report = prepare_dataset(sources=[folder], out=tmp_path / "dataset")
    assert "ingest.year_unknown" in {fault.code for fault in report.faults}
    assert report.metadata.tables["village_index"] == 1  # that of the folder's other file, whose name holds a year
    assert report.metadata.tables["tiers"] > 0


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(InputError) as caught:
        prepare_dataset(sources=[tmp_path / "kosong"], out=tmp_path / "D")
    assert [fault.code for fault in caught.value.faults] == ["ingest.nothing_to_read"]
    assert not (tmp_path / "D").exists()


def test_a_folder_that_is_no_dataset_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError):
        prepare(folder, folder)
    assert (folder / "krs.csv").exists()


def test_simulated_files_make_a_simulated_dataset(tmp_path: Path, villages: dict[str, str]) -> None:
    row = classification_row(next(iter(villages)), place=TENGAH)
    write_classification(tmp_path / "a_2022-06-13.xlsx", [row], sheet="DATA SIMULASI")
    assert prepare_dataset(sources=[tmp_path], out=tmp_path / "D").metadata.data_status == "simulated"
    write_classification(tmp_path / "b_2022-07-13.xlsx", [row])
    sources = [tmp_path / "a_2022-06-13.xlsx", tmp_path / "b_2022-07-13.xlsx"]
    assert prepare_dataset(sources=sources, out=tmp_path / "D").metadata.data_status == "mixed"


def test_steps_are_told(folder: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    prepare_dataset(sources=[folder], out=tmp_path / "D", progress=steps.append)
    assert [step.done for step in steps if step.stage == "read"] == [0, 1, 2, 3, 4, 5]
    assert {step.stage for step in steps} == {"read", "match", "write"}


def test_every_message_can_be_said(folder: Path, tmp_path: Path) -> None:
    (folder / "klasifikasi.xlsx").write_bytes(
        write_classification(tmp_path / "k.xlsx", [classification_row("X")]).read_bytes()
    )
    report = prepare(folder, tmp_path / "D")
    unmatched = pd.read_parquet(tmp_path / "D" / "unmatched")
    assert report.faults
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        assert all(describe_fault(fault, language=language) for fault in report.faults)
        assert all(f"{count.code}_label" in catalogue for count in report.issues)
        assert all(f"matching.method_{method}" in catalogue for method in report.methods)
        assert all(f"ingest.layout_{source.layout}" in catalogue for source in report.metadata.sources)
        assert all(reason in catalogue for reason in unmatched["reason"])


def test_every_code_in_the_source_has_a_sentence_in_both_languages() -> None:
    package = Path(prepare_module.__file__).parent.parent
    literal = re.compile(r'"((?:ingest|matching|quality|review)\.[a-z_]+)"')
    codes = {
        code
        for room in ("ingest", "matching", "quality", "review", "prepare")
        for file in (package / room).glob("*.py")
        for code in literal.findall(file.read_text(encoding="utf-8"))
    } - {"kbkit.matching", "kbkit.review", "quality.csv", "quality.html"}
    assert len(codes) > 50
    for language in LANGUAGES:
        assert {code for code in codes if code not in Catalogue(language)} == set()


@pytest.mark.real
@pytest.mark.slow
def test_the_rule_gives_every_printed_tier_of_the_national_export(real_data: Path) -> None:
    """Counts of tiers in the export of 13 June 2022: 11,098 / 2,693 / 1,012 / 1,989."""
    (extract,) = read_exports([real_data / "kkb" / "kkb_klasifikasi_nasional_2022-06-13.xlsx"]).extracts
    assert extract.date == dt.date(2022, 6, 13)
    assert extract.faults == ()
    for row in extract.table.to_dict("records"):
        *indices, tier = classify_scores({name: int(row[name]) for name in SCORES})
        assert tier == row["tier"]
        assert [float(index) for index in indices] == [row["index_input"], row["index_process"], row["index_output"]]
    assert extract.table["tier"].value_counts().to_dict() == {
        "dasar": 11_098,
        "berkembang": 2_693,
        "berkelanjutan": 1_989,
        "mandiri": 1_012,
    }
