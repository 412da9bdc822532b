"""Small cells leave the findings, and cannot be computed back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.analysis.disclosure import guard_severe, suppress, suppress_parts
from kbkit.analysis.joint_disclosure import Placed, count_villages, hide_cells, hide_parts
from kbkit.analysis.village_disclosure import open_values
from kbkit.domain.editions import SMALL_CELLS
from kbkit.results import Estimate, Undefined
from kbkit.results.stunting import ChildCoverage

PUBLIC = SMALL_CELLS["public"]


def cell(stunted: int | None, severe: int | None = None) -> ChildCoverage:
    return ChildCoverage(
        villages=1,
        villages_measured=1,
        children_target=100,
        children_measured=80,
        children_stunted=stunted,
        children_severely_stunted=severe,
        coverage=0.8,
        prevalence=Estimate(estimate=(stunted or 0) / 80, lower=0.01234567, method="test"),
        design_effect=1.23456,
    )


def placed(*rows: tuple[int, str, str]) -> list[Placed]:
    return [
        Placed(code=str(place), stunted=stunted, measured=100, district=district, tier=tier, part="")
        for place, (stunted, district, tier) in enumerate(rows)
    ]


def hidden_groups(*rows: tuple[int, str, str]) -> set[tuple[str, str]]:
    return hide_cells(placed(*rows), rule=PUBLIC)[0]


def test_a_hidden_group_shows_nothing_of_its_cases() -> None:
    shown = suppress(cell(3, 1), hidden=True, rule=PUBLIC)
    for value in (shown.children_stunted, shown.children_severely_stunted, shown.prevalence):
        assert isinstance(value, Undefined)
    assert shown.design_effect is None
    assert shown.children_measured == 80


def test_intervals_are_kept_as_they_are_printed_and_no_finer() -> None:
    shown = suppress(cell(30), hidden=False, rule=PUBLIC)
    assert isinstance(shown.prevalence, Estimate)
    assert (shown.prevalence.estimate, shown.prevalence.lower, shown.design_effect) == (0.375, 0.012, 1.2)


def test_the_internal_edition_hides_nothing() -> None:
    assert suppress(cell(3, 1), hidden=True, rule=SMALL_CELLS["internal"]) == cell(3, 1)
    assert hide_parts([1, 30], rule=SMALL_CELLS["internal"]) == (False, frozenset())


def test_severely_stunted_children_are_guarded_of_their_own() -> None:
    parts = suppress_parts([cell(20, severe=2), cell(30, severe=9)], hidden=[False, False], rule=PUBLIC)
    assert all(isinstance(part.children_severely_stunted, Undefined) for part in parts)
    assert [part.children_stunted for part in parts] == [20, 30]


def test_severe_cases_that_are_nearly_all_cases_hide_their_total() -> None:
    parts = [cell(20, severe=20), cell(3, severe=3)]
    whole = guard_severe(cell(23, severe=23), [parts], rule=PUBLIC)
    assert isinstance(whole.children_severely_stunted, Undefined), "23 of 23 are 3 of 3"
    assert guard_severe(cell(60, severe=23), [[cell(50, 20), cell(10, 3)]], rule=PUBLIC).children_severely_stunted == 23


def test_a_small_district_takes_the_next_smallest_with_it() -> None:
    found = hidden_groups((3, "a", "x"), (12, "b", "x"), (7, "c", "x"), (0, "d", "x"), (30, "b", "y"))
    assert found == {("district", "a"), ("district", "c")}


def test_two_small_districts_at_the_end_of_their_ranges_take_a_third() -> None:
    # 4 + 4 of a printed 8 can be nothing else, and 1 + 1 = 2 neither.
    assert len(hidden_groups((4, "a", "x"), (4, "b", "x"), (20, "c", "x"), (30, "d", "y"))) >= 3
    assert hide_parts([4, 4, 20], rule=PUBLIC)[1] == {0, 1, 2}
    assert hide_parts([1, 1, 20], rule=PUBLIC)[1] == {0, 1, 2}


def test_villages_that_fill_their_district_hide_it_with_another() -> None:
    # All three at the top of 1-4, 1-4, 5-9: their district's 17 would say so.
    found = hidden_groups((4, "a", "x"), (4, "a", "y"), (9, "a", "x"), (30, "b", "x"), (40, "b", "y"), (50, "c", "y"))
    assert ("district", "a") in found
    assert sum(kind == "district" for kind, _ in found) >= 2


def test_a_small_total_is_hidden() -> None:
    assert ("total", "") in hidden_groups((3, "a", "x"), (0, "b", "y"))
    assert hide_parts([3, 0], rule=PUBLIC)[0]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from("abc"), st.sampled_from(["x", "y", "dasar"]), st.booleans()),
        min_size=1,
        max_size=14,
    )
)
def test_every_small_number_keeps_its_width(rows: list[tuple[int, str, str, bool]]) -> None:
    villages = [
        Placed(
            code=str(place),
            stunted=number,
            measured=100,
            district=district,
            tier=tier,
            part=("silent" if silent else "entered") if tier == "dasar" else "",
        )
        for place, (number, district, tier, silent) in enumerate(rows)
    ]
    groups, ranges = hide_cells(villages, rule=PUBLIC)
    assert narrow(villages, groups, ranges) == []


def narrow(villages: list[Placed], groups: set[tuple[str, str]], ranges: Any) -> list[Any]:
    """Return the small numbers that have fewer than three values, or are shown."""
    counted = count_villages(villages, groups, PUBLIC)
    asked: list[tuple[Any, list[int]]] = [
        (group, [place for place, village in enumerate(villages) if group in village.groups])
        for group in {group for village in villages for group in village.groups}
    ]
    asked += [(place, [place]) for place in range(len(villages))]
    total = ("total", "") not in groups
    return [
        (name, members)
        for name, members in asked
        if PUBLIC.hides(sum(villages[place].stunted for place in members))
        and not open_values(counted, ranges, members, total=total) >= PUBLIC.width
    ]
