"""Open cases out to Excel, decided by a person, and back: nothing is guessed, lost or run as a formula."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.cli import main
from kbkit.dataset import read_metadata
from kbkit.errors import DatasetError, InputError
from kbkit.matching import load_register
from kbkit.matching.decisions import Case, Verdict
from kbkit.prepare import PrepareReport, prepare_dataset
from kbkit.review import (
    DECISIONS_FILE,
    decisions_document,
    open_cases,
    read_decisions,
    remembered_decisions,
    write_review,
)
from kbkit.review.delimited import read_delimited, write_delimited
from kbkit.text import LANGUAGES, Catalogue, Language, describe_fault
from tests.ingest.writing import (
    PARIAMAN,
    classification_row,
    eppgbm_row,
    html_table,
    write_classification,
)

TENGAH = ("SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH")
LOST, FORMULA = "TIDAK ADA DI MANA PUN", "@SUM(1+1)"
HEADING_ROW = 3


@pytest.fixture
def villages() -> dict[str, str]:
    """Four villages of one kecamatan of Kota Pariaman by name."""
    district = next(item for item in load_register().regencies["13.77"].districts if item.name == "Pariaman Tengah")
    return {village.name: village.code for village in district.villages[:4]}


@pytest.fixture
def exports(tmp_path: Path, villages: dict[str, str]) -> Path:
    """A classification with two lost names, and an e-PPGBM in which two rows claim one village."""
    folder = tmp_path / "ekspor"
    folder.mkdir()
    first, second, *_ = villages
    rows = [classification_row(name, place=TENGAH) for name in (first, LOST, FORMULA)]
    write_classification(folder / "klasifikasi_2022-06-13.xlsx", rows)
    table = html_table(
        [
            eppgbm_row("1", "PARIAMAN", second, [2, 3, 40, 1, 4]),
            eppgbm_row("2", "PARIAMAN", second, [1, 0, 60, 0, 0]),
            ["Kota Pariaman", *[""] * 18],
        ]
    )
    (folder / "eppgbm.xls").write_text(table, encoding="utf-8")
    return folder


@pytest.fixture
def dataset(exports: Path, tmp_path: Path) -> Path:
    prepare_dataset(sources=[exports], out=tmp_path / "D")
    return tmp_path / "D"


def fill(dataset: Path, path: Path, decisions: Mapping[str, str], *, language: Language = "id") -> Path:
    """Write the workbook of a dataset and fill it in: name (or number of the row in its file) -> decision."""
    cases = open_cases(dataset)
    path.write_bytes(write_review(cases, metadata=read_metadata(dataset), dataset=str(dataset), language=language))
    book = openpyxl.load_workbook(path)
    sheet = book[Catalogue(language).say("review.sheet_decisions")]
    columns = places(sheet, language)
    for row in range(HEADING_ROW + 1, sheet.max_row + 1):
        by_row = Catalogue(language).say("review.scope_row") == sheet.cell(row, columns["scope"]).value
        key = sheet.cell(row, columns["row" if by_row else "village_found"]).value
        if key in decisions:
            sheet.cell(row, columns["decision"]).value = decisions[key]
    book.save(path)
    return path


def places(sheet: Any, language: Language) -> dict[str, int]:
    headings = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    names = ("regency_code", "village_found", "decision", "scope", "row", "nearest", "file")
    return {name: headings[Catalogue(language).say(f"review.column_{name}")] for name in names}


def choice(dataset: Path, code: str) -> str:
    village = load_register().villages[code]
    return f"{village.name}, Kec. Pariaman Tengah [{code}]"


def prepare(exports: Path, dataset: Path, **options: Any) -> PrepareReport:
    return prepare_dataset(sources=[exports], out=dataset, **options)


def audit(dataset: Path) -> dict[str, str]:
    matches = pd.read_parquet(dataset / "matches")
    decided = matches[matches["method"] == "decision"]
    return dict(zip(decided["village_found"], decided["village_code"], strict=True))


def reasons(dataset: Path) -> list[str]:
    return sorted(pd.read_parquet(dataset / "unmatched")["reason"])


def test_cases_are_names_and_rows_that_cannot_be_told_apart(dataset: Path) -> None:
    cases = open_cases(dataset)
    assert {case.village_found for case in cases if not case.case.row} == {FORMULA, LOST}
    by_row = [case for case in cases if case.case.row]
    assert len(by_row) == 2
    assert {case.reason for case in by_row} == {"matching.claimed_twice"}
    assert all(case.regency_code == "13.77" and len(case.nearest) == 3 for case in cases)


def test_the_workbook_holds_texts_and_one_open_column(dataset: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(fill(dataset, tmp_path / "k.xlsx", {}))
    assert book.sheetnames[0] == "Petunjuk"
    assert "--decisions" in "".join(str(cell.value) for (cell,) in book["Petunjuk"].iter_rows(max_col=1))
    sheet = book["Keputusan"]
    columns = places(sheet, "id")
    for row in sheet.iter_rows(min_row=HEADING_ROW + 1):
        assert [cell.column for cell in row if not cell.protection.locked] == [columns["decision"]]
        for cell in row:
            assert cell.data_type != "f"
            if cell.value == FORMULA:
                assert cell.quotePrefix
    assert sheet.protection.sheet
    assert {row[columns["regency_code"] - 1].value for row in sheet.iter_rows(min_row=HEADING_ROW + 1)} == {"13.77"}
    (rule,) = sheet.data_validations.dataValidation
    hidden = book["Pilihan"]
    assert hidden.sheet_state == "hidden"
    assert hidden["A1"].value == "abaikan"
    assert hidden.max_row == 1 + 71
    assert rule.formula1 == "'Pilihan'!$A$1:$A$72"


@pytest.mark.parametrize("language", LANGUAGES)
def test_decisions_come_back_and_are_remembered(
    language: Language, dataset: Path, exports: Path, tmp_path: Path, villages: dict[str, str]
) -> None:
    first, second, third, fourth = villages.values()
    row = next(str(case.case.row) for case in open_cases(dataset) if case.case.row)
    ignore = Catalogue(language).say("review.ignore")
    filled = fill(
        dataset,
        tmp_path / "k.xlsx",
        {LOST: choice(dataset, third), FORMULA: ignore, row: second},
        language=language,
    )
    report = prepare(exports, dataset, decisions=filled)
    assert report.methods["decision"] == 2
    assert report.faults == ()
    assert audit(dataset) == {LOST: third, load_register().villages[second].name: second}
    assert set(pd.read_parquet(dataset / "tiers")["village_code"]) == {first, third}
    assert pd.read_parquet(dataset / "stunting")["village_code"].tolist() == [second]
    assert reasons(dataset) == ["matching.claimed_twice", "matching.ignored"]
    assert [case.village_found for case in open_cases(dataset)] == [load_register().villages[second].name]
    for source in report.metadata.sources:
        assert source.rows_read == source.rows_kept + sum(refusal.rows for refusal in source.refused)
    before = (dataset / DECISIONS_FILE).read_bytes()
    again = prepare(exports, dataset)
    assert again.methods == report.methods
    assert (dataset / DECISIONS_FILE).read_bytes() == before
    later = prepare(exports, dataset, decisions=fill(dataset, tmp_path / "l.xlsx", {}))
    assert later.methods == report.methods
    forgotten = prepare(exports, dataset, forget_decisions=True)
    assert "decision" not in forgotten.methods
    assert not (dataset / DECISIONS_FILE).exists()
    assert fourth not in audit(dataset).values()


def test_a_decision_about_a_name_that_is_gone_is_told_and_kept(
    dataset: Path, exports: Path, tmp_path: Path, villages: dict[str, str]
) -> None:
    first, _, third, _ = villages.values()
    filled = fill(dataset, tmp_path / "k.xlsx", {LOST: third})
    row = classification_row(load_register().villages[first].name, place=TENGAH)
    write_classification(exports / "klasifikasi_2022-06-13.xlsx", [row])
    for options, severity in (({"decisions": filled}, "warning"), ({}, "note")):
        report = prepare(exports, dataset, **options)
        (fault,) = report.faults
        assert (fault.code, fault.severity) == ("review.decision_unused", severity)
        assert LOST in describe_fault(fault, language="id")
        assert [verdict.code for verdict in remembered_decisions(dataset).values()] == [third]


def test_one_village_is_never_given_twice(
    dataset: Path, exports: Path, tmp_path: Path, villages: dict[str, str]
) -> None:
    """Both rows of one e-PPGBM are decided to be one village: neither is, and both faults are told."""
    second = list(villages.values())[1]
    rows = [str(case.case.row) for case in open_cases(dataset) if case.case.row]
    report = prepare(exports, dataset, decisions=fill(dataset, tmp_path / "k.xlsx", dict.fromkeys(rows, second)))
    assert [fault.code for fault in report.faults] == ["matching.decision_claimed"] * 2
    assert pd.read_parquet(dataset / "stunting").empty


def test_a_name_that_two_rows_bear_is_then_decided_by_row(
    exports: Path, tmp_path: Path, villages: dict[str, str]
) -> None:
    """One decision about a name cannot hold for two rows of one period; it comes back as two cases, and is settled."""
    _, second, third, _ = villages.values()
    table = html_table([eppgbm_row(number, "X", LOST, [1, 2, 3, 4, int(number)]) for number in "12"])
    (exports / "eppgbm.xls").write_text(table.replace("e-PPGBM<", "Kota Pariaman<"), encoding="utf-8")
    dataset = tmp_path / "D"
    prepare(exports, dataset)
    assert [case.rows for case in open_cases(dataset) if case.layouts == ("eppgbm",)] == [2]
    report = prepare(exports, dataset, decisions=fill(dataset, tmp_path / "k.xlsx", {LOST: second}))
    assert [fault.code for fault in report.faults] == ["matching.decision_claimed"] * 2
    rows = [str(case.row) for case in open_cases(dataset) if case.case.row]
    assert len(rows) == 2
    given = dict(zip(rows, (second, third), strict=True))
    report = prepare(exports, dataset, decisions=fill(dataset, tmp_path / "l.xlsx", given))
    assert report.faults == ()
    assert sorted(pd.read_parquet(dataset / "stunting")["village_code"]) == sorted((second, third))


def test_a_name_that_is_matched_by_now_keeps_its_match(
    dataset: Path, exports: Path, tmp_path: Path, villages: dict[str, str]
) -> None:
    first, _, third, _ = villages.values()
    case = Case(regency="13.77", district="PARIAMAN TENGAH", village=load_register().villages[first].name.upper())
    (dataset / DECISIONS_FILE).write_bytes(decisions_document({case: Verdict(code=third, file="")}))
    (fault,) = prepare(exports, dataset).faults
    assert (fault.code, fault.found, fault.allowed) == ("matching.decision_overtaken", first, third)
    assert first in set(pd.read_parquet(dataset / "tiers")["village_code"])


def test_every_wrong_decision_is_told_at_once(dataset: Path, tmp_path: Path) -> None:
    rows = [str(case.case.row) for case in open_cases(dataset) if case.case.row]
    wrong = {LOST: "entah", FORMULA: "33.16.01.2001", rows[0]: "13.77.99.2001"}
    with pytest.raises(InputError) as caught:
        read_decisions(fill(dataset, tmp_path / "k.xlsx", wrong))
    faults = caught.value.faults
    assert {fault.code for fault in faults} == {
        "review.not_a_decision",
        "review.other_regency",
        "review.village_unknown",
    }
    assert all(fault.sheet == "Keputusan" and fault.column == "KEPUTUSAN" and (fault.row or 0) > 3 for fault in faults)
    for language in LANGUAGES:
        assert all(describe_fault(fault, language=language) for fault in faults)


def test_contradictions_are_told(dataset: Path, tmp_path: Path, villages: dict[str, str]) -> None:
    path = fill(dataset, tmp_path / "k.xlsx", {LOST: next(iter(villages.values()))})
    book = openpyxl.load_workbook(path)
    sheet = book["Keputusan"]
    columns = places(sheet, "id")
    number = next(row for row in range(4, 20) if sheet.cell(row, columns["village_found"]).value == LOST)
    values = [cell.value for cell in sheet[number]]
    values[columns["decision"] - 1] = "abaikan"
    sheet.append(values)
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    (fault,) = caught.value.faults
    assert (fault.code, fault.details["other"]) == ("review.contradiction", str(number))


def test_files_that_are_no_workbook_of_decisions(tmp_path: Path, dataset: Path) -> None:
    (tmp_path / "teks.xlsx").write_text("bukan buku kerja", encoding="utf-8")
    other = write_classification(tmp_path / "k.xlsx", [classification_row("X", place=PARIAMAN)])
    changed = fill(dataset, tmp_path / "ubah.xlsx", {})
    book = openpyxl.load_workbook(changed)
    book["Keputusan"].delete_rows(HEADING_ROW)
    book.save(changed)
    for path, code in (
        (tmp_path / "tidak-ada.xlsx", "review.no_such_file"),
        (tmp_path / "teks.xlsx", "review.cannot_read"),
        (other, "review.not_a_review"),
        (changed, "review.columns_missing"),
    ):
        with pytest.raises(InputError) as caught:
            read_decisions(path)
        assert [fault.code for fault in caught.value.faults] == [code]


def test_a_damaged_memory_is_told_and_nothing_is_lost(dataset: Path, exports: Path) -> None:
    (dataset / DECISIONS_FILE).write_text("regency_code;decision\n13.77;entah\n", encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        prepare(exports, dataset)
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [("review.memory_damaged", 2)]
    assert (dataset / DECISIONS_FILE).exists()


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=12)


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_semicolon_tables_come_back_and_hold_no_formula(rows: list[tuple[str, str]]) -> None:
    content = write_delimited(("a", "b"), rows)
    assert [(row["a"], row["b"]) for row in read_delimited(content)] == rows
    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@x", "'x", "\tx"])
def test_risky_texts_are_guarded(risky: str) -> None:
    assert f"\r\n'{risky}\r\n".encode() in write_delimited(("a",), [(risky,)])


def test_the_same_dataset_gives_the_same_workbook(dataset: Path) -> None:
    cases, metadata = open_cases(dataset), read_metadata(dataset)
    one, two = (write_review(cases, metadata=metadata, dataset="D", language="id") for _ in range(2))
    assert one == two


def test_the_command(dataset: Path, exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = dataset.with_name("D_keputusan.xlsx")
    assert main(["review", str(dataset)]) == 0
    assert f"4 nama untuk diputuskan ditulis di {path}" in capsys.readouterr().out
    assert main(["review", str(dataset)]) == 2
    assert "tidak ditimpa" in capsys.readouterr().err
    assert main(["prepare", str(exports), "--out", str(dataset), "--decisions", str(path)]) == 0
    shutil.rmtree(dataset / "unmatched")
    prepare_dataset(sources=[exports / "klasifikasi_2022-06-13.xlsx"], out=dataset)
    assert main(["review", str(tmp_path / "bukan")]) == 2


def test_nothing_to_decide(tmp_path: Path, villages: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    row = classification_row(next(iter(villages)), place=TENGAH)
    write_classification(tmp_path / "a_2022-06-13.xlsx", [row], sheet="DATA SIMULASI")
    prepare_dataset(sources=[tmp_path / "a_2022-06-13.xlsx"], out=tmp_path / "D")
    assert main(["review", str(tmp_path / "D")]) == 0
    assert "tidak ada nama" in capsys.readouterr().out
    assert not (tmp_path / "D_keputusan.xlsx").exists()


def test_simulated_data_are_stamped(tmp_path: Path) -> None:
    row = classification_row(LOST, place=TENGAH)
    known = classification_row("Kampung Pondok", place=TENGAH)
    write_classification(tmp_path / "a_2022-06-13.xlsx", [row, known], sheet="DATA SIMULASI")
    prepare_dataset(sources=[tmp_path / "a_2022-06-13.xlsx"], out=tmp_path / "D")
    book = openpyxl.load_workbook(fill(tmp_path / "D", tmp_path / "k.xlsx", {}))
    stamps = {name: book[name]["A2"].value for name in ("Petunjuk", "Keputusan")}
    assert set(stamps.values()) <= {"DATA SIMULASI"}
    assert len(stamps) == 2
