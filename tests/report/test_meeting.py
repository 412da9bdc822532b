"""The workbook of the meeting goes out, is filled in, and comes back through the readers."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kbkit.dataset import read_regency
from kbkit.prepare import prepare_dataset
from kbkit.report.meeting import write_meeting_workbook
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.faults import describe_fault
from kbkit.text.stamp import stamp

HEADINGS = 3
"""Row of the headings, from 1; the first line of the plan is the next."""


def workbook(findings: Findings, language: Language = "id") -> bytes:
    return write_meeting_workbook(findings, voice=Voice(language))


def filled(content: bytes, path: Path, cells: dict[tuple[int, str], object]) -> Path:
    """Write a workbook with cells filled in: (line from 1, heading) -> value."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADINGS]}
    for (line, heading), value in cells.items():
        sheet.cell(HEADINGS + line, columns[heading]).value = value
    book.save(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_findings_give_the_same_bytes(demo_findings: dict[str, Findings], language: Language) -> None:
    assert workbook(demo_findings["33.16"], language) == workbook(demo_findings["33.16"], language)


def test_codes_are_text_and_marks_are_hidden(demo_findings: dict[str, Findings]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(demo_findings["33.16"])))
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[HEADINGS]}
    first = sheet.cell(HEADINGS + 1, headings["Kode Desa"]).value
    assert first == demo_findings["33.16"].priorities.items[0].village_code
    hidden = [range(side.min, side.max + 1) for side in sheet.column_dimensions.values() if side.hidden]
    assert {name for name, column in headings.items() if any(column in columns for columns in hidden)} == {
        "Kode Butir",
        "Rancangan",
    }
    assert "SIMULASI" in sheet.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_edition_says_so_on_every_sheet(
    demo_findings: dict[str, Findings], tmp_path: Path, language: Language
) -> None:
    internal = replace(demo_findings["33.16"], edition="internal")
    words = stamp(data_status="actual", edition="internal", language=language)
    book = openpyxl.load_workbook(io.BytesIO(workbook(internal, language)))
    assert all(words in sheet.oddHeader.center.text for sheet in book.worksheets)
    assert words in book.worksheets[0]["A2"].value
    public = openpyxl.load_workbook(io.BytesIO(workbook(demo_findings["33.16"], language)))
    assert not any(words in (sheet.oddHeader.center.text or "") for sheet in public.worksheets)
    back = prepare_dataset(
        sources=[filled(workbook(internal, language), tmp_path / "rakor.xlsx", {(1, "Tanggal Rapat"): "5 Maret 2024"})],
        out=tmp_path / "dataset",
    )
    assert [fault for fault in back.faults if fault.severity == "error"] == []


def test_round_trip(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    findings = demo_findings["33.16"]
    items = findings.priorities.items
    path = filled(
        workbook(findings),
        tmp_path / "rakor.xlsx",
        {
            (1, "Tanggal Rapat"): dt.datetime(2024, 3, 5),
            (1, "Status"): "Selesai",
            (1, "Tenggat"): "30 Juni 2024",
            (2, "OPD Penanggung Jawab"): "Kantor Camat Jati",
            (3, "Status"): "Berjalan",
        },
    )
    report = prepare_dataset(sources=[path], out=tmp_path / "dataset")
    assert [describe_fault(fault, language="id") for fault in report.faults if fault.severity == "error"] == []
    plan = read_regency(tmp_path / "dataset", regency="33.16").plan.set_index("item")
    assert set(plan.index) == {item.key for item in items}
    assert set(plan["meeting_date"]) == {dt.date(2024, 3, 5)}
    first, second, third = (plan.loc[item.key] for item in items[:3])
    assert (first["status"], first["due"], first["changed"]) == ("done", dt.date(2024, 6, 30), 0)
    assert (second["lead_agency"], second["changed"]) == ("Kantor Camat Jati", 1)
    assert (third["status"], third["changed"]) == ("running", 0)
    assert (plan["village_code"] == [key.split("/")[0] for key in plan.index]).all()


def test_a_plan_without_a_date_is_told_line_by_line(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    path = filled(workbook(demo_findings["33.16"]), tmp_path / "rakor.xlsx", {(2, "Tanggal Rapat"): "5 Maret 2024"})
    report = prepare_dataset(sources=[path], out=tmp_path / "dataset")
    missing = [fault for fault in report.faults if fault.code == "lists.no_meeting"]
    assert [(fault.row, fault.column) for fault in missing] == [(HEADINGS + 1, "Tanggal Rapat")]
    plan = read_regency(tmp_path / "dataset", regency="33.16").plan
    assert len(plan) == len(demo_findings["33.16"].priorities.items) - 1
