"""A regency's own target: read from a notebook or a batch, refused in one sentence, shown beside the national ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kbkit
from kbkit.analysis.targets import compare_with_local_target
from kbkit.document import Block, Figure, Paragraph, Table
from kbkit.domain.stunting import Target
from kbkit.errors import InputError
from kbkit.parameters import BatchParameters, check_parameters, read_parameters
from kbkit.parameters.targets import read_target, value_of
from kbkit.report.key_figures import compose_key_figures
from kbkit.report.stunting import compose_stunting
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language, Voice, describe_fault
from tests.figures.pages import drawn_pages, words_of
from tests.test_parameters import GOOD, folder

__all__ = ["folder"]


def batch(folder: Path, lines: str) -> Path:
    path = folder / "batch.yaml"
    path.write_text(f"{GOOD}{lines}", encoding="utf-8")
    return path


@pytest.mark.parametrize("written", ["18,5", "18.5", "18,5%", " 18,50 "])
def test_comma_or_point(written: str) -> None:
    target = read_target(written, year=2026)
    assert target is not None
    assert target.year == 2026
    assert target.prevalence == pytest.approx(0.185)


def test_nothing_given_is_no_target() -> None:
    assert read_target("", year=0) is None


@pytest.mark.parametrize(
    ("target", "year", "codes"),
    [
        ("seperlima", 2026, ["not_a_percentage"]),
        ("0,185", 2026, ["not_a_percentage"]),  # a share: 0.2 per cent is nobody's target
        ("101", 2026, ["not_a_percentage"]),
        ("nan", 2026, ["not_a_percentage"]),
        ("18,5", 26, ["not_a_year"]),
        ("18,5", 0, ["not_a_year"]),
        ("", 2026, ["not_a_percentage"]),
        ("x", 1, ["not_a_percentage", "not_a_year"]),
    ],
)
def test_a_notebook_refuses_with_every_fault(target: str, year: int, codes: list[str]) -> None:
    with pytest.raises(InputError) as raised:
        read_target(target, year=year)
    assert [fault.code for fault in raised.value.faults] == [f"targets.{code}" for code in codes]
    for fault in raised.value.faults:
        for language in LANGUAGES:
            assert str(fault.allowed) in describe_fault(fault, language=language)


def stated(parameters: BatchParameters, code: str) -> tuple[str, str]:
    return value_of(parameters.target, regency=code), value_of(parameters.target_year, regency=code)


def test_one_value_for_all_or_one_a_regency(folder: Path) -> None:
    one = read_parameters(batch(folder, "target: 18,5\ntarget_year: 2026\n"))
    assert stated(one, "33.16") == stated(one, "14.10") == ("18,5", "2026")
    # YAML alone reads 14.10 as the number 14.1, which is no regency.
    each = read_parameters(batch(folder, 'target:\n  "33.16": 18.5\n  14.10: 14\ntarget_year: 2026\n'))
    assert (stated(each, "33.16")[0], stated(each, "14.10")[0], stated(each, "14.06")[0]) == ("18.5", "14.0", "")
    assert stated(read_parameters(batch(folder, "")), "33.16") == ("", "")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("target: tinggi\ntarget_year: 2026\n", [("targets.not_a_percentage", 5)]),
        ("target: 18.5\ntarget_year: 1926\n", [("targets.not_a_year", 6)]),
        ("target: [18.5]\ntarget_year: 2026\n", [("targets.not_a_percentage", 5)]),
        ("target: yes\ntarget_year: 2026.5\n", [("targets.not_a_percentage", 5), ("targets.not_a_year", 6)]),
        ("target: 18.5\n", [("targets.alone", 5)]),
        ("target_year: 2026\n", [("targets.alone", 5)]),
        ('target:\n  "33.16": 18\ntarget_year:\n  "14.10": 2026\n', [("targets.alone", 6), ("targets.alone", 8)]),
        ('target:\n  "33.61": 18\ntarget_year: 2026\n', [("parameters.unknown_regency", 6)]),
        ('target:\n  "33.16": 180\ntarget_year: 2026\n', [("targets.not_a_percentage", 6)]),
        ('target:\n  "33.16": 18\n  "33.16": 19\ntarget_year: 2026\n', [("parameters.duplicate_key", 7)]),
    ],
)
def test_a_batch_is_told_line_by_line(folder: Path, lines: str, found: list[tuple[str, int]]) -> None:
    faults = check_parameters(batch(folder, lines))
    assert [(fault.code, fault.line) for fault in faults] == found
    assert all(describe_fault(fault, language=language) for fault in faults for language in LANGUAGES)


TARGET = Target(year=2026, prevalence=0.185, source="")


@pytest.fixture(scope="module")
def blora(demo_findings: dict[str, Findings]) -> Findings:
    findings = demo_findings["33.16"]
    return replace(findings, local_target=compare_with_local_target(findings.surveys, TARGET))


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(span.text for block in blocks if isinstance(block, Paragraph) for span in block.spans)


def only(blocks: tuple[Block, ...], kind: Any, name: str) -> Any:
    return next(block for block in blocks if isinstance(block, kind) and block.name == name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_own_target_stands_beside_the_national_ones(blora: Findings, language: Language) -> None:
    voice = Voice(language)
    local, basis = voice.style.percent(0.185), voice.say("targets.basis")
    with drawn_pages() as pages:
        blocks = compose_stunting(blora, voice=voice)
    assert local in words(blocks)
    row = next(row for row in only(blocks, Table, "targets").rows if row.cells[3].text == basis)
    assert (row.cells[0].value, row.cells[1].value) == (2026, 0.185)
    figure = only(blocks, Figure, "survey_path")
    drawn = [line.text for page in pages for line in words_of(page)]
    assert voice.say("targets.label", year="2026", prevalence=local) in drawn
    assert voice.say("targets.alt", target=f"{local} (2026)") in figure.alt
    survey = max(blora.surveys, key=lambda value: value.year)
    gap = voice.style.points(survey.prevalence - 0.185)
    details = " ".join(item.detail for item in compose_key_figures(blora, voice=voice))
    assert voice.say("targets.key_gap", gap=gap, target=local, year="2026") in details


def test_without_a_survey_the_target_waits_for_one(blora: Findings) -> None:
    waiting = replace(blora, surveys=(), targets=(), local_target=compare_with_local_target([], TARGET))
    said = words(compose_stunting(waiting, voice=Voice("id")))
    assert "Target daerah 2026 sebesar 18,5% (diisikan pengguna) baru dapat dibandingkan" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_target_of_its_own_nothing_is_said(demo_findings: dict[str, Findings], language: Language) -> None:
    voice, findings = Voice(language), demo_findings["33.16"]
    assert findings.local_target is None
    blocks = compose_stunting(findings, voice=voice)
    assert voice.say("targets.basis") not in str([block for block in blocks if not isinstance(block, Figure)])
    assert voice.say("targets.note") not in only(blocks, Table, "targets").notes


def test_it_comes_back_from_the_findings(blora: Findings, tmp_path: Path) -> None:
    assert kbkit.read_findings(blora.save(tmp_path)).local_target == blora.local_target
