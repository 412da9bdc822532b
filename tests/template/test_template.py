"""Workbooks to fill in: what they offer, and what comes back when they are filled in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.errors import Fault, InputError
from kbkit.ingest import read_exports
from kbkit.ingest.funding import COLUMNS as FUNDING_FIELDS
from kbkit.ingest.headings import normalise_heading
from kbkit.ingest.interventions import COLUMNS as INTERVENTION_FIELDS
from kbkit.ingest.joint_plan import COLUMNS as PLAN_FIELDS
from kbkit.prepare import prepare_dataset
from kbkit.template import KINDS, TemplateKind, places_of, write_template
from kbkit.template.columns import COLUMNS
from kbkit.template.workbook import HEADING_ROW
from kbkit.text import LANGUAGES
from kbkit.text.faults import describe_fault

FIELDS = {"interventions": INTERVENTION_FIELDS, "funding": FUNDING_FIELDS, "plan": PLAN_FIELDS}
PLACE = {"regency_found": "Kabupaten Blora", "district_found": "Jati", "village_found": "Doplang", "year": 2024}
WORK: dict[str, Any] = PLACE | {
    "period": "Triwulan II",
    "intervention": "KB pascapersalinan",
    "lead_agency": "DP2KBP3A",
    "supporting_agencies": "Dinas Kesehatan;Dinas Sosial",
    "funding_source": "BOKB",
    "volume": 2.5,
    "unit": "paket",
    "target": 40,
    "attained": 0,
    "budget": 12_500_000,
}
MONEY: dict[str, Any] = PLACE | {"source": "Dana Desa", "purpose": "DASHAT", "amount": 0}


def read(path: Path) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    exports = read_exports([path])
    (extract,) = exports.extracts
    return extract.table, (*exports.faults, *extract.faults)


def written(folder: Path, kind: TemplateKind, *rows: dict[str, Any]) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    path = folder / f"{kind}.xlsx"
    path.write_bytes(write_template(kind, language="id", rows=rows))
    return read(path)


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_those_that_the_reader_knows(kind: TemplateKind) -> None:
    known = {field.name: field.headings[0] for field in FIELDS[kind]}
    assert {column.name: normalise_heading(column.heading) for column in COLUMNS[kind]} == {
        name: heading for name, heading in known.items() if name != "province_found"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_template_is_an_empty_list_and_says_so(kind: TemplateKind, language: Any, tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    path.write_bytes(write_template(kind, language=language))
    table, faults = read(path)
    assert table.empty
    assert [fault.code for fault in faults] == ["ingest.no_rows"]  # and nothing of its guide and lists


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_row_would_be_read_if_it_were_no_example(kind: TemplateKind, tmp_path: Path) -> None:
    example = {column.name: column.example for column in COLUMNS[kind]}
    table, faults = written(tmp_path, kind, example | {"number": 1})
    assert len(table) == 1
    assert faults == ()
    assert written(tmp_path, kind, example)[0].empty


@pytest.mark.parametrize("kind", KINDS)
def test_same_arguments_same_bytes(kind: TemplateKind) -> None:
    assert write_template(kind, language="id") == write_template(kind, language="id")


@pytest.mark.parametrize("kind", KINDS)
def test_drop_downs_offer_what_the_lists_hold(kind: TemplateKind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(kind, language="id")))
    form, lists = book["Isian"], book["Daftar"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in form.data_validations.dataValidation}
    for index, column in enumerate(COLUMNS[kind]):
        if not column.choices:
            continue
        rule = rules[form.cell(HEADING_ROW + 2, index + 1).coordinate]
        assert rule.type == "list"
        cells = lists[rule.formula1.split("!")[1].replace("$", "")]
        offered = [cell.value for (cell,) in cells if cell.value is not None]
        assert offered == list(column.choices)
        assert rule.errorStyle == ("information" if column.open_list else None)
    assert form.freeze_panes == "F4"
    assert all(form.column_dimensions[cell.column_letter].width >= 8 for cell in form[HEADING_ROW + 1])


@pytest.mark.parametrize("kind", KINDS)
def test_codes_are_text_and_amounts_are_numbers(kind: TemplateKind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(kind, language="id")))
    row = {cell.column: cell for cell in book["Isian"][HEADING_ROW + 2]}
    for index, column in enumerate(COLUMNS[kind], start=1):
        assert row[index].data_type == ("s" if isinstance(column.example, str) else "n"), column.name
    assert row[2].number_format == "@"


@given(text=st.sampled_from(["=1+1", "+62", "-x", "@cmd", "=HYPERLINK(1)", "'x", "\tx"]))
@settings(deadline=None, max_examples=10)
def test_no_text_becomes_a_formula(text: str) -> None:
    content = write_template("interventions", language="id", rows=[{"intervention": text, "lead_agency": text}])
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book["Isian"].iter_rows(min_row=HEADING_ROW + 2) for cell in row if cell.value is not None]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells)


def test_an_intervention_comes_back(tmp_path: Path) -> None:
    table, faults = written(tmp_path, "interventions", WORK)
    assert faults == ()
    row = table.iloc[0].to_dict()
    assert {name: row[name] for name in ("year", "period", "intervention_key", "lead_agency", "lead_agency_key")} == {
        "year": 2024,
        "period": "2024-Q2",
        "intervention_key": "postpartum_family_planning",
        "lead_agency": "DP2KBP3A",  # as the office writes it
        "lead_agency_key": "family_planning",
    }
    # Blank in the row, and the list knows this intervention.
    assert (row["programme_group"], row["kind"], row["target_group"]) == (3, "sensitive", "couples")
    assert row["supporting_agencies"] == "Dinas Kesehatan; Dinas Sosial"
    assert (row["volume"], row["target"], row["attained"], row["budget"]) == (2.5, 40, 0, 12_500_000)
    assert pd.isna(row["spent"])  # blank is not known, 0 is none


def test_money_comes_back_and_zero_is_not_blank(tmp_path: Path) -> None:
    table, faults = written(tmp_path, "funding", MONEY, MONEY | {"source": "BOKB", "amount": None})
    assert faults == ()
    assert table["source"].tolist() == ["village_fund", "bokb"]
    assert table["amount"].tolist() == [0, pd.NA]


@pytest.mark.parametrize(
    ("text", "amount"), [("Rp1.500.000", 1_500_000), ("Rp. 1.500.000,00", 1_500_000), ("750000", 750_000), ("-", None)]
)
def test_rupiah_as_people_write_them(text: str, amount: int | None, tmp_path: Path) -> None:
    table, faults = written(tmp_path, "funding", MONEY | {"amount": text})
    assert table["amount"].tolist() == [pd.NA if amount is None else amount]
    assert faults == ()


def test_all_faults_at_once_each_with_its_place(tmp_path: Path) -> None:
    rows = [
        WORK | {"year": "tahun ini"},
        WORK | {"period": "Triwulan I 2023"},
        WORK | {"intervention": None},
        WORK | {"kind": "khusus"},
        WORK | {"budget": "dua juta"},
        WORK | {"lead_agency": "Dinas Kesehtan"},
        WORK | {"programme_group": "8"},
        WORK | {"funding_source": "pinjaman"},
        WORK | {"target": "banyak"},
    ]
    table, faults = written(tmp_path, "interventions", *rows)
    assert [(fault.code, fault.row, fault.column, fault.found) for fault in faults] == [
        ("lists.not_a_year", 4, "Tahun", "tahun ini"),
        ("lists.not_a_period", 5, "Periode", "Triwulan I 2023"),
        ("lists.no_intervention", 6, "Intervensi", ""),
        ("lists.not_a_word", 7, "Jenis", "khusus"),
        ("lists.not_an_amount", 8, "Anggaran (Rp)", "dua juta"),
        ("lists.name_near", 9, "OPD Penanggung Jawab", "Dinas Kesehtan"),
        ("lists.unusual_class", 10, "Kelompok Program", "8"),
        ("lists.not_a_word", 11, "Sumber Dana", "pinjaman"),
        ("ingest.not_a_count", 12, "Target", "banyak"),
    ]
    assert table["source_row"].tolist() == [7, 8, 9, 10, 11, 12]  # rows 4-6 say not what they are about
    for fault in faults:
        assert fault.allowed or fault.code == "lists.no_intervention"
        for language in LANGUAGES:
            assert "Isian" in describe_fault(fault, language=language)
            assert f" {fault.row}" in describe_fault(fault, language=language)


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    table, faults = written(tmp_path, "funding", MONEY | {"source": "pinjaman"})
    assert table.empty
    assert [fault.code for fault in faults] == ["lists.no_source"]
    assert "Dana Desa" in (faults[0].allowed or "")


def test_a_missing_heading_is_named(tmp_path: Path) -> None:
    path = tmp_path / "funding.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(write_template("funding", language="id", rows=[MONEY])))
    book["Isian"].cell(HEADING_ROW + 1, 9).value = "Uang"
    book.save(path)
    (fault,) = read_exports([path]).faults
    assert fault.code == "ingest.unrecognised_funding"
    assert fault.details["missing"] == "JUMLAH DANA RP"
    assert "kbkit template" in describe_fault(fault, language="id")


def test_numbers_sums_and_places_alone_are_no_rows(tmp_path: Path) -> None:
    only_places = {"number": 2} | PLACE
    total = {"number": "Jumlah", "amount": 500}
    table, faults = written(tmp_path, "funding", MONEY | {"number": 1}, only_places, {"number": 3}, total)
    assert len(table) == 1
    assert faults == ()


def test_places_of_a_regency_are_filled_in_and_wait_for_their_rows(tmp_path: Path) -> None:
    places = places_of("21.05")
    assert len(places) == 54
    path = tmp_path / "funding.xlsx"
    path.write_bytes(write_template("funding", language="id", places=places))
    assert read(path)[0].empty
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["Isian"][HEADING_ROW + 2]][1:5] == [
        *(places[0].code, "Kabupaten Kepulauan Anambas"),
        *(places[0].district, places[0].village),
    ]
    with pytest.raises(InputError) as caught:
        places_of("2105")
    assert "33.16" in describe_fault(caught.value.faults[0], language="en")


def test_lists_reach_the_dataset_once(tmp_path: Path) -> None:
    exports = tmp_path / "ekspor"
    exports.mkdir()
    (exports / "a.xlsx").write_bytes(write_template("interventions", language="id", rows=[WORK, WORK]))
    again = [WORK, WORK | {"lead_agency": "Dinas Sosial"}]
    (exports / "b.xlsx").write_bytes(write_template("interventions", language="en", rows=again))
    (exports / "c.xlsx").write_bytes(write_template("funding", language="id", rows=[MONEY]))
    prepare_dataset(sources=[exports], out=tmp_path / "dataset")
    work = pd.read_parquet(tmp_path / "dataset" / "interventions")
    # The second row of a.xlsx repeats the first, the first of b.xlsx says the same again; the agency's own stays.
    assert work[["lead_agency", "source_file", "source_row"]].to_numpy().tolist() == [
        ["DP2KBP3A", "ekspor/a.xlsx", 4],
        ["Dinas Sosial", "ekspor/b.xlsx", 5],
    ]
    assert set(work["village_code"]) == {"33.16.01.2009"}
    money = pd.read_parquet(tmp_path / "dataset" / "funding")
    assert money[["village_code", "source", "purpose", "amount"]].to_numpy().tolist() == [
        ["33.16.01.2009", "village_fund", "dashat", 0]
    ]
    issues = pd.read_parquet(tmp_path / "dataset" / "issues")
    assert {"quality.row_repeated", "quality.two_sources"} <= set(issues["code"])


def test_a_list_with_persons_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(write_template("interventions", language="id", rows=[WORK | {"unit": "3316014107900001"}]))
    exports = read_exports([path])
    assert exports.extracts == ()
    assert [fault.code for fault in exports.faults] == ["ingest.personal_columns"]
