"""Tables written some regencies at a time are those written at once; nothing is put in place before the end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kbkit.dataset import TABLES, read_regency, write_dataset, writing_dataset
from tests.analysis.regencies import measure, village
from tests.dataset.test_store import metadata, tables

ABOUT = metadata(r33_16="Kabupaten Blora", r14_10="Kabupaten Kepulauan Meranti")


def of_blora() -> dict[str, pd.DataFrame]:
    return tables(
        villages=[village(1), village(2)], stunting=[measure("33.16.01.2001", target=5, measured=4, stunted=1)]
    )


def of_meranti() -> dict[str, pd.DataFrame]:
    return tables(villages=[village(1) | {"regency_code": "14.10", "regency_name": "Kabupaten Kepulauan Meranti"}])


def contents(dataset: Path) -> dict[str, bytes]:
    return {str(path.relative_to(dataset)): path.read_bytes() for path in dataset.rglob("*") if path.is_file()}


def test_in_two_goes_the_same_bytes_are_written(tmp_path: Path) -> None:
    first, second = of_blora(), of_meranti()
    both = {name: pd.concat([second[name], first[name]], ignore_index=True) for name in TABLES}
    write_dataset(tmp_path / "once", tables=both, metadata=ABOUT, documents={"a.txt": b"a"})
    with writing_dataset(tmp_path / "twice") as writer:
        writer.write_tables(first)
        writer.write_tables(second)
        assert writer.rows["villages"] == 3
        assert writer.rows["tiers"] == 0
        writer.write_account(ABOUT, documents={"a.txt": b"a"})
    assert contents(tmp_path / "twice") == contents(tmp_path / "once")


def stop_halfway(folder: Path) -> None:
    with writing_dataset(folder) as writer:
        writer.write_tables(of_meranti())
        raise KeyboardInterrupt


def test_one_that_stops_halfway_leaves_the_old_dataset_and_nothing_beside_it(tmp_path: Path) -> None:
    write_dataset(tmp_path / "D", tables=of_blora(), metadata=ABOUT)
    before = contents(tmp_path / "D")
    with pytest.raises(KeyboardInterrupt):
        stop_halfway(tmp_path / "D")
    assert contents(tmp_path / "D") == before
    assert [path.name for path in tmp_path.iterdir()] == ["D"]
    assert len(read_regency(tmp_path / "D", regency="33.16").villages) == 2
