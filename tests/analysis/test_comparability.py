"""When a comparison is withheld."""

from __future__ import annotations

import datetime as dt

import pytest

from kbkit.analysis.comparability import find_obstacles
from kbkit.analysis.panel import build_panel
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import as_rows
from kbkit.dataset import RegencyData
from kbkit.domain.tiers import TIERS
from tests.analysis.regencies import measure, regency, tier, village

PLAN = AnalysisPlan()


def build(per_tier: dict[str, int], *, districts: int = 4, date: dt.date = dt.date(2024, 1, 4)) -> RegencyData:
    names = [name for name, count in per_tier.items() for _ in range(count)]
    villages = [village(number, district=1 + number % districts) for number in range(len(names))]
    return regency(
        villages=villages,
        tiers=[tier(place["village_code"], name, date) for place, name in zip(villages, names, strict=True)],
        stunting=[measure(place["village_code"], target=60, measured=50, stunted=9) for place in villages],
    )


def reasons(data: RegencyData) -> list[str]:
    rows = as_rows(build_panel(data))
    return [found.reason for found in find_obstacles(rows, has_tiers=not data.tiers.empty, plan=PLAN)]


def test_eight_villages_in_every_tier_are_enough() -> None:
    assert reasons(build({tier.value: 8 for tier in TIERS})) == []


def test_seven_are_not() -> None:
    data = build({"dasar": 8, "berkembang": 7, "mandiri": 8, "berkelanjutan": 8})
    (found,) = find_obstacles(as_rows(build_panel(data)), has_tiers=True, plan=PLAN)
    assert (found.reason, dict(found.details)) == (
        "few_villages",
        {"tiers": "berkembang", "villages": "7", "needed": 8},
    )


def test_an_empty_tier_comes_before_a_thin_one() -> None:
    assert reasons(build({"dasar": 48, "berkembang": 3, "berkelanjutan": 10})) == ["empty_tiers", "few_villages"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (build({tier.value: 8 for tier in TIERS}, districts=1), "one_district"),
        (build({tier.value: 8 for tier in TIERS}, date=dt.date(2024, 3, 1)), "tiers_after_measurement"),
        (regency(villages=[village(1)], stunting=[measure("x", target=1, measured=1, stunted=0)]), "no_tiers"),
        (regency(villages=[village(1)], tiers=[tier(village(1)["village_code"], "dasar")]), "no_measurement"),
    ],
)
def test_other_obstacles(data: RegencyData, reason: str) -> None:
    assert reasons(data) == [reason]
