"""No small number of a village can be worked out from what is shown of the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.analysis.village_disclosure import (
    OUTSIDE,
    Counted,
    hide_villages,
    middle_numbers,
    open_values,
    open_values_of,
)
from kbkit.domain.editions import SMALL_CELLS
from kbkit.methods import bound_cells


def counted(*numbers: int, districts: str = "", tiers: str = "") -> list[Counted]:
    """Return villages, all in one district and one tier where no letters are given; a dash is an unprinted total."""
    return [
        Counted(
            stunted=number,
            measured=100,
            district=None if district == "-" else district,
            tier=None if tier == "-" else tier,
        )
        for number, district, tier in zip(
            numbers, districts or "a" * len(numbers), tiers or "x" * len(numbers), strict=True
        )
    ]


def test_a_lone_small_number_takes_another_along() -> None:
    assert hide_villages(counted(3, 7, 20)) == {0: (1, 4), 1: (5, 9)}
    assert hide_villages(counted(6, 9, 20)) == {}


def test_numbers_at_the_end_of_their_ranges_need_a_third() -> None:
    # 1 + 5 = 6 leaves only 1 and 5 within 1-4 and 5-9: the sum gives both away.
    villages = counted(1, 5, 8, 30)
    assert open_values(villages, {0, 1}, [0]) == 1
    assert set(hide_villages(villages)) == {0, 1, 2}


def test_zero_is_shown_unless_nothing_else_is_left() -> None:
    assert hide_villages(counted(0, 0, 6)) == {}
    assert hide_villages(counted(0, 2)) == {0: (0, 4), 1: (1, 4)}


def test_a_fellow_of_the_same_district_and_tier_is_enough() -> None:
    assert set(hide_villages(counted(3, 6, 7, 9, districts="aabb", tiers="xyxx"))) != {0, 1}
    assert set(hide_villages(counted(3, 30, 6, 7, districts="aaab", tiers="xxyx"))) == {0, 1}


def test_without_one_a_ring_of_four_is_hidden() -> None:
    villages = counted(3, 6, 7, 8, 40, districts="aabbb", tiers="xyxyz")
    assert open_values(villages, {0, 1}, [0]) == 1, "the tiers give both away"
    assert set(hide_villages(villages)) == {0, 1, 2, 3}


def test_a_total_that_is_not_printed_gives_nothing_away() -> None:
    # One village alone in its tier, whose total is hidden: the district needs a second.
    assert set(hide_villages(counted(3, 6, 9, districts="aaa", tiers="-yy"))) >= {0}
    villages = counted(3, 6, 9, districts="aaa", tiers="---")
    assert hide_villages(villages) == {0: (1, 4), 1: (5, 9)}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc-"), st.sampled_from("xy-")), min_size=1, max_size=16)
)
def test_small_numbers_are_hidden_and_open_unless_nothing_helps(rows: list[tuple[int, str, str]]) -> None:
    numbers, districts, tiers = ([row[place] for row in rows] for place in range(3))
    villages = counted(*numbers, districts="".join(map(str, districts)), tiers="".join(map(str, tiers)))  # type: ignore[arg-type]
    hidden = hide_villages(villages)
    everything = range(len(villages))
    for place, village in enumerate(villages):
        if village.small:
            best = open_values(villages, everything, [place])
            assert open_values(villages, hidden, [place]) >= min(village.aim, best)
        if place in hidden:
            assert hidden[place][0] <= village.stunted <= hidden[place][1]


def test_few_measured_children_hide_any_number() -> None:
    one, none = (Counted(stunted=number, measured=2, district="a", tier="x") for number in (1, 0))
    many = Counted(stunted=30, measured=90, district="a", tier="x")
    assert hide_villages([one, none, many])[0] == hide_villages([one, none, many])[1] == (0, 2)


def test_the_strict_edition_hides_up_to_nine() -> None:
    villages = [replace(village, rule=SMALL_CELLS["strict"]) for village in counted(9, 14, 40)]
    assert hide_villages(villages) == {0: (1, 9), 1: (10, 19)}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abc-"), st.sampled_from("xy-")), min_size=1, max_size=12),
    st.data(),
    st.booleans(),
)
def test_moving_children_along_rings_gives_what_the_linear_programmes_give(
    rows: list[tuple[int, str, str]], data: st.DataObject, total: bool
) -> None:
    numbers, districts, tiers = ([row[place] for row in rows] for place in range(3))
    villages = counted(*numbers, districts="".join(map(str, districts)), tiers="".join(map(str, tiers)))  # type: ignore[arg-type]
    hidden = data.draw(st.sets(st.integers(0, len(villages) - 1), min_size=1))
    for place in hidden:
        expected = open_values(villages, hidden, [place], total=total)
        assert open_values_of(place, villages, hidden, total=total) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abc-"), st.sampled_from("xy-")), min_size=1, max_size=12),
    st.booleans(),
)
def test_middle_numbers_are_those_of_linear_programmes_village_by_village(
    rows: list[tuple[int, str, str]], total: bool
) -> None:
    numbers, districts, tiers = ([row[place] for row in rows] for place in range(3))
    villages = counted(*numbers, districts="".join(map(str, districts)), tiers="".join(map(str, tiers)))  # type: ignore[arg-type]
    groups = sorted({end for village in villages for end in village.ends} - {OUTSIDE})
    members = [[group in village.ends for village in villages] for group in groups]
    members += [[True] * len(villages)] if total else []
    if not members:
        return  # nothing at all is printed
    totals = [sum(v.stunted for v, inside in zip(villages, row, strict=True) if inside) for row in members]
    ranges = [village.range for village in villages]
    expected = list(ranges)
    for place in range(len(villages)):
        asked = [other == place for other in range(len(villages))]
        lower, upper = zip(*expected, strict=True)
        low, high = bound_cells(members=members, totals=totals, lower=lower, upper=upper, sums=[asked])[0].tolist()
        expected[place] = ((low + high) // 2,) * 2
    assert middle_numbers(villages, ranges, total=total) == [low for low, _ in expected]
