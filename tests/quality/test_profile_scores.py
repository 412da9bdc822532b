"""Scores made from the counts of a profile: by hand, and against the classification of a near and a far day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.dataset.schema import PROFILE_COUNTS, PROFILE_FLAGS
from kbkit.domain.banding import (
    poktan_percent,
    rounded_percent,
    score_input_field_workers,
    score_input_funding,
    score_input_pokja,
    score_process_operations,
)
from kbkit.quality.agreement import check_agreement, describe_profile_scores, join_profile_scores
from kbkit.quality.profile_scores import SCORE_COUNTS, recompute_scores, withheld_scores

PLACE = {
    "regency_code": "13.77",
    "village_code": "13.77.01.1001",
    "kampung_kb_name": "Maju",
    "snapshot_date": "2023-06-12",
    "source_file": "p.xlsx",
    "source_sheet": None,
    "source_row": 2,
}
# A village that was worked on. Users 62 of 100 couples, long-acting 13 of 62, unmet 8 of 100; BKB 40 of 80 families,
# BKR 20 of 100, BKL 30 of 100, UPPKA 10 of 400, PIK-R 20 of 100 adolescents.
FULL = {
    "pokja_formed": 1,
    "pokja_trained": 1,
    "field_worker": 1,
    "funding_sources": 3,
    "pokja_members": 12,
    "operations": 4,
    "couples": 100,
    "population": 1500,
    "families": 400,
    "adolescents": 100,
    "families_with_under_five": 80,
    "families_with_adolescents": 100,
    "families_with_elderly": 100,
    "members_bkb": 40,
    "members_bkr": 20,
    "members_bkl": 30,
    "members_uppka": 10,
    "members_pik_r": 20,
    "users_iud": 6,
    "users_implant": 7,
    "users_injection": 49,
    "non_users_pregnant": 20,
    "non_users_child_later": 5,
    "non_users_no_child": 3,
}
SCORES = {
    "score_input_pokja": 4,  # Pokja, members and training
    "score_input_funding": 3,  # 2-4 sources
    "score_input_field_workers": 2,  # a field worker, no regulation
    "score_process_operations": 3,  # 3-4 mechanisms
    "score_output_poktan": 3,  # (50 + 20 + 30 + round(2.5) = 3 + 20) / 5 = 24.6, rounded 25: 21-30
    "score_output_cpr": 4,  # 62 %
    "score_output_long_acting": 2,  # 13 / 62 = 20.97 %, rounded 21: 20-22
    "score_output_unmet_need": 3,  # 8 %
}


def profiles(*changes: dict[str, Any]) -> pd.DataFrame:
    counts = PROFILE_FLAGS + PROFILE_COUNTS
    rows = pd.DataFrame([PLACE | dict.fromkeys(counts) | change for change in changes])
    return rows.astype(dict.fromkeys(counts, "Int64"))


def printed(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([PLACE | SCORES | change for change in changes]).astype(dict.fromkeys(SCORES, "Int64"))


def scores_of(change: dict[str, Any]) -> dict[str, Any]:
    (scores,) = recompute_scores(profiles(FULL | change)).to_dict("records")
    return {str(name): score for name, score in scores.items()}


def test_the_counts_of_a_village_give_its_scores() -> None:
    assert scores_of({}) == SCORES


@pytest.mark.parametrize(
    ("change", "score", "expected"),
    [
        ({"pokja_formed": None}, "score_input_pokja", 1),  # members without a Pokja
        ({"pokja_trained": None}, "score_input_pokja", 3),
        ({"pokja_members": None, "pokja_trained": None}, "score_input_pokja", 2),
        ({"funding_sources": 5}, "score_input_funding", 4),
        ({"funding_sources": None}, "score_input_funding", 1),
        ({"regulation": 1}, "score_input_field_workers", 3),
        ({"operations": None}, "score_process_operations", 1),
        ({"families_with_elderly": None, "members_bkl": None}, "score_output_poktan", 2),  # 93 / 5 = 18.6: still by 5
        ({"couples": None}, "score_output_unmet_need", 4),  # 0 % of nobody reads as best
        ({"couples": None}, "score_output_cpr", 1),
        ({"non_users_child_later": 6}, "score_output_unmet_need", 3),  # 9 %
        ({"non_users_child_later": 7}, "score_output_unmet_need", 2),  # 10 %
    ],
)
def test_one_change_moves_one_score(change: dict[str, Any], score: str, expected: int) -> None:
    assert scores_of(change)[score] == expected


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"population": 8_848_452_391}, set()),  # in no score
        ({"couples": -296}, {"cpr", "unmet_need"}),
        ({"users_injection": 90}, {"cpr", "long_acting", "unmet_need"}),  # 103 users of 100 couples
        ({"members_bkb": 81}, {"poktan"}),  # of 80 families
        ({"families_with_elderly": 401}, {"poktan"}),  # of 400 families
        ({"funding_sources": 7}, {"funding"}),  # the form knows six
        ({"operations": 6}, {"operations"}),
        ({"pokja_members_trained": 13}, {"pokja"}),  # of 12 members
        ({"funding_sources": 1}, {"funding"}),  # one, or none
        (dict.fromkeys([name for name in PROFILE_COUNTS if "users_" in name]), {"unmet_need"}),  # no record, or zeros
    ],
)
def test_an_impossible_or_open_count_gives_no_score(change: dict[str, Any], lost: set[str]) -> None:
    scores = scores_of(change)
    missing = {name for name, score in scores.items() if pd.isna(score)}
    assert {name.split("_", 2)[2] for name in missing} == lost


def test_only_impossible_values_are_counted_as_withheld() -> None:
    rows = profiles(FULL, FULL | {"funding_sources": 1}, FULL | {"couples": -296}, FULL | {"operations": 6})
    assert withheld_scores(rows).tolist() == [0, 0, 2, 1]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_is_rounded_half_up(part: int, whole: int) -> None:
    percent = rounded_percent(part, whole)
    assert percent == 0 if whole == 0 else abs(percent - 100 * part / whole) <= 0.5 + 1e-9


def test_the_bands_of_the_counted_scores() -> None:
    """By the table of the rule: 0, 1, 2-4, more; 0, 1-2, 3-4, 5; 0, 1, 2 of two things."""
    assert [score_input_funding(count) for count in range(7)] == [1, 2, 3, 3, 3, 4, 4]
    assert [score_process_operations(count) for count in range(6)] == [1, 2, 2, 3, 3, 4]
    assert [
        score_input_field_workers(field_worker=a, regulation=b)
        for a, b in ((False, False), (True, False), (True, True))
    ] == [1, 2, 3]
    assert [score_input_pokja(formed=False, members=9, trained=True)] == [1]
    assert rounded_percent(1, 40) == 3  # 2.5
    assert poktan_percent([50, 20, 30, 3, 20]) == Decimal("24.6")


def test_a_near_pair_lists_what_differs_and_a_far_one_does_not() -> None:
    made = profiles(FULL)
    near = printed({"score_output_cpr": 3, "snapshot_date": "2023-06-01"})
    (issue,) = check_agreement(made, near)
    assert (issue.code, issue.found, issue.allowed) == ("quality.score_differs_from_profile", "3", "4")
    assert check_agreement(made, printed({"score_output_cpr": 3, "snapshot_date": "2022-06-13"})) == []


def test_the_nearest_snapshot_is_compared_and_the_empty_profile_is_not() -> None:
    other = {"village_code": "13.77.01.1002"}
    made = profiles(FULL, other | {"funding_sources": 1})
    classification = printed(
        {"snapshot_date": "2022-06-13", "score_output_cpr": 1},
        {"snapshot_date": "2023-07-01", "score_output_cpr": 3},
        other | {"snapshot_date": "2023-07-01"},
    )
    scores = describe_profile_scores(made, classification)
    assert scores is not None
    (pair,) = scores.comparisons
    assert (pair.classification_date, pair.days, pair.records, pair.empty) == ("2023-07-01", 19, 1, 1)
    assert (pair.compared, pair.agreed) == (8, 7)
    assert [share.score for share in pair.shares if share.agreed < share.compared] == ["score_output_cpr"]


def test_of_several_kampung_kb_each_meets_its_namesake() -> None:
    made = profiles(FULL, FULL | {"kampung_kb_name": "Jaya", "operations": 1})
    classification = printed({}, {"kampung_kb_name": " JAYA", "score_process_operations": 2})
    scores = describe_profile_scores(made, classification)
    assert scores is not None
    assert [(pair.records, pair.compared, pair.agreed) for pair in scores.comparisons] == [(2, 16, 16)]


def test_without_a_classification_nothing_is_compared() -> None:
    scores = describe_profile_scores(profiles(FULL | {"operations": 6}), pd.DataFrame())
    assert scores is not None
    assert (scores.records, scores.records_impossible, scores.scores_withheld, scores.comparisons) == (1, 1, 1, ())
    assert describe_profile_scores(pd.DataFrame(), printed({})) is None


def test_every_score_names_counts_of_the_profile() -> None:
    assert {name for names in SCORE_COUNTS.values() for name in names} <= set(PROFILE_COUNTS)


def test_villages_described_apart_are_joined_to_the_whole() -> None:
    other = {"regency_code": "33.16", "village_code": "33.16.01.2001"}
    made = (FULL, FULL | other | {"operations": 1}, other | {"snapshot_date": "2024-06-12"})
    seen = ({"snapshot_date": "2023-06-20"}, other | {"snapshot_date": "2023-06-20"})
    described = [
        describe_profile_scores(rows[rows["regency_code"] == code], scores[scores["regency_code"] == code])
        for code in ("33.16", "13.77")
        for rows, scores in [(profiles(*made), printed(*seen))]
    ]
    joined = join_profile_scores([part for part in described if part is not None])
    assert joined == describe_profile_scores(profiles(*made), printed(*seen))
    assert joined is not None
    assert [(item.profile_date, item.records, item.empty) for item in joined.comparisons] == [
        ("2023-06-12", 2, 0),
        ("2024-06-12", 0, 1),
    ]
    assert join_profile_scores([]) is None
