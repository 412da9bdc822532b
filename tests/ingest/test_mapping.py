from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kbkit.errors import InputError
from kbkit.ingest import propose_mapping, read_exports, read_mapping, write_mapping
from kbkit.ingest.mapping import mapping_path
from kbkit.ingest.meanings import likeness
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import write_workbook

HEADINGS = ["No", "Kec.", "Nama Desa / Kelurahan", "Jml PUS", "Unmet Need", "Luas Wilayah (km2)", "Keterangan"]
ROWS = [
    [1, "Bambaira", "Bambaira", 507, 59, 12.5, "rapat hari Senin"],
    [2, "Bambaira", "Tampaure", "1.354", "-", 8.25, ""],
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows: list[list[Any]] = [["Data PUS Kabupaten Pasangkayu"], [], HEADINGS, *ROWS]
    return write_workbook(tmp_path / "data kab pasangkayu 2024.xlsx", rows, sheet="Data")


def test_a_proposal(table: Path) -> None:
    mapping = propose_mapping(table)
    assert (mapping.sheet, mapping.heading_row) == ("Data", 3)
    assert {column.heading: column.means for column in mapping.columns} == dict(
        zip(HEADINGS, ["ignore", "district", "village", "couples", "couples_unmet_need", "area", "ignore"], strict=True)
    )
    assert all(column.score is None or 0.85 <= column.score <= 1 for column in mapping.columns)


def test_without_a_mapping_the_table_stays_unrecognised(table: Path) -> None:
    assert read_mapping(table) is None
    assert read_exports([table]).extracts == ()


def test_the_mapping_is_used_from_then_on(table: Path, tmp_path: Path) -> None:
    path = write_mapping(propose_mapping(table), path=table)
    assert path == mapping_path(table) == tmp_path / "data kab pasangkayu 2024.xlsx.kbkit.yaml"
    report = prepare_dataset(sources=[tmp_path], out=tmp_path / "keluar" / "D")
    assert (report.files, [count.layout for count in report.layouts]) == (1, ["mapped"])
    values = pd.read_parquet(tmp_path / "keluar" / "D" / "village_indicators")
    assert values[["village_code", "indicator", "period", "value"]].to_numpy().tolist() == [
        ["76.01.10.2001", "area", "2024", 12.5],
        ["76.01.10.2001", "couples", "2024", 507],
        ["76.01.10.2001", "couples_unmet_need", "2024", 59],
        ["76.01.10.2003", "area", "2024", 8.25],
        ["76.01.10.2003", "couples", "2024", 1354],
    ]


def test_a_person_may_correct_it(table: Path) -> None:
    path = write_mapping(propose_mapping(table), path=table)
    path.write_text(path.read_text(encoding="utf-8").replace("means: couples\n", "means: users_modern\n"))
    (extract,) = read_exports([table]).extracts
    assert extract.table["users_modern"].tolist() == [507, 1354]


FAULTS = {
    "ingest.mapping_unknown_meaning": ("means: couples\n", "means: pasangan\n"),
    "ingest.mapping_meaning_twice": ("means: area\n", "means: couples\n"),
    "ingest.mapping_without_village": ("means: village\n", "means: ignore\n"),
    "ingest.mapping_column_missing": ("heading: Jml PUS", "heading: Jumlah PUS"),
    "ingest.mapping_sheet_missing": ("sheet: Data", "sheet: Lain"),
    "ingest.mapping_unreadable": ("columns:", "columns: ["),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_mapping_that_cannot_be_followed_is_refused(table: Path, code: str) -> None:
    path = write_mapping(propose_mapping(table), path=table)
    path.write_text(path.read_text(encoding="utf-8").replace(*FAULTS[code]), encoding="utf-8")
    exports = read_exports([table])
    assert exports.extracts == ()
    assert [fault.code for fault in exports.faults] == [code]
    assert exports.unread[0].fate == "refused"


def test_an_unknown_meaning_names_the_nearest(table: Path) -> None:
    path = write_mapping(propose_mapping(table), path=table)
    path.write_text(path.read_text(encoding="utf-8").replace("means: couples\n", "means: couple\n"))
    with pytest.raises(InputError) as caught:
        read_mapping(table)
    assert caught.value.faults[0].nearest == "couples"


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["No", "Nama Kegiatan", "Anggaran"], "ingest.mapping_without_village"),
        (["Kecamatan", "Desa", "NIK", "PUS"], "ingest.personal_columns"),
    ],
)
def test_what_cannot_be_mapped(tmp_path: Path, headings: list[str], code: str) -> None:
    path = write_workbook(tmp_path / "x.xlsx", [headings, ["Bambaira", "Tampaure", 3, 4][: len(headings)]])
    with pytest.raises(InputError) as caught:
        propose_mapping(path)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_column_of_words_is_no_count(tmp_path: Path) -> None:
    rows = [["Kecamatan", "Desa", "PUS"], ["Bambaira", "Tampaure", "banyak"]]
    mapping = propose_mapping(write_workbook(tmp_path / "x.xlsx", rows))
    assert [column.means for column in mapping.columns] == ["district", "village", "ignore"]


def test_likeness() -> None:
    assert likeness("JML. PUS", ("PUS",)) == 1
    assert likeness("Luas_Wilayah", ("LUAS WILAYAH",)) == 1
    assert likeness("Kesertaan BKR", ("KESERTAAN BKB",)) > likeness("Sasaran BKR", ("KESERTAAN BKB",))
    assert likeness("", ("PUS",)) == 0
