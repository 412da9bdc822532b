"""The tier rule against the eight vectors A-H of the application's rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.domain import banding
from kbkit.domain.tiers import (
    HIGHEST_SCORE,
    INPUT_SCORES,
    OUTPUT_SCORES,
    PROCESS_SCORES,
    SCORES,
    Tier,
    classify_scores,
    compute_index,
)

# case: input scores, process scores, raw output percentages (None: no record), the output scores they give,
# the three indices and the tier.
VECTORS = {
    "A": ((1, 1, 1, 1, 1), (1, 1, 1), (None, None, None, None), (1, 1, 1, 1), "1.00 1.00 1.00", "dasar"),
    "B": ((4, 3, 4, 3, 3), (3, 4, 3), (18, 62, 21, 10), (2, 4, 2, 2), "3.40 3.33 2.50", "berkembang"),
    "C": ((4, 3, 4, 3, 3), (3, 4, 3), (31, 62, 21, 8), (4, 4, 2, 3), "3.40 3.33 3.25", "berkelanjutan"),
    "D": ((3, 2, 4, 3, 2), (3, 4, 3), (31, 62, 21, 8), (4, 4, 2, 3), "2.80 3.33 3.25", "mandiri"),
    "E": ((2, 2, 2, 2, 1), (2, 2, 2), (35, 70, 30, 5), (4, 4, 4, 4), "1.80 2.00 4.00", "dasar"),
    "F": ((4, 3, 4, 3, 3), (1, 2, 2), (18, 62, 21, 10), (2, 4, 2, 2), "3.40 1.67 2.50", "dasar"),
    "G": ((4, 3, 4, 3, 3), (3, 4, 3), (0, 0, 0, 0), (1, 1, 1, 4), "3.40 3.33 1.75", "berkembang"),
    "H": ((3, 3, 3, 3, 3), (3, 3, 3), (21, 41, 23, 9), (3, 3, 3, 3), "3.00 3.00 3.00", "berkelanjutan"),
}


@pytest.mark.parametrize("case", VECTORS)
def test_vector(case: str) -> None:
    inputs, process, raw, outputs, indices, tier = VECTORS[case]
    banded = (
        banding.score_output_poktan(raw[0]),
        banding.score_output_cpr(raw[1]),
        banding.score_output_long_acting(raw[2]),
        banding.score_output_unmet_need(raw[3]),
    )
    assert banded == outputs
    scores = dict(zip(SCORES, (*inputs, *process, *banded), strict=True))
    index_input, index_process, index_output, classified = classify_scores(scores)
    assert f"{index_input} {index_process} {index_output}" == indices
    assert classified == Tier(tier)


def test_every_percentage_has_a_band() -> None:
    """The application leaves 20.5 % and 12.05 % without a score when it does not round first."""
    assert banding.score_output_poktan(20.5) == 3
    assert banding.score_output_unmet_need(12.05) == 2
    assert banding.score_output_unmet_need(12.5) == 1
    assert banding.score_output_cpr(40.4) == 2


def test_half_is_rounded_up_as_the_application_does() -> None:
    assert compute_index([1, 1, 1, 1, 1, 1, 1, 2]) == Decimal("1.13")  # 1.125; bankers' rounding would give 1.12


def _scores(draw: st.DrawFn) -> dict[str, int]:
    return {name: draw(st.integers(1, HIGHEST_SCORE[name])) for name in SCORES}


@given(st.composite(_scores)())
def test_thresholds_are_sums(scores: dict[str, int]) -> None:
    """Index >= 3.00 is input sum >= 15, process sum >= 9, output sum >= 12: no rounding lifts a village over it."""
    *_, tier = classify_scores(scores)
    good = (
        sum(scores[name] for name in INPUT_SCORES) >= 15,
        sum(scores[name] for name in PROCESS_SCORES) >= 9,
        sum(scores[name] for name in OUTPUT_SCORES) >= 12,
    )
    expected = {
        (True, True, True): Tier.BERKELANJUTAN,
        (True, True, False): Tier.BERKEMBANG,
        (True, False, True): Tier.MANDIRI,
        (False, True, True): Tier.MANDIRI,
    }.get(good, Tier.DASAR)
    assert tier == expected


def test_the_ladder_is_not_monotone() -> None:
    """Losing process while output becomes good lifts a village from berkembang to mandiri."""
    berkembang = dict(zip(SCORES, (3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3), strict=True))
    weaker_process = berkembang | {"score_process_data_use": 1, "score_output_poktan": 3}
    assert classify_scores(berkembang)[3] == Tier.BERKEMBANG
    assert classify_scores(weaker_process)[3] == Tier.MANDIRI


def test_a_missing_score_is_an_error() -> None:
    with pytest.raises(KeyError):
        classify_scores({"score_input_pokja": 4})
