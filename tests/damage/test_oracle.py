"""The oracle catches what it is there to catch: a reader that yields wrong numbers, loses them, hangs, or breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kbkit.errors import Fault
from kbkit.ingest import Exports, Extract, read_exports
from tests.damage import oracle
from tests.damage.damage import Damage, Outcome
from tests.damage.oracle import Hang, Reading, judge, read_folder, reading_of
from tests.damage.specimen import Specimen

ANY = Damage(name="any", family="any", what="Any.", allowed=frozenset(Outcome), apply=lambda specimen, folder: True)

Break = Callable[[Extract], Extract]


def _table(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Break:
    return lambda extract: replace(extract, table=change(extract.table))


def _one_more(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(families=table["families"] + 1)


def _swapped(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(families=table["families_target"], families_target=table["families"])


def _shifted(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(families=table["families"].shift(1, fill_value=7))


BROKEN: dict[str, Break] = {
    "a number is one more": _table(_one_more),
    "two columns are swapped": _table(_swapped),
    "numbers stand in the next row": _table(_shifted),
    "a row is lost": _table(lambda table: table.iloc[1:]),
    "a cell is lost": _table(lambda table: table.assign(families=table["families"].where(table.index > 0))),
    "every row is lost": _table(lambda table: table.iloc[:0]),
    "another layout": lambda extract: replace(extract, layout="eppgbm"),
    "missing is zero": _table(lambda table: table.assign(families=0)),
}


@pytest.fixture
def verval(specimens: tuple[Specimen, ...], tmp_path: Path) -> Path:
    (specimen,) = (specimen for specimen in specimens if specimen.layout == "verval_krs")
    specimen.write(tmp_path, specimen.content())
    return tmp_path


def _broken_reading(monkeypatch: pytest.MonkeyPatch, folder: Path, change: Callable[[Exports], Exports]) -> Reading:
    read = read_exports
    monkeypatch.setattr(oracle, "read_exports", lambda paths: change(read(paths)))
    return read_folder(folder)


def _each(change: Break) -> Callable[[Exports], Exports]:
    return lambda exports: replace(exports, extracts=tuple(map(change, exports.extracts)))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_reader_is_caught(monkeypatch: pytest.MonkeyPatch, verval: Path, name: str) -> None:
    sound = read_folder(verval)
    assert judge(ANY, sound=sound, damaged=sound).outcome is Outcome.SAME
    damaged = _broken_reading(monkeypatch, verval, _each(BROKEN[name]))
    verdict = judge(ANY, sound=sound, damaged=damaged)
    assert verdict.outcome is Outcome.DIFFERENT
    assert verdict.complaints


def _with_fault(**fields: Any) -> Break:
    def change(extract: Extract) -> Extract:
        fault = Fault(code="ingest.not_a_count", file="x", **fields)
        return replace(extract, faults=(*extract.faults, fault))

    return change


def test_what_is_told_is_no_silent_loss(monkeypatch: pytest.MonkeyPatch, verval: Path) -> None:
    sound = read_folder(verval)
    lost = BROKEN["a cell is lost"]
    told = _broken_reading(monkeypatch, verval, _each(lambda extract: _with_fault(row=2)(lost(extract))))
    assert judge(ANY, sound=sound, damaged=told) == oracle.Verdict(outcome=Outcome.LESS)


def test_a_fault_of_another_row_does_not_tell(monkeypatch: pytest.MonkeyPatch, verval: Path) -> None:
    sound = read_folder(verval)
    lost = BROKEN["a cell is lost"]
    elsewhere = _broken_reading(monkeypatch, verval, _each(lambda extract: _with_fault(row=99)(lost(extract))))
    assert judge(ANY, sound=sound, damaged=elsewhere).outcome is Outcome.DIFFERENT


@pytest.mark.parametrize(
    "fault",
    [
        Fault(code="ingest.no_such_sentence", file="x"),
        Fault(code="ingest.empty_file"),
        Fault(code="ingest.not_a_count", file="x", found="\u200b12"),
    ],
)
def test_a_message_that_is_none_is_caught(verval: Path, fault: Fault) -> None:
    sound = read_folder(verval)
    damaged = replace(sound, faults=(fault,))
    assert judge(ANY, sound=sound, damaged=damaged).complaints


def test_an_outcome_that_is_not_allowed_is_caught(verval: Path) -> None:
    sound = read_folder(verval)
    strict = replace(ANY, allowed=frozenset({Outcome.REFUSED}))
    assert judge(strict, sound=sound, damaged=sound).complaints


def test_a_hang_is_ended(monkeypatch: pytest.MonkeyPatch, verval: Path) -> None:
    def wait(exports: Exports) -> Exports:
        time.sleep(5)
        return exports

    monkeypatch.setattr(oracle, "_HANG_SECONDS", 0.05)
    with pytest.raises(Hang):
        _broken_reading(monkeypatch, verval, wait)


def test_a_reading_of_nothing_is_nothing(verval: Path) -> None:
    assert reading_of(Exports(extracts=(), unread=(), faults=(), files=0)) == Reading(rows=(), faults=())
