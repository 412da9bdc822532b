"""Villages as small areas: shrunken, ordered, hidden; and when they are not ordered at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.analysis.joint_disclosure import plan_disclosure
from kbkit.analysis.panel import build_panel
from kbkit.analysis.rows import as_rows
from kbkit.analysis.small_areas import CLASSES, choose_classes, describe_small_areas
from kbkit.domain.editions import SMALL_CELLS
from kbkit.results import Undefined
from kbkit.results.small_areas import Funnel, SmallAreas
from tests.analysis.regencies import measure, regency, village


def describe(counts: list[tuple[int, int]]) -> SmallAreas | Undefined:
    """Describe villages from stunted and measured children, two a district."""
    villages = [village(number, district=1 + number // 4) for number in range(1, len(counts) + 1)]
    measures = [
        measure(place["village_code"], target=2 * n, measured=n, stunted=stunted)
        for place, (stunted, n) in zip(villages, counts, strict=True)
    ]
    data = regency(villages=villages, stunting=measures)
    rows = as_rows(build_panel(data))
    disclosure = plan_disclosure(rows, rule=SMALL_CELLS["public"])
    return describe_small_areas(rows, data.villages, disclosure=disclosure, level=0.95)


SPREAD = [(30, 60), (28, 70), (9, 80), (5, 60), (6, 50), (25, 50), (7, 90), (2, 40), (3, 45), (12, 66), (20, 61)]


def by_village(counts: list[tuple[int, int]]) -> dict[str, Any]:
    areas = describe(counts)
    assert isinstance(areas, SmallAreas)
    return {rate.village_code: rate for rate in areas.rates}


def test_a_village_is_drawn_to_the_mean_and_keeps_its_side() -> None:
    areas = describe(SPREAD)
    assert isinstance(areas, SmallAreas)
    for rate in (rate for rate in areas.rates if not rate.hidden):
        low, high = sorted((rate.share_low, areas.prior_mean))
        assert low <= rate.low <= high
        assert rate.lower < rate.low < rate.upper
        assert rate.low == rate.high
    assert [rate.middle for rate in areas.rates] == sorted(rate.middle for rate in areas.rates)
    assert areas.count("above") + areas.count("below") + areas.count("between") == len(SPREAD)


def test_a_hidden_village_looks_the_same_whatever_its_number() -> None:
    one, other = by_village(SPREAD), by_village([*SPREAD[:7], (3, 40), (2, 45), *SPREAD[9:]])
    hidden = [code for code, rate in one.items() if rate.hidden]
    assert len(hidden) >= 2
    assert [one[code] for code in hidden] == [other[code] for code in hidden]


def test_prior_and_limits_are_rounded() -> None:
    areas = describe(SPREAD)
    assert isinstance(areas, SmallAreas)
    assert isinstance(areas.funnel, Funnel)
    assert areas.prior_mean == round(areas.prior_mean, 3)
    for limit in areas.funnel.limits:
        assert limit.upper == round(limit.upper, 3)
    assert areas.funnel.overdispersion == round(areas.funnel.overdispersion, 1)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([], "nothing_measured"),
        ([(4, 30)], "too_few_units"),
        ([(4, 30), (8, 30)], "too_few_units"),
        ([(0, 30), (0, 40), (0, 25)], "no_case"),
        ([(10, 50), (12, 60), (8, 40)], "villages_alike"),
    ],
)
def test_what_cannot_be_ordered_says_why(counts: list[tuple[int, int]], reason: str) -> None:
    areas = describe(counts)
    assert isinstance(areas, Undefined)
    assert areas.reason in (reason, "too_few_units")


@given(st.lists(st.floats(0.001, 0.9), min_size=1, max_size=40))
def test_classes_are_few_round_and_rising(values: list[float]) -> None:
    classes = choose_classes(values)
    assert 1 <= len(classes) < CLASSES
    assert list(classes) == sorted(set(classes))
    assert all(limit > 0 and (1000 * limit) % 5 < 1e-6 for limit in classes)


def test_classes_part_most_of_the_values() -> None:
    assert choose_classes([0.08, 0.12, 0.17, 0.22, 0.24]) == (0.10, 0.15, 0.20)
