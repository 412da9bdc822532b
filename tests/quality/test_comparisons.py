"""Checks across rows: each has an input that it must catch and one that it must leave alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from kbkit.domain.expectations import EXPECTED_VILLAGES
from kbkit.matching import load_register
from kbkit.quality import check_percentages, check_tier_jumps, check_versions, check_village_counts
from kbkit.quality.jumps import JUMP_DAYS

JUNE = dt.date(2025, 6, 1)


def test_the_register_holds_the_villages_that_are_expected() -> None:
    """271 + 24 in Blora, 83 in Pekanbaru, 71 in Pariaman, 139 + 6 in Rokan Hulu, 52 + 2 in Anambas."""
    assert dict(EXPECTED_VILLAGES) == {"33.16": 295, "14.71": 83, "13.77": 71, "14.06": 145, "21.05": 54}
    villages = load_register().villages_frame(EXPECTED_VILLAGES)
    assert check_village_counts(villages, register="R") == []
    (issue,) = check_village_counts(villages[villages["village_code"] != "13.77.01.1005"], register="R")
    assert (issue.code, issue.regency_code, issue.found, issue.allowed) == (
        "quality.village_count_differs",
        "13.77",
        "70",
        "71",
    )


def tiers(steps: list[tuple[str, str]], *, days: int = JUMP_DAYS) -> pd.DataFrame:
    """Return two snapshots, one pair of tiers a village."""
    rows = [
        {
            "regency_code": "51.02",
            "village_code": f"51.02.01.{2001 + index}",
            "snapshot_date": day,
            "tier": tier,
            "source_file": f"{day}.xlsx",
            "source_sheet": None,
            "source_row": index + 2,
        }
        for index, pair in enumerate(steps)
        for day, tier in zip((JUNE, JUNE + dt.timedelta(days=days)), pair, strict=True)
    ]
    return pd.DataFrame(rows)


def test_two_steps_within_a_quarter_are_a_jump() -> None:
    steps = [("dasar", "mandiri"), ("dasar", "berkembang"), ("berkelanjutan", "dasar"), ("berkembang", "berkelanjutan")]
    found = check_tier_jumps(tiers(steps))
    assert [(issue.code, issue.source_row, issue.allowed) for issue in found] == [
        ("quality.tier_jump", 2, "dasar 2025-06-01"),
        ("quality.tier_jump", 5, "berkembang 2025-06-01"),
    ]
    assert check_tier_jumps(tiers(steps, days=JUMP_DAYS + 1)) == []


def test_a_fifth_that_rises_at_once_is_remarkable() -> None:
    """Tabanan 2025: at least 35 of 133 villages left *dasar* in two months."""
    steps = [("dasar", "berkembang")] * 35 + [("mandiri", "mandiri")] * 98
    (issue,) = check_tier_jumps(tiers(steps, days=61))
    assert (issue.code, issue.severity, issue.found, issue.allowed) == ("quality.tiers_risen", "warning", "35", "133")
    assert issue.details == {"date": "2025-08-01", "days": 61}


@pytest.mark.parametrize(
    "steps",
    [
        [("dasar", "berkembang")] * 4 + [("dasar", "dasar")] * 6,  # fewer than five villages
        [("dasar", "berkembang")] * 5 + [("dasar", "dasar")] * 21,  # 19 %
        [("mandiri", "dasar")] * 20,  # a fall is no jump
        [("dasar", None)] * 20,
        [],
    ],
)
def test_what_field_work_can_explain(steps: list[tuple[str, str]]) -> None:
    assert check_tier_jumps(tiers(steps)) == []


def registry(file: str, village: int, measured: int | None, stunted: int | None, **other: Any) -> dict[str, Any]:
    return {
        "regency_code": "21.05",
        "village_code": f"21.05.01.{village}",
        "period": "2022-08",
        "source_file": file,
        "source_sheet": None,
        "source_row": village,
        "children_measured": measured,
        "children_stunted": stunted,
    } | other


def test_two_exports_of_one_period_that_differ() -> None:
    rows = [registry("a", 2001, 100, 6), registry("a", 2002, 50, 3), registry("b", 2001, 100, 7)]
    rows += [registry("a", 2001, 100, 9, period="2023-02"), registry("b", 2003, 10, 9)]
    (issue,) = check_versions(pd.DataFrame(rows).astype({"children_measured": "Int64", "children_stunted": "Int64"}))
    assert (issue.code, issue.found) == ("quality.two_figures", "a: 6/100; b: 7/100")
    assert issue.details == {"period": "2022-08", "villages": 1}


@pytest.mark.parametrize(
    "rows",
    [
        [registry("a", 2001, 100, 6), registry("b", 2001, 100, 6)],
        [registry("a", 2001, 100, 6), registry("b", 2002, 100, 7)],  # two halves of one regency
        [registry("a", 2001, 100, 6), registry("b", 2001, None, None)],
        [registry("a", 2001, 100, 6), registry("a", 2001, 100, 7)],
    ],
)
def test_exports_that_do_not_contradict(rows: list[dict[str, Any]]) -> None:
    assert check_versions(pd.DataFrame(rows).astype({"children_measured": "Int64", "children_stunted": "Int64"})) == []


def percentages(**values: float | None) -> pd.DataFrame:
    row = registry("a", 2001, 452, 108) | {
        "children_target": 523,
        "measured_printed": None,
        "stunted_printed": None,
        "measured_percent": None,
        "stunted_percent": None,
    }
    whole = ("children_target", "children_measured", "children_stunted", "measured_printed", "stunted_printed")
    real = ("measured_percent", "stunted_percent")
    return pd.DataFrame([row | values]).astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(real, "Float64"))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"measured_percent": 100 * 452 / 523, "stunted_percent": 100 * 108 / 452},
        {"measured_percent": 86.4, "stunted_percent": 23.9},  # one decimal
        {"stunted_percent": 100 * 108 / 455, "measured_printed": 455},  # of all that were measured, outliers too
        {"measured_percent": 50.0, "children_target": 0},
    ],
)
def test_percentages_that_follow_from_their_counts(values: dict[str, float | None]) -> None:
    assert check_percentages(percentages(**values)) == []


def test_a_percentage_of_something_else_is_caught() -> None:
    found = check_percentages(percentages(measured_percent=68.4, stunted_percent=20.65))
    assert [(issue.source_column, issue.found, issue.allowed) for issue in found] == [
        ("% Diukur", "68.4", "86.42"),
        ("% Stunting", "20.65", "23.89"),
    ]
