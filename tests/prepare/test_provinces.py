"""Provinces are assembled in rounds that bound what is held; in how many changes nothing."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kbkit.prepare.dataset as dataset_module
from kbkit.ingest import take_exports
from kbkit.matching import load_register
from kbkit.prepare import Step, prepare_dataset
from kbkit.prepare.dataset import rounds_of
from kbkit.prepare.folded import Folded, fold
from kbkit.prepare.part import Part
from kbkit.prepare.placed import Placed
from kbkit.prepare.placing import place_source
from kbkit.prepare.provinces import Provinces, assemble_provinces
from tests.ingest.writing import BERKELANJUTAN, DASAR, classification_row, eppgbm_row, html_table, write_classification

DISTRICTS = {"13.77": "13.77.02", "33.16": "33.16.09", "14.10": "14.10.02"}
NO_SCORES = ("",) * 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Exports of three provinces: one file for all of them, one with a printed total for each, doubts of every kind."""
    register = load_register()
    folder = tmp_path / "ekspor"
    folder.mkdir()
    rows: list[list[Any]] = []
    for code, district_code in DISTRICTS.items():
        regency = register.regencies[code]
        district = next(item for item in regency.districts if item.code == district_code)
        place = (regency.province_name.upper(), regency.name.upper(), district.name.upper())
        first, second, *_ = (village.name.upper() for village in district.villages)
        # No row of one of the provinces has its scores.
        blank = (*NO_SCORES, *DASAR[12:]) if code == "14.10" else None
        rows += [
            classification_row(first, blank or DASAR, place=place),
            classification_row(first, blank or BERKELANJUTAN, place=place),
            classification_row(second, blank or (*BERKELANJUTAN[:-1], "Mandiri"), place=place),
            classification_row("TIDAK ADA DI MANA PUN", blank or DASAR, place=place),
        ]
        table = html_table(
            [
                eppgbm_row("1", district.name, first, [2, 3, 40, 1, 4]),
                eppgbm_row("2", district.name, second, ["x"] * 5),
                [regency.name, "", "", *[""] * 5, 2, 3, 100, 1, 4, *[""] * 6],
            ]
        )
        (folder / f"eppgbm_{code}.xls").write_text(table, encoding="utf-8")
    rows.append(classification_row("BARU", DASAR, place=("ANTAH BERANTAH", "TIDAK ADA", "TIDAK ADA")))
    write_classification(folder / "klasifikasi_2022-06-13.xlsx", rows)
    return folder


def contents(dataset: Path) -> dict[str, bytes]:
    return {str(path.relative_to(dataset)): path.read_bytes() for path in dataset.rglob("*") if path.is_file()}


def test_one_province_at_a_time_gives_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_dataset(sources=[folder], out=tmp_path / "together")
    steps: list[Step] = []
    monkeypatch.setattr(dataset_module, "AT_ONCE", 1)
    prepare_dataset(sources=[folder], out=tmp_path / "apart", progress=steps.append)
    # 13, 14, 33, and the rows whose regency nobody could tell.
    assert [step.total for step in steps if step.stage == "write"] == [4] * 4
    assert contents(tmp_path / "apart") == contents(tmp_path / "together")


def test_a_round_lets_go_of_the_one_before(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps the rows or tables of a province keeps, at the end, those of the nation."""
    kept: list[weakref.ref[pd.DataFrame]] = []

    def watched(parts: list[Part], *, regencies: list[str]) -> Provinces:
        gc.collect()
        assert [ref() for ref in kept if ref() is not None] == []
        made = assemble_provinces(parts, regencies=regencies)
        large = [made.tables[name] for name in ("tiers", "stunting", "villages", "matches")]
        kept.extend(weakref.ref(frame) for frame in (*large, *(part.matched.rows for part in parts)))
        return made

    monkeypatch.setattr(dataset_module, "AT_ONCE", 1)
    monkeypatch.setattr(dataset_module, "assemble_provinces", watched)
    prepare_dataset(sources=[folder], out=tmp_path / "D")
    assert len(kept) > 16


def test_of_a_file_only_folded_rows_are_sent(folder: Path) -> None:
    """What a process that reads hands over: no cells, no table, and no frame that is not folded."""
    taken, exports = take_exports([folder], take=partial(place_source, today=None, decisions=fold({})))
    assert exports.extracts == ()
    assert len(taken) == 4
    for source in taken:
        assert isinstance(source, Placed)
        assert source.extract.sheet.rows == ()
        assert source.extract.table.empty
        assert not source.extract.table.columns.size
        assert all(isinstance(part, Folded) for part in source.parts.values())
    assert [sorted(source.parts) for source in taken if isinstance(source, Placed)] == [
        ["13"],
        ["14"],
        ["33"],
        ["00", "13", "14", "33"],
    ]


@given(st.dictionaries(st.sampled_from([f"{number:02d}" for number in range(11, 97)]), st.integers(0, 100)))
def test_rounds_hold_every_province_once_and_no_more_than_they_may(sizes: dict[str, int]) -> None:
    waiting = {code: [Folded[Part](content=b"", size=size)] for code, size in sizes.items()}
    rounds = rounds_of(waiting, at_once=50)
    assert [code for members in rounds for code in members] == sorted(sizes)
    assert all(members and (len(members) == 1 or sum(sizes[code] for code in members) <= 50) for members in rounds)


def test_what_is_folded_comes_back() -> None:
    value = {"names": ["Alai Gelombang"] * 1000, "none": None}
    folded = fold(value)
    assert folded.unfold() == value
    assert len(folded.content) < folded.size / 4
