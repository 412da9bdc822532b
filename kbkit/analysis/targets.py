"""The latest survey beside the national targets."""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.domain.stunting import NATIONAL_TARGETS
from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import TargetGap


def compare_with_targets(surveys: Sequence[SurveyValue]) -> tuple[TargetGap, ...]:
    """Return the gap of the latest survey to every target of its year or later, by year; none without a survey.

    A registry's prevalence is never compared: targets are set for surveys.
    """
    if not surveys:
        return ()
    year = max(value.year for value in surveys)
    latest = [value for value in surveys if value.year == year]
    low, high = (choose(value.prevalence for value in latest) for choose in (min, max))
    return tuple(
        TargetGap(
            year=target.year,
            prevalence=target.prevalence,
            source=target.source,
            survey=latest[0].survey,
            survey_year=year,
            gap_low=low - target.prevalence,
            gap_high=high - target.prevalence,
        )
        for target in NATIONAL_TARGETS
        if target.year >= year
    )
