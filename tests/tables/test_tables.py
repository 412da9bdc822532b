"""Golden rows, and that a hidden number is nowhere in a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbkit.analysis.disclosure import suppress_parts
from kbkit.domain.editions import SMALL_CELLS
from kbkit.results import Estimate
from kbkit.results.findings import Findings
from kbkit.results.stunting import ChildCoverage, TierChildren
from kbkit.tables import (
    tabulate_children_by_tier,
    tabulate_models,
    tabulate_quality,
    tabulate_sources,
    tabulate_tiers_by_district,
)
from kbkit.text import LANGUAGES, Language, Voice


def children(stunted: int) -> ChildCoverage:
    return ChildCoverage(
        villages=3,
        villages_measured=2,
        children_target=1500,
        children_measured=1200,
        children_stunted=stunted,
        children_severely_stunted=None,
        coverage=0.8,
        prevalence=Estimate(estimate=stunted / 1200, lower=0.15, upper=0.25, level=0.95, method="m"),
        design_effect=None,
    )


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("id", ["Dasar", "2 dari 3", "1.500", "1.200", "80,0%", "240", "20,0%", "15,0–25,0%"]),
        ("en", ["Dasar", "2 of 3", "1,500", "1,200", "80.0%", "240", "20.0%", "15.0–25.0%"]),
    ],
)
def test_golden_row(demo_findings: dict[str, Findings], language: Language, row: list[str]) -> None:
    findings = demo_findings["33.16"]
    assert findings.stunting is not None
    stunting = replace(findings.stunting, tiers=(TierChildren(tier="dasar", children=children(240)),))
    table = tabulate_children_by_tier(findings, stunting, voice=Voice(language))
    assert [cell.text for cell in table.rows[0].cells] == row


def test_a_hidden_cell_has_a_mark_and_no_value(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    assert findings.stunting is not None
    parts = suppress_parts(
        [children(3), children(40), children(9)], hidden=[True, False, True], rule=SMALL_CELLS["public"]
    )
    names = ("dasar", "berkembang", "mandiri")
    tiers = tuple(TierChildren(tier=name, children=part) for name, part in zip(names, parts, strict=True))
    table = tabulate_children_by_tier(findings, replace(findings.stunting, tiers=tiers), voice=Voice("id"))
    for row in (table.rows[0], table.rows[2]):
        assert [cell.text for cell in row.cells[5:]] == ["[c]", "[c]", "[c]"]
        assert [cell.value for cell in row.cells[5:]] == [None, None, None]
    assert table.rows[1].cells[5].value == 40
    assert table.notes[-1] == "“[c]” = disembunyikan untuk kerahasiaan."


def test_counts_by_district_add_up(demo_findings: dict[str, Findings]) -> None:
    for findings in demo_findings.values():
        assert findings.classification is not None
        table = tabulate_tiers_by_district(findings, findings.classification, voice=Voice("id"))
        *districts, total = [[cell.value for cell in row.cells[1:]] for row in table.rows]
        assert [sum(column) for column in zip(*districts, strict=True)] == total


def test_the_reference_tier_says_that_it_is_one(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    association = findings.association
    assert association.crude is not None
    assert association.adjusted is not None
    table = tabulate_models(findings, association, association.crude, association.adjusted, voice=Voice("id"))
    assert [row.cells[4].text for row in table.rows if row.cells[1].text == "Dasar"] == ["acuan", "acuan"]
    assert [row.kind for row in table.rows].count("total") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_label(demo_findings: dict[str, Findings], language: Language) -> None:
    for findings in demo_findings.values():
        table = tabulate_quality(findings, voice=Voice(language))
        assert all("." not in row.cells[0].text and row.cells[0].text[0].isupper() for row in table.rows)


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (None, "–"),
        ("2022-06-13", "13 Juni 2022"),
        ("2023-S2", "semester 2 tahun 2023"),
        ("2021, 2022, 2023, 2024", "2021, 2022, 2023, 2024"),
        ("2019, 2021, 2022, 2023, 2024", "2019 sampai 2024"),
        ("XXXX-01", "bulan ke-1, tahun tidak disebut"),
        (", ".join(f"XXXX-0{month}" for month in range(1, 10)), "bulan ke-1 sampai ke-9, tahun tidak disebut"),
    ],
)
def test_the_time_of_a_source_is_said_in_words(
    demo_findings: dict[str, Findings], dated: str | None, said: str
) -> None:
    findings = demo_findings["14.71"]
    first, *_ = findings.provenance.sources
    provenance = replace(findings.provenance, sources=(replace(first, dated=dated),))
    table = tabulate_sources(replace(findings, provenance=provenance), voice=Voice("id"))
    assert table.rows[0].cells[2].text == said


def test_a_sheet_is_named_where_a_file_has_several(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["14.71"]
    use = replace(findings.provenance.sources[0], file="a/b.xlsx", sheet="I")
    uses = (use, replace(use, sheet="II"), replace(use, file="a/c.xlsx"))
    table = tabulate_sources(
        replace(findings, provenance=replace(findings.provenance, sources=uses)), voice=Voice("id")
    )
    assert [row.cells[0].text for row in table.rows] == ["b.xlsx, lembar I", "b.xlsx, lembar II", "c.xlsx"]
