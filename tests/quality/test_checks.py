"""Every check has a row that it must catch and a row that it must leave alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kbkit.domain.tiers import RUBRIC_UNKNOWN, RUBRIC_VERSION, SCORES
from kbkit.quality import (
    Issue,
    check_families,
    check_stunting,
    check_surveys,
    check_tiers,
    check_total,
    issues_frame,
    recompute_tiers,
)

PLACE = {"regency_code": "13.77", "village_code": "13.77.01.1001", "source_file": "x", "source_sheet": None}
# Vector C of the rule and the all-ones vector A.
GOOD = dict(zip(SCORES, (4, 3, 4, 3, 3, 3, 4, 3, 4, 4, 2, 3), strict=True)) | {
    "index_input": 3.4,
    "index_process": 3.33,
    "index_output": 3.25,
    "tier": "berkelanjutan",
}
EMPTY = (
    dict.fromkeys(SCORES, 1) | dict.fromkeys(("index_input", "index_process", "index_output"), 1.0) | {"tier": "dasar"}
)


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame([PLACE | {"source_row": index + 2} | row for index, row in enumerate(rows)])
    whole = {name: "Int64" for name in (*SCORES, *STUNTING, *FAMILIES) if name in table}
    real = {name: "Float64" for name in ("index_input", "index_process", "index_output") if name in table}
    return table.astype(whole | real)


STUNTING = dict.fromkeys(
    ("children_target", "children_measured", "children_stunted", "measured_printed", "stunted_printed", "outlier")
)
FAMILIES = dict.fromkeys(
    ["families_target", "families_at_risk", "families_not_at_risk"]
    + [f"welfare_{group}" for group in ("1", "2", "3", "4", "above_4")]
)


def caught(issues: list[Issue]) -> list[tuple[str, int | None]]:
    return [(issue.code.removeprefix("quality."), issue.source_row) for issue in issues]


@pytest.mark.parametrize(
    ("change", "code", "found", "allowed"),
    [
        ({"tier": "mandiri"}, "tier_differs", "mandiri", "berkelanjutan"),
        ({"index_output": 3.5}, "index_differs", "3.5", "3.25"),
        ({"score_output_cpr": None}, "scores_missing", "berkelanjutan", None),
    ],
)
def test_classification(change: dict[str, Any], code: str, found: str, allowed: str | None) -> None:
    (issue,) = check_tiers(recompute_tiers(frame(GOOD, GOOD | change)))
    assert (issue.code, issue.source_row, issue.found, issue.allowed) == (f"quality.{code}", 3, found, allowed)


def test_nothing_entered_and_the_unmet_need_artefact() -> None:
    zeros = EMPTY | {"score_output_unmet_need": 4, "index_output": 1.75}
    assert caught(check_tiers(recompute_tiers(frame(GOOD, EMPTY, zeros)))) == [
        ("nothing_entered", 3),
        ("unmet_need_artefact", 4),
    ]


def test_the_rubric_is_known_only_where_the_scores_give_the_printed_tier() -> None:
    rows = recompute_tiers(frame(GOOD, GOOD | {"tier": "mandiri"}, GOOD | {"score_input_pokja": None}))
    assert rows["rubric_version"].tolist() == [RUBRIC_VERSION, RUBRIC_UNKNOWN, RUBRIC_UNKNOWN]
    assert rows["tier_recomputed"].tolist() == ["berkelanjutan", "berkelanjutan", None]


MEASURED = {"children_target": 100, "children_measured": 90, "children_stunted": 9}


def measured(**change: int | None) -> dict[str, Any]:
    return dict(STUNTING) | MEASURED | change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"children_stunted": 91}, "stunted_above_measured"),
        ({"children_measured": 79}, "coverage_low"),
        ({"children_measured": 111}, "coverage_implausible"),
        ({"children_target": 0}, "zero_target"),
        ({"children_stunted": 0}, "zero_cases"),
        ({"children_measured": None, "children_stunted": None}, "not_measured"),
        ({"measured_printed": 95}, "measured_differs"),
        ({"stunted_printed": 10}, "stunted_differs"),
    ],
)
def test_stunting(change: dict[str, int | None], code: str) -> None:
    assert caught(check_stunting(frame(measured(), measured(**change)))) == [(code, 3)]


@pytest.mark.parametrize(
    "change",
    [
        {"children_target": None},
        {"children_measured": 80},
        {"children_measured": 110},
        {"children_target": 40, "children_measured": 40, "children_stunted": 0},
        {"measured_printed": 90, "stunted_printed": 9},
        {"measured_printed": 92, "outlier": 2},
    ],
)
def test_sound_measurements(change: dict[str, int | None]) -> None:
    assert check_stunting(frame(measured(**change))) == []


@pytest.mark.parametrize("count", [0, None])
def test_a_target_of_zero_without_measurement_is_a_note(count: int | None) -> None:
    rows = frame(measured(), measured(children_target=0, children_measured=count, children_stunted=count))
    found = {issue.code: issue for issue in check_stunting(rows) if issue.source_row == 3}
    assert found["quality.zero_target_unmeasured"].severity == "note"
    assert "quality.zero_target" not in found
    assert not any(issue.source_row == 2 for issue in check_stunting(rows))


def test_the_printed_total() -> None:
    rows = frame(measured(), measured())
    total = {"children_target": 200, "children_measured": 170, "children_stunted": None}
    (issue,) = check_total(rows, total, regency_code="13.77", file="x", sheet=None)
    assert (issue.source_column, issue.found, issue.allowed) == ("children_measured", "170", "180")


def test_a_missing_total_is_a_note() -> None:
    (issue,) = check_total(frame(measured(), measured()), {}, regency_code="13.77", file="x", sheet=None)
    assert (issue.code, issue.severity, issue.found) == ("quality.no_total", "note", "2")


def test_families() -> None:
    sound = dict(zip(FAMILIES, (538, 190, 348, 38, 23, 14, 12, 103), strict=True))
    wrong = sound | {"families_target": 500, "welfare_1": 39}
    assert caught(check_families(frame(sound, wrong))) == [("families_target_differs", 3), ("welfare_differs", 3)]
    assert check_families(frame(sound | {"welfare_1": None})) == []


def survey(survey: str, year: int, prevalence: float) -> dict[str, Any]:
    return PLACE | {"source_row": 2, "survey": survey, "year": year, "prevalence": prevalence}


def test_surveys() -> None:
    rows = pd.DataFrame([survey("SSGI", 2022, 0.2), survey("SSGI", 2023, 0.21), survey("SSGI", 2022, 0.25)])
    found = [(issue.code, issue.found, issue.allowed) for issue in check_surveys(rows)]
    assert found == [
        ("quality.survey_mislabelled", "SSGI 2023", "SKI 2023"),
        ("quality.survey_contradicts", "20.0", None),
        ("quality.survey_contradicts", "25.0", None),
    ]
    assert check_surveys(pd.DataFrame([survey("SKI", 2023, 0.2), survey("SSGBI", 2019, 0.2)])) == []


def test_the_table_of_issues_is_in_the_order_of_places() -> None:
    later = Issue(code="b", severity="note", regency_code="13.77", source_file="x", source_row=3, details={"é": 1})
    first = Issue(code="a", severity="note", regency_code="13.77", source_file="x", source_row=2)
    table = issues_frame([later, first])
    assert table["source_row"].tolist() == [2, 3]
    assert table["details"].isna().tolist() == [True, False]
    assert table["details"].iloc[1] == '{"é": 1}'
