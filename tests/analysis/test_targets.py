"""Gaps to targets: from the latest survey only, and a range where publications disagree."""

from __future__ import annotations

import pytest

from kbkit.analysis.targets import compare_with_targets
from kbkit.results.stunting import SurveyValue


def survey(year: int, prevalence: float, name: str = "SSGI") -> SurveyValue:
    return SurveyValue(
        survey=name, year=year, prevalence=prevalence, lower=None, upper=None, publisher=None, band="high"
    )


def test_the_gap_is_that_of_the_latest_survey() -> None:
    gaps = compare_with_targets([survey(2022, 0.30), survey(2024, 0.207)])
    # 20.7 - 14.0 = +6.7 points; 20.7 - 18.8 = +1.9; 20.7 - 14.2 = +6.5; 20.7 - 5.0 = +15.7
    assert [gap.year for gap in gaps] == [2024, 2025, 2029, 2045]
    assert [gap.gap_low for gap in gaps] == pytest.approx([0.067, 0.019, 0.065, 0.157])
    assert all(gap.gap_low == gap.gap_high for gap in gaps)


def test_two_published_values_make_a_range() -> None:
    first = compare_with_targets([survey(2024, 0.133), survey(2024, 0.16)])[0]
    assert (first.gap_low, first.gap_high) == pytest.approx((-0.007, 0.02))


def test_past_targets_and_missing_surveys_have_no_gap() -> None:
    assert compare_with_targets([]) == ()
    assert [gap.year for gap in compare_with_targets([survey(2026, 0.2)])] == [2029, 2045]
