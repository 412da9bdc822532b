"""No small number of a village can be worked out from what is shown of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kbkit
from kbkit.analysis.panel import build_panel, measured
from kbkit.analysis.village_disclosure import LEAST_WIDTH, Range, hide_villages
from kbkit.methods import bound_cells
from kbkit.results import Undefined
from kbkit.results.findings import Findings


def open_values(stunted: Sequence[int], groupings: Sequence[Sequence[str]], hidden: Mapping[int, Range]) -> list[int]:
    """Return how many values each small number can take for somebody who knows all totals, all groups at once."""
    places = sorted(hidden)
    groups = [["all"] * len(stunted), *groupings]
    members = [[p for p in places if grouping[p] == name] for grouping in groups for name in sorted(set(grouping))]
    small = [place for place, village in enumerate(places) if 0 < stunted[village] < 5]
    limits = bound_cells(
        members=[[float(p in group) for p in places] for group in members],
        totals=[sum(stunted[p] for p in group) for group in members],
        lower=[hidden[p][0] for p in places],
        upper=[hidden[p][1] for p in places],
        cells=small,
    )
    return [int(most - least + 1) for least, most in limits]


def test_a_lone_small_number_takes_the_next_smallest_along() -> None:
    assert hide_villages([3, 7, 20], groupings=[]) == {0: (1, 4), 1: (5, 9)}


def test_numbers_at_the_end_of_their_ranges_need_a_third() -> None:
    # 1 + 5 = 6 leaves only 1 and 5 within 1-4 and 5-9: the sum gives both away.
    assert set(hide_villages([1, 5, 8, 30], groupings=[])) == {0, 1, 2}
    assert open_values([1, 5, 8, 30], [], {0: (1, 4), 1: (5, 9)}) == [1]


def test_zero_is_shown_unless_nothing_else_is_left() -> None:
    assert hide_villages([0, 0, 6], groupings=[]) == {}
    assert hide_villages([0, 2], groupings=[]) == {1: (1, 4), 0: (0, 4)}


def test_every_printed_breakdown_is_guarded() -> None:
    tiers = ["dasar", "dasar", "mandiri", "mandiri"]
    assert set(hide_villages([3, 20, 12, 7], groupings=[tiers])) >= {0, 1}


def test_totals_that_give_a_number_away_only_together_are_seen() -> None:
    # The tier holds the district's two villages and one more: tier minus district is that one.
    districts, tiers = ["a", "a", "b", "b", "b"], ["x", "x", "x", "y", "y"]
    stunted = [2, 3, 3, 30, 40]
    assert open_values(stunted, [districts, tiers], {0: (1, 4), 1: (1, 4), 2: (1, 4)})[2] == 1
    hidden = hide_villages(stunted, groupings=[districts, tiers])
    assert min(open_values(stunted, [districts, tiers], hidden)) >= LEAST_WIDTH


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("ABC"), st.sampled_from("xy")), min_size=1, max_size=16))
def test_all_totals_together_leave_enough_values_open(villages: list[tuple[int, str, str]]) -> None:
    stunted = [number for number, _, _ in villages]
    groupings = [[village[place] for village in villages] for place in (1, 2)]
    hidden = hide_villages(stunted, groupings=groupings)
    assert {place for place, number in enumerate(stunted) if 0 < number < 5} <= set(hidden)
    assert all(least <= stunted[place] <= most for place, (least, most) in hidden.items())
    if len(hidden) < len(stunted) and hidden:
        assert all(width >= LEAST_WIDTH for width in open_values(stunted, groupings, hidden))


@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_demo_regencies_leave_enough_values_open(
    demo_findings: dict[str, Findings], demo_dataset: Path, code: str
) -> None:
    areas = demo_findings[code].small_areas
    assert not isinstance(areas, Undefined)
    panel = build_panel(kbkit.read_regency(demo_dataset, regency=code))
    rows = panel[(panel["period"] == panel["period"].max()) & measured(panel)]
    stunted = [int(number) for number in rows["children_stunted"]]
    groupings = [list(rows["district_code"]), list(rows["tier"].fillna(""))]
    hidden = hide_villages(stunted, groupings=groupings)
    assert {rate.village_code for rate in areas.rates if rate.hidden} == set(rows["village_code"].iloc[sorted(hidden)])
    assert all(width >= LEAST_WIDTH for width in open_values(stunted, groupings, hidden))
