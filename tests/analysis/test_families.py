"""Families at risk: the latest semester, small numbers hidden, factors never added."""

from __future__ import annotations

from typing import Any

from kbkit.analysis.families import describe_families
from kbkit.domain.editions import SMALL_CELLS
from kbkit.results import Undefined
from tests.analysis.regencies import frame, village

VILLAGES = [village(1, district=1), village(2, district=2), village(3, district=3)]


def families(number: int, at_risk: int | None, semester: str = "2024-S2", **counts: Any) -> dict[str, Any]:
    code = VILLAGES[number - 1]["village_code"]
    return {"village_code": code, "semester": semester, "families_target": 100, "families_at_risk": at_risk} | counts


def describe(*rows: dict[str, Any]) -> Any:
    return describe_families(frame("families", rows), frame("villages", VILLAGES), rule=SMALL_CELLS["public"])


def test_the_latest_semester_counts() -> None:
    found = describe(families(1, 90, "2023-S2"), families(1, 30), families(2, 20), families(3, None))
    assert found.semester == "2024-S2"
    assert (found.whole.families_at_risk, found.whole.families_target, found.whole.villages) == (50, 200, 2)
    assert found.whole.share == 0.25


def test_a_small_number_takes_the_next_smallest_along() -> None:
    found = describe(families(1, 3), families(2, 20), families(3, 40))
    hidden = [isinstance(district.families_at_risk, Undefined) for district in found.districts]
    assert hidden == [True, True, False]
    assert found.districts[0].share is None


def test_factors_name_what_is_also_in_the_tier() -> None:
    found = describe(families(1, 60, water_unimproved=40, four_too=3), families(2, 20, water_unimproved=10))
    by_name = {factor.name: factor for factor in found.factors}
    assert by_name["water_unimproved"].share == 50 / 200
    assert isinstance(by_name["four_too"].families, Undefined)
    assert by_name["not_modern_contraception"].families is None
    assert [factor.name for factor in found.factors if factor.in_tier] == ["four_too", "not_modern_contraception"]


def test_nothing_reported_is_nothing() -> None:
    assert describe() is None
    assert describe(families(1, None)) is None
