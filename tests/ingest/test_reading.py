"""Files read in several processes give what one process gives, in the same order."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pandas as pd
import pytest

from kbkit.ingest import read_exports
from kbkit.ingest.reading import FILES_A_WORKER, map_in_order
from tests.ingest.writing import VERVAL_COUNTS, VERVAL_HEADINGS

MANY = 2 * FILES_A_WORKER


def double_here(task: int) -> int:
    """Double a number, but only in the first process: another one ends at once, as if it were killed."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return 2 * task


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_few_tasks_need_no_process(workers: int) -> None:
    assert list(map_in_order(double_here, range(MANY - 1), workers=workers)) == [2 * n for n in range(MANY - 1)]


def test_what_killed_processes_left_is_done_here() -> None:
    assert list(map_in_order(double_here, range(MANY), workers=2)) == [2 * n for n in range(MANY)]


def test_several_processes_change_nothing(tmp_path: Path) -> None:
    place = "0;SUMATERA BARAT;KOTA PARIAMAN;PARIAMAN TENGAH;1001"
    for number in range(MANY - 3):
        rows = f"{VERVAL_HEADINGS}\n{place};KARAN AUR {number};{VERVAL_COUNTS};Sem 2 2024\n"
        (tmp_path / f"krs_{number:02d}.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "a_sama.csv").write_bytes((tmp_path / "krs_07.csv").read_bytes())
    (tmp_path / "b_rusak.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "c_pribadi.csv").write_text("NIK;Nama\n1;2\n", encoding="utf-8")
    told: list[tuple[int, int, str]] = []
    one = read_exports([tmp_path])
    two = read_exports([tmp_path], workers=2, on_file=lambda *step: told.append(step))
    assert (two.unread, two.faults, two.files) == (one.unread, one.faults, one.files)
    assert [extract.sheet for extract in two.extracts] == [extract.sheet for extract in one.extracts]
    for a, b in zip(one.extracts, two.extracts, strict=True):
        pd.testing.assert_frame_equal(a.table, b.table)
    assert [done for done, total, _ in told if total == MANY] == list(range(MANY))
    assert {"ingest.same_content", "ingest.cannot_read", "ingest.personal_columns"} <= {f.code for f in one.faults}
