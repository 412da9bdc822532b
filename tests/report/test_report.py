"""The whole report: one set of numbers in two languages, alternative texts, files beside it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import kbkit
from kbkit.document import MIME_TYPE, Block, Box, Document, Figure, Table, dump_blocks, load_blocks
from kbkit.report import Report
from kbkit.report.composition import _as_csv
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language
from kbkit.text.stamp import stamp
from tests.text.test_words import CAUSAL

CODES = ("33.16", "14.71", "13.77", "14.06", "21.05")


def blocks(report: Report) -> list[Block]:
    return [block for section in report.sections for block in section.blocks]


def tables(report: Report) -> dict[str, Table]:
    return {block.name: block for block in blocks(report) if isinstance(block, Table)}


@pytest.mark.parametrize("code", CODES)
def test_two_languages_carry_the_same_numbers(demo_findings: dict[str, Findings], code: str) -> None:
    first, second = (tables(kbkit.compose_report(demo_findings[code], language=language)) for language in LANGUAGES)
    assert set(first) == set(second)
    for name, table in first.items():
        for row, other in zip(table.rows, second[name].rows, strict=True):
            numbers = [cell.value for cell in row.cells if isinstance(cell.value, (int, float))]
            assert numbers == [cell.value for cell in other.cells if isinstance(cell.value, (int, float))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_fits_its_columns_and_names_are_unique(
    demo_findings: dict[str, Findings], language: Language
) -> None:
    for findings in demo_findings.values():
        report = kbkit.compose_report(findings, language=language)
        for kind in (Table, Figure):
            names = [block.name for block in blocks(report) if isinstance(block, kind)]
            assert len(names) == len(set(names))
        for table in tables(report).values():
            assert {len(row.cells) for row in table.rows} <= {len(table.columns)}


def test_figures_have_alternative_text_with_numbers_and_the_same_bytes_twice(
    demo_findings: dict[str, Findings],
) -> None:
    drawn = [
        {block.name: block for block in blocks(kbkit.compose_report(demo_findings["33.16"], language="id"))
         if isinstance(block, Figure)}
        for _ in range(2)
    ]  # fmt: skip
    assert set(drawn[0]) >= {
        "tiers_by_district", "scores_by_district", "tier_flow", "children_by_district", "children_by_period",
        "village_rates", "tier_prevalence", "tier_differences", "sensitivity", "problem_ranks", "convergence"
    }  # fmt: skip
    for name, figure in drawn[0].items():
        assert figure.svg == drawn[1][name].svg
        assert "<dc:date>" not in figure.svg
        assert sum(character.isdigit() for character in figure.alt) >= 4
    assert "93 desa/kelurahan bertingkat Dasar" in drawn[0]["tiers_by_district"].alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_simulated_reports_say_so_before_anything_else(demo_findings: dict[str, Findings], language: Language) -> None:
    for findings in demo_findings.values():
        document, warning = kbkit.compose_report(findings, language=language).title.blocks[:2]
        assert isinstance(document, Document)
        assert "DATA SIMULASI" in document.stamp
        assert isinstance(warning, Box)
        assert warning.tone == "simulated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_edition_says_so_in_the_stamp_of_every_page(
    demo_findings: dict[str, Findings], language: Language
) -> None:
    words = stamp(data_status="actual", edition="internal", language=language)
    internal = replace(demo_findings["13.77"], edition="internal")
    document = kbkit.compose_report(internal, language=language).title.blocks[0]
    assert isinstance(document, Document)
    assert words in document.stamp
    province = kbkit.analyse_province((internal, replace(demo_findings["21.05"], edition="internal")))
    document = kbkit.compose_province(province, language=language).title.blocks[0]
    assert isinstance(document, Document)
    assert words in document.stamp


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_no_word_of_cause_in_a_report(demo_findings: dict[str, Findings], code: str, language: Language) -> None:
    report = kbkit.compose_report(demo_findings[code], language=language)
    dumped = [block for block in blocks(report) if not isinstance(block, Figure)]
    assert CAUSAL.search(json.dumps(dump_blocks(tuple(dumped)), ensure_ascii=False)) is None


def test_a_withheld_comparison_prints_no_difference(demo_findings: dict[str, Findings]) -> None:
    report = kbkit.compose_report(demo_findings["14.71"], language="id")
    assert "tier_models" not in tables(report)
    assert "tier_differences" not in {block.name for block in blocks(report) if isinstance(block, Figure)}
    assert "tidak menarik simpulan" in json.dumps(dump_blocks(report.summary.blocks), ensure_ascii=False)


def test_sections_travel_as_blocks_with_a_fallback(demo_findings: dict[str, Findings]) -> None:
    section = kbkit.compose_report(demo_findings["21.05"], language="id").summary
    bundle = section._repr_mimebundle_()
    assert load_blocks(json.loads(json.dumps(bundle[MIME_TYPE]))) == section.blocks
    assert "Ringkasan Eksekutif" in bundle["text/html"]


def test_saved_files(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    out = tmp_path / "keluaran dengan spasi"
    kbkit.compose_report(demo_findings["33.16"], language="id").save(out)
    assert kbkit.read_findings(out / "findings.json") == demo_findings["33.16"]
    with (out / "tables" / "tiers_by_district.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[-1] == ["Jumlah", "93", "56", "32", "114", "0", "295"]
    assert not [path for path in out.rglob("*") if path.name.startswith(".")]


def test_a_cell_cannot_become_a_formula(demo_findings: dict[str, Findings]) -> None:
    from kbkit.document import Cell, Column, Row

    table = Table(
        name="t",
        title="t",
        columns=(Column(title="a"), Column(title="b")),
        rows=(Row(cells=(Cell(text="x", value="=HYPERLINK(1)"), Cell(text="−1", value=-1.5))),),
    )
    assert _as_csv(table).splitlines()[1] == "'=HYPERLINK(1);-1.5"
