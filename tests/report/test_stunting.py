"""The chapter on stunting for regencies of every kind: each has a page that looks intended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kbkit
from kbkit.document import Block, Figure, Paragraph, Table, dump_blocks, load_blocks
from kbkit.report.stunting import compose_stunting
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language, Voice
from tests.analysis.regencies import measure, regency, village
from tests.text.test_words import CAUSAL

SURVEYS = [{"survey": "SSGI", "year": 2024, "prevalence": 0.207, "source_file": "a.csv", "source_row": 2}]


def analyse(
    counts: list[tuple[int, int, int]], *, periods: tuple[str, ...] = ("2024-02",), names: str = "", **tables: Any
) -> Findings:
    """Analyse villages from target, measured and stunted children, five a district."""
    places = [village(number, district=1 + number // 5) for number in range(1, len(counts) + 1)]
    places = [place | ({"village_name": f"{names} {n}"} if names else {}) for n, place in enumerate(places)]
    rows = [
        measure(place["village_code"], target=target, measured=measured, stunted=stunted, period=period)
        for place, (target, measured, stunted) in zip(places, counts, strict=True)
        for period in periods
    ]
    return kbkit.analyse_regency(regency(villages=places, stunting=rows, **tables))


def compose(findings: Findings, language: Language = "id") -> dict[str, Block]:
    blocks = compose_stunting(findings, voice=Voice(language))
    assert load_blocks(dump_blocks(blocks)) == blocks
    for table in (block for block in blocks if isinstance(block, Table)):
        assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
    for figure in (block for block in blocks if isinstance(block, Figure)):
        assert figure.alt
        assert figure.svg.startswith("<?xml")
    return {getattr(block, "name", f"{place}"): block for place, block in enumerate(blocks)}


def words(blocks: dict[str, Block]) -> str:
    return " ".join(span.text for block in blocks.values() if isinstance(block, Paragraph) for span in block.spans)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.integers(0, 60).flatmap(
            lambda n: st.tuples(st.integers(n, 90), st.just(n), st.integers(0, n))  # target, measured, stunted
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 3),
    st.sampled_from(LANGUAGES),
)
def test_any_small_regency_has_its_chapter(
    counts: list[tuple[int, int, int]], periods: int, language: Language
) -> None:
    findings = analyse(counts, periods=("2023-08", "2024-02", "2024-08")[:periods])
    text = words(compose(findings, language))
    assert CAUSAL.search(text) is None
    assert "nan" not in text.split()


def test_one_village_is_not_ordered() -> None:
    blocks = compose(analyse([(80, 60, 12)]))
    assert "village_rates" not in blocks
    assert "Kurang dari tiga desa/kelurahan" in words(blocks)


def test_zero_cases_say_what_to_check() -> None:
    assert "periksa dahulu kelengkapan" in words(compose(analyse([(80, 60, 0)] * 6)))


def test_eighty_villages_with_long_names() -> None:
    counts = [(120, 60 + place % 40, (7 * place) % 33) for place in range(80)]
    blocks = compose(analyse(counts, names="Sungai Batang Hari Seberang Kampung Baru Hilir"))
    table = blocks["village_rates"]
    assert isinstance(table, Table)
    assert [row.kind for row in table.rows].count("group") == 2
    assert len(table.rows) == 22
    funnel = blocks["village_funnel"]
    assert isinstance(funnel, Figure)


def test_without_survey_and_families_a_line_says_what_to_supply() -> None:
    text = words(compose(analyse([(80, 60, 12), (70, 50, 22), (90, 70, 9), (80, 60, 30)])))
    assert "CSV" in text
    assert "Verval KRS" in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "SSGI 2024: 20,7%, 6,7 poin persentase di atas target nasional 2024 sebesar 14,0% (Perpres 72/2021)."),
        (
            "en",
            "SSGI 2024: 20.7%, 6.7 percentage points above the national target for 2024 of 14.0% (Perpres 72/2021).",
        ),
    ],
)
def test_the_gap_to_the_target_in_words(language: Language, sentence: str) -> None:
    assert sentence in words(compose(analyse([(80, 60, 12)], surveys=SURVEYS), language))


def test_a_survey_that_disagrees_with_itself_has_a_range() -> None:
    twice = [*SURVEYS, SURVEYS[0] | {"prevalence": 0.183, "source_row": 3}]
    text = words(compose(analyse([(80, 60, 12)], surveys=twice)))
    assert "tidak seragam" in text
    assert "+4,3" in text
    assert "+6,7" in text


def test_registry_and_survey_never_share_an_exhibit(demo_findings: dict[str, Findings]) -> None:
    blocks = compose(demo_findings["33.16"])
    survey = blocks["survey_path"]
    assert isinstance(survey, Figure)
    stunting = demo_findings["33.16"].stunting
    assert stunting is not None
    assert Voice("id").prevalence(stunting.latest.prevalence) not in survey.alt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_a_hidden_village_shows_no_single_value(
    demo_findings: dict[str, Findings], code: str, language: Language
) -> None:
    findings = demo_findings[code]
    assert not isinstance(findings.small_areas, Undefined)
    hidden = {rate.village_name for rate in findings.small_areas.rates if rate.hidden}
    assert hidden
    table = compose(findings, language)["village_rates"]
    assert isinstance(table, Table)
    for row in table.rows:
        if row.cells[0].text in hidden:
            assert isinstance(row.cells[4].value, str), "a range, never one value"


def test_findings_survive_json(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    findings = demo_findings["21.05"]
    assert kbkit.read_findings(findings.save(tmp_path)) == findings


@pytest.mark.real
@pytest.mark.parametrize("code", ["33.16", "21.05"])
def test_maps_of_real_boundaries(demo_findings: dict[str, Findings], real_data: Path, code: str) -> None:
    from kbkit.analysis.geography import match_outlines

    outlines = kbkit.read_outlines(real_data / "batas", regency=code)
    villages = regency(
        villages=[
            village(1) | {"village_code": v.code, "district_code": v.district_code}
            for v in demo_findings[code].villages
        ]
    ).villages
    findings = replace(demo_findings[code], geography=match_outlines(outlines, villages))
    assert findings.geography is not None
    assert findings.geography.without_outline == findings.geography.without_register == ()
    figure = compose(findings)["village_map"]
    assert isinstance(figure, Figure)
    assert f"Peta {len(findings.villages)} wilayah" in figure.alt
    assert len(figure.svg) < 450_000
    assert ("Gugus pulau" in " ".join(figure.notes)) == (code == "21.05")
