"""Printed percentages of e-PPGBM, from the cells of a workbook to an issue with its row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from kbkit.matching import load_register
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import EPPGBM_HEADINGS, eppgbm_row, write_workbook


def test_a_printed_percentage_that_does_not_follow_is_an_issue(tmp_path: Path) -> None:
    district = next(item for item in load_register().regencies["13.77"].districts if item.name == "Pariaman Tengah")
    first, second, third, fourth = (village.name.upper() for village in district.villages[:4])
    heights = [2, 3, 40, 5, 4]  # 5 stunted of 50 measured
    rows: list[list[Any]] = [
        ["Data Tanggal : 2024-08-27 08:15:00"],
        [*EPPGBM_HEADINGS[0], "% Stunting"],
        [*EPPGBM_HEADINGS[1], ""],
        [*eppgbm_row("1", "PARIAMAN", first, heights), "10,0"],
        [*eppgbm_row("2", "PARIAMAN", second, heights), 12.5],
        [*eppgbm_row("3", "PARIAMAN", third, heights), "-"],
        [*eppgbm_row("4", "PARIAMAN", fourth, ["-"] * 5), "#DIV/0!"],
        ["Kota Pariaman"],
    ]
    write_workbook(tmp_path / "eppgbm_kota_pariaman.xlsx", rows)
    report = prepare_dataset(sources=[tmp_path / "eppgbm_kota_pariaman.xlsx"], out=tmp_path / "D")
    assert report.faults == ()  # nothing by nothing has no percentage, and that is no fault
    issues = pd.read_parquet(tmp_path / "D" / "issues")
    (issue,) = issues[issues["code"] == "quality.percentage_differs"].to_dict("records")
    assert (issue["source_row"], issue["source_column"], issue["found"], issue["allowed"]) == (
        5,
        "% Stunting",
        "12.5",
        "10",
    )
    assert "tercetak 12,5%, hitungan ulang 10%" in (tmp_path / "D" / "quality.html").read_text(encoding="utf-8")
