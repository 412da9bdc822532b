"""The nearest higher tier: the printed vectors of the rule, and against trying every way to add points."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.domain.next_tier import BLOCKS, missing_points, nearest_higher_tier
from kbkit.domain.tiers import HIGHEST_SCORE, SCORES, Tier, classify_scores


def scores(*values: int) -> dict[str, int]:
    return dict(zip(SCORES, values, strict=True))


@pytest.mark.parametrize(
    ("values", "tier", "points"),
    [
        # Nothing filled: input 5 of 15, process 3 of 9, output 4 of 12. Input and process take 10 + 6, process and
        # output 6 + 8.
        ((1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), Tier.MANDIRI, {"process": 6, "output": 8}),
        # Input 17 and process 10 are good, output is 10 of 12.
        ((4, 3, 4, 3, 3, 3, 4, 3, 2, 4, 2, 2), Tier.BERKELANJUTAN, {"output": 2}),
        # Output good, input 14 of 15.
        ((3, 2, 4, 3, 2, 3, 4, 3, 4, 4, 2, 3), Tier.BERKELANJUTAN, {"input": 1}),
        # Only output is good: process 6 of 9 is nearer than input 9 of 15.
        ((2, 2, 2, 2, 1, 2, 2, 2, 4, 4, 4, 4), Tier.MANDIRI, {"process": 3}),
        # Only input is good: process 5 of 9 and output 10 of 12: berkembang takes 4, mandiri 2.
        ((4, 3, 4, 3, 3, 1, 2, 2, 2, 4, 2, 2), Tier.MANDIRI, {"output": 2}),
    ],
)
def test_by_hand(values: tuple[int, ...], tier: Tier, points: dict[str, int]) -> None:
    found = nearest_higher_tier(scores(*values))
    assert found is not None
    assert (found.tier, dict(found.points)) == (tier, points)


def test_of_two_equally_near_tiers_the_lower_is_named() -> None:
    # Input good, process 8 of 9 (berkembang), output 11 of 12 (mandiri): a point each.
    found = nearest_higher_tier(scores(3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 2))
    assert found is not None
    assert found.tier is Tier.BERKEMBANG


def test_nothing_is_above_the_top() -> None:
    assert nearest_higher_tier(HIGHEST_SCORE) is None


def test_the_largest_gap_stands_first() -> None:
    found = nearest_higher_tier(scores(4, 3, 4, 3, 3, 3, 4, 3, 1, 4, 3, 2))
    assert found is not None
    assert found.open_scores == ("score_output_poktan", "score_output_unmet_need", "score_output_long_acting")


village_scores = st.fixed_dictionaries({name: st.integers(1, HIGHEST_SCORE[name]) for name in SCORES})


@settings(max_examples=60, deadline=None)
@given(village_scores)
def test_no_cheaper_way_exists(village: dict[str, int]) -> None:
    """The points of the blocks decide the tier, so that every sum of points a block can be tried."""
    now = classify_scores(village)[3]
    cheapest = min(
        (
            sum(added)
            for added in product(*(range(missing_points(village)[block] + 1) for block in BLOCKS))
            if _raised(village, added).score > now.score
        ),
        default=None,
    )
    found = nearest_higher_tier(village)
    assert (found.total if found else None) == cheapest


def _raised(village: dict[str, int], added: tuple[int, ...]) -> Tier:
    raised = dict(village)
    for names, points in zip(BLOCKS.values(), added, strict=True):
        for name in names:
            step = min(points, HIGHEST_SCORE[name] - raised[name])
            raised[name] += step
            points -= step
    return classify_scores(raised)[3]
