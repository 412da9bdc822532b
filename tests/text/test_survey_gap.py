"""How far a survey lies from a target, and when its interval cannot tell the side."""

from __future__ import annotations

import pytest

from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import TargetGap
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.survey_gap import doubt_of_side, side_of_target


def gap(low: float, high: float | None = None) -> TargetGap:
    return TargetGap(
        year=2024,
        prevalence=0.14,
        source="Perpres 72/2021",
        survey="SSGI",
        survey_year=2024,
        gap_low=low,
        gap_high=low if high is None else high,
    )


def survey(lower: float | None, upper: float | None) -> SurveyValue:
    return SurveyValue(
        survey="SSGI", year=2024, prevalence=0.12, lower=lower, upper=upper, publisher=None, band="medium"
    )


@pytest.mark.parametrize(
    ("found", "side"),
    [
        (gap(0.001), ("gap_above", "0,1")),
        (gap(-0.02), ("gap_below", "2,0")),
        (gap(0.0), ("gap_equal", "0,0")),
        (gap(-0.0004), ("gap_equal", "0,0")),
        (gap(-0.01, 0.02), ("gap_unsure", "−1,0 s.d. +2,0")),
    ],
)
def test_a_gap_that_prints_as_nothing_is_no_side(found: TargetGap, side: tuple[str, str]) -> None:
    assert side_of_target(found, voice=Voice("id")) == side


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("surveys", "doubted"),
    [
        ([survey(0.089, 0.151)], True),
        ([survey(0.10, 0.14)], True),
        ([survey(0.15, 0.19)], False),
        ([survey(0.10, 0.139)], False),
        ([survey(None, None)], False),
        ([survey(0.089, 0.151), survey(0.10, 0.16)], False),
    ],
)
def test_an_interval_that_holds_the_target_leaves_the_side_open(
    surveys: list[SurveyValue], doubted: bool, language: Language
) -> None:
    assert bool(doubt_of_side(gap(-0.02), surveys, voice=Voice(language))) is doubted
