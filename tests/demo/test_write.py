from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kbkit.demo import DEMO_TRUTH, DemoReport, write_demo
from kbkit.errors import InputError
from kbkit.text.faults import describe_fault

SMALL = replace(DEMO_TRUTH, regencies=DEMO_TRUTH.regencies[2:3])


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_same_bytes(demo: DemoReport, tmp_path: Path) -> None:
    again = write_demo(out=tmp_path / "again")
    first, second = read_all(demo.folder), read_all(again.folder)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert again.faults == demo.faults


def test_another_seed_changes_every_export(tmp_path: Path) -> None:
    one = read_all(write_demo(out=tmp_path / "one", seed=1, truth=SMALL).folder)
    two = read_all(write_demo(out=tmp_path / "two", seed=2, truth=SMALL).folder)
    assert [name for name in one if one[name] == two[name]] == []


def test_report_names_the_files_and_counts_the_faults(demo: DemoReport) -> None:
    assert set(demo.files) == {
        path.relative_to(demo.exports).as_posix() for path in demo.exports.rglob("*") if path.is_file()
    }
    assert {fault.file for fault in demo.faults} <= set(demo.files)
    assert all(count > 0 for count in demo.fault_counts.values())
    assert sum(demo.fault_counts.values()) == len(demo.faults)


def test_truth_file_states_model_parameters_margins_and_faults(demo: DemoReport) -> None:
    stated = json.loads((demo.folder / "truth.json").read_text(encoding="utf-8"))
    assert stated["parameters"]["tier_slope"] == DEMO_TRUTH.tier_slope
    assert any("logit p_it" in line for line in stated["model"])
    for regency in DEMO_TRUTH.regencies:
        margins = stated["regencies"][regency.code]
        assert list(margins) == ["all_periods", *DEMO_TRUTH.periods]
        prevalence = list(margins["all_periods"]["prevalence_by_tier"].values())
        assert prevalence == sorted(prevalence, reverse=True)
    assert stated["fault_counts"] == Counter(fault["kind"] for fault in stated["faults"])


def test_an_older_demo_is_replaced_and_the_rest_of_its_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    write_demo(out=out, seed=1, truth=SMALL)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "exports" / "old.csv").write_text("old", encoding="utf-8")
    write_demo(out=out, seed=2, truth=SMALL)
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (out / "exports" / "old.csv").exists()
    assert json.loads((out / "truth.json").read_text(encoding="utf-8"))["seed"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "real.xlsx").write_bytes(b"real")
    with pytest.raises(InputError) as caught:
        write_demo(out=tmp_path, truth=SMALL)
    assert (tmp_path / "exports" / "real.xlsx").read_bytes() == b"real"
    assert "--out" in describe_fault(caught.value.faults[0], language="id")
    assert "--out" in describe_fault(caught.value.faults[0], language="en")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert write_demo(out=tmp_path, truth=SMALL).folder == tmp_path
