"""Scores, steps and moves of a regency small enough to check by hand, and sums that must hold on the demo."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kbkit.analysis.classification import describe_classification
from kbkit.domain.tiers import HIGHEST_SCORE, SCORES
from kbkit.results.classification import Classification, Scores, TierMove
from kbkit.results.findings import Findings
from tests.analysis.regencies import regency, tier, village

FIRST, SECOND, THIRD = dt.date(2023, 1, 4), dt.date(2023, 7, 4), dt.date(2024, 1, 4)
CODES = [f"33.16.01.20{number:02d}" for number in range(1, 5)]
ALMOST = dict(zip(SCORES, (4, 3, 4, 3, 3, 3, 4, 3, 2, 4, 2, 2), strict=True))
"""Input and process good, output 10 of 12."""


def described(*rows: dict[str, Any]) -> Classification:
    found = describe_classification(regency(villages=[village(number) for number in range(1, 5)], tiers=rows))
    assert found is not None
    return found


def scored(*rows: dict[str, Any]) -> Scores:
    scores = described(*rows).scores
    assert scores is not None
    return scores


def test_a_move_is_counted_once_for_every_village_of_the_register() -> None:
    found = described(
        tier(CODES[0], "dasar", FIRST),
        tier(CODES[1], "mandiri", FIRST),
        tier(CODES[0], "berkembang", SECOND),
        tier(CODES[2], "dasar", SECOND),
    )
    assert found.snapshots[0].moves == ()
    assert found.snapshots[1].moves == (
        TierMove(before="dasar", after="berkembang", villages=1),
        TierMove(before="mandiri", after=None, villages=1),
        TierMove(before=None, after="dasar", villages=1),
        TierMove(before=None, after=None, villages=1),
    )
    assert (found.snapshots[1].rose, found.snapshots[1].fell, found.snapshots[1].stayed) == (1, 0, 0)


def test_time_in_tier_counts_the_present_stay_only() -> None:
    found = described(
        tier(CODES[0], "dasar", FIRST),
        tier(CODES[1], "mandiri", FIRST),
        tier(CODES[0], "dasar", SECOND),
        tier(CODES[1], "dasar", SECOND),
        tier(CODES[0], "dasar", THIRD),
        tier(CODES[1], "mandiri", THIRD),
    )
    stays = {
        duration.tier: (duration.villages, duration.always, duration.median_months) for duration in found.durations
    }
    assert stays == {"dasar": (1, 1, 12.0), "mandiri": (1, 0, 0.0)}


def test_a_single_snapshot_tells_no_duration() -> None:
    assert described(tier(CODES[0], "dasar", FIRST)).durations == ()


def test_a_printed_tier_that_does_not_follow_is_listed_with_both() -> None:
    found = described(tier(CODES[0], "dasar", FIRST, tier_recomputed="mandiri"), tier(CODES[1], "dasar", FIRST))
    assert found.printed_recomputed == (TierMove(before="dasar", after="mandiri", villages=1),)


def test_points_lacking_and_what_was_never_entered() -> None:
    scores = scored(
        tier(CODES[0], "berkembang", **ALMOST),
        tier(CODES[1], "dasar", **dict.fromkeys(SCORES, 1)),
        tier(CODES[2], "berkelanjutan", **HIGHEST_SCORE),
    )
    dasar, berkembang = scores.steps
    assert (dasar.tier, dasar.villages, dasar.nothing_entered, dasar.more) == ("dasar", 1, 1, 0)
    assert dasar.widest_gap is None
    assert (berkembang.two_or_three, berkembang.nearest) == (1, {"berkelanjutan": 1})
    assert [step.code for step in scores.nearest] == [CODES[0]]
    assert scores.nearest_points == 2


def test_a_row_without_all_scores_is_counted_apart() -> None:
    scores = scored(tier(CODES[0], "dasar"), tier(CODES[1], "dasar", score_output_cpr=None))
    assert (scores.villages, scores.incomplete) == (1, 1)


def test_attained_puts_scores_that_stop_at_three_on_the_same_scale() -> None:
    scores = scored(tier(CODES[0], "berkelanjutan", **HIGHEST_SCORE))
    assert [spread.attained for spread in scores.spreads] == [1.0] * 12


def test_no_complete_row_has_no_scores() -> None:
    assert described(tier(CODES[0], "dasar", score_output_cpr=None)).scores is None


@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_sums_hold(demo_findings: dict[str, Findings], code: str) -> None:
    findings = demo_findings[code]
    tiers = findings.classification
    assert tiers is not None
    assert tiers.scores is not None
    for snapshot in tiers.snapshots[1:]:
        assert sum(move.villages for move in snapshot.moves) == findings.coverage.villages
    for spread in tiers.scores.spreads:
        assert sum(spread.villages) == tiers.scores.villages
    for steps in tiers.scores.steps:
        assert steps.one + steps.two_or_three + steps.more + steps.nothing_entered == steps.villages
        assert sum(steps.nearest.values()) + steps.nothing_entered == steps.villages
    assert sum(district.villages for district in tiers.scores.districts) == tiers.scores.villages
