"""A nation of two small provinces, from exports to reports: what is not touched is not made again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kbkit.demo import MARK
from kbkit.matching import load_register
from kbkit.parameters import BatchParameters
from kbkit.prepare import prepare_dataset
from kbkit.run import run_batch
from tests.bench.nation import choose_regencies, draw_truth, write_nation
from tests.bench.national import change_one_row, tell_batch
from tests.conftest import PROJECT

CODES = ("13.11", "13.74", "33.71", "33.73")
"""Of two provinces, 16 to 39 villages each."""


def test_all_regencies_are_the_register() -> None:
    codes = choose_regencies(514)
    assert len(set(codes)) == 514
    assert sum(len(load_register().regencies[code].villages) for code in codes) == 83_762
    truths = [draw_truth(code) for code in codes]
    lacking = sum(0 in truth.tiers for truth in truths)
    assert 100 < lacking < 300, "as in reality a good part of the regencies lacks a tier"


def test_few_regencies_are_of_several_provinces() -> None:
    assert sorted({code[:2] for code in choose_regencies(60)}) == sorted({code[:2] for code in choose_regencies(56)})
    assert len({code[:2] for code in choose_regencies(12)}) == 2


def test_a_province_has_the_same_files_whatever_stands_beside_it(tmp_path: Path) -> None:
    write_nation(tmp_path / "one", codes=CODES[:2])
    write_nation(tmp_path / "two", codes=(*CODES[:2], CODES[-1]))
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) > 20
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
        assert file.suffix == ".xlsx" or MARK in (tmp_path / "one" / file).read_text(encoding="utf-8")


@pytest.mark.slow
def test_one_changed_row_makes_one_report_and_its_summaries_anew(tmp_path: Path) -> None:
    write_nation(tmp_path / "exports", codes=CODES)
    parameters = BatchParameters(
        batch="nasional",
        dataset=tmp_path / "dataset",
        regencies=CODES,
        out=tmp_path / "outputs",
        notebook=PROJECT / "notebooks" / "regency_report.ipynb",
        formats=("html",),
        workers=2,
    )
    prepare_dataset(sources=[tmp_path / "exports"], out=tmp_path / "dataset")
    first = run_batch(parameters)
    told = tell_batch(first.folder)
    assert (told["endings"], told["ran"], told["failures"]) == ({"rendered": 4}, 7, [])
    assert [summary.code for summary in first.summaries] == ["13", "33", "province"]
    assert "Kota Magelang" not in (first.folder / "13" / "report.html").read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "dataset")
    prepare_dataset(sources=[tmp_path / "exports"], out=tmp_path / "dataset")
    assert run_batch(parameters).ran == ()
    changed = change_one_row(tmp_path / "exports")
    prepare_dataset(sources=[tmp_path / "exports"], out=tmp_path / "dataset")
    again = run_batch(parameters)
    assert changed.parent.parent.name == "13"
    assert again.ran[0] in CODES[:2]
    assert sorted(again.ran[1:]) == ["13", "province"]
    assert set(again.unchanged) == {*CODES, "33"} - {again.ran[0]}
