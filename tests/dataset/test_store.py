"""The dataset on disk: one call a table, whole or nothing, missing stays missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kbkit.dataset import TABLES, Metadata, read_regency, write_dataset
from kbkit.errors import DatasetError
from tests.analysis.regencies import frame, measure, village


def tables(**rows: list[dict[str, object]]) -> dict[str, pd.DataFrame]:
    return {name: frame(name, rows.get(name, [])) for name in TABLES}


def metadata(**regencies: str) -> Metadata:
    names = {code.replace("_", "."): name for code, name in regencies.items()} or {"33.16": "Kabupaten Blora"}
    return Metadata(
        tool_version="0",
        register_name="r",
        register_vintage="2025",
        data_status="actual",
        sources=(),
        tables={},
        regencies={code.removeprefix("r"): name for code, name in names.items()},
    )


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "kumpulan data"
    stunting = [
        measure("33.16.01.2001", target=50, measured=None, stunted=None),
        measure("33.16.01.2002", target=0, measured=0, stunted=0),
    ]
    other = village(1) | {"regency_code": "14.10", "regency_name": "Kabupaten Kepulauan Meranti"}
    write_dataset(
        folder,
        tables=tables(villages=[village(1), village(2), other], stunting=stunting),
        metadata=metadata(r33_16="Kabupaten Blora", r14_10="Kabupaten Kepulauan Meranti"),
    )
    return folder


def test_pandas_reads_a_table_with_one_call(dataset: Path) -> None:
    villages = pd.read_parquet(dataset / "villages")
    assert sorted(villages["regency_code"]) == ["14.10", "33.16", "33.16"]  # text: 14.10 did not become 14.1
    assert pd.read_parquet(dataset / "tiers").columns[0] == "village_code"  # an empty table is one, too


def test_missing_and_zero_come_back_as_they_were(dataset: Path) -> None:
    stunting = read_regency(dataset, regency="33.16").stunting
    assert stunting["children_measured"].tolist() == [pd.NA, 0]
    assert str(stunting["children_measured"].dtype) == "Int64"


def test_a_regency_holds_only_its_own_rows(dataset: Path) -> None:
    data = read_regency(dataset, regency="14.10")
    assert data.villages["regency_code"].tolist() == ["14.10"]
    assert data.stunting.empty
    assert list(data.stunting.columns) == TABLES["stunting"].names


def test_the_same_tables_give_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    data = {name: pd.read_parquet(dataset / name) for name in TABLES}
    shuffled = {
        name: rows.astype({"regency_code": "str"}) if len(rows) else frame(name, []) for name, rows in data.items()
    }
    write_dataset(
        again, tables=shuffled, metadata=metadata(r33_16="Kabupaten Blora", r14_10="Kabupaten Kepulauan Meranti")
    )
    for file in sorted(path for path in dataset.rglob("*") if path.is_file()):
        assert file.read_bytes() == (again / file.relative_to(dataset)).read_bytes(), file.name


def test_a_foreign_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "skripsi.docx").write_text("penting", encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        write_dataset(tmp_path, tables=tables(), metadata=metadata())
    assert caught.value.faults[0].code == "dataset.not_a_dataset"
    assert (tmp_path / "skripsi.docx").read_text(encoding="utf-8") == "penting"


def test_a_write_that_fails_leaves_the_old_dataset(dataset: Path) -> None:
    broken = tables(villages=[village(1)])
    broken["villages"] = broken["villages"].assign(village_name=pd.Series([["a", "list"]], dtype="object"))
    with pytest.raises(Exception, match="list"):
        write_dataset(dataset, tables=broken, metadata=metadata())
    assert len(read_regency(dataset, regency="33.16").villages) == 2


def test_a_broken_partition_says_which_and_what_to_do(dataset: Path) -> None:
    file = dataset / "stunting" / "regency_code=33.16" / "part-0.parquet"
    file.write_bytes(b"not parquet")
    with pytest.raises(DatasetError) as caught:
        read_regency(dataset, regency="33.16")
    (fault,) = caught.value.faults
    assert fault.code == "dataset.partition_unreadable"
    assert fault.file == str(file)
    assert read_regency(dataset, regency="14.10").name == "Kabupaten Kepulauan Meranti"


def test_an_unknown_regency_names_the_known(dataset: Path) -> None:
    with pytest.raises(DatasetError) as caught:
        read_regency(dataset, regency="33.61")
    assert caught.value.faults[0].allowed == "14.10, 33.16"
