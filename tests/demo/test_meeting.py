"""The demo's plan of an earlier meeting comes in by the front door."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kbkit.cli.app import main
from kbkit.demo import write_demo
from kbkit.demo.meeting import FOLDER, REGENCIES
from kbkit.results.findings import Findings


def test_progress_stands_in_the_reports_of_those_who_met(demo_findings: dict[str, Findings]) -> None:
    for code, findings in demo_findings.items():
        progress = findings.priorities.progress
        assert (progress is not None) == (code in REGENCIES)
        if progress is not None:
            total = progress.total
            assert progress.meeting == dt.date(2023, 9, 14)
            assert total.planned == total.done + total.running + total.late + total.dropped + total.not_reported
            assert min(total.done, total.late, total.dropped, total.changed) > 0
            assert sum(agency.planned for agency in progress.agencies) == total.planned


def test_rakor_read_says_what_a_workbook_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = write_demo(out=tmp_path / "demo").exports / FOLDER / "rakor_blora_2023-09-14.xlsx"
    assert main(["rakor", "read", str(workbook)]) == 0
    said = capsys.readouterr().out
    assert "24 butir rencana (7 selesai, 8 berjalan, 3 dibatalkan, 6 belum dilaporkan); 5 diubah" in said


def test_rakor_read_refuses_another_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "catatan.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    assert main(["rakor", "read", str(other)]) == 2
    assert "bukan buku kerja rencana bersama" in capsys.readouterr().out
