"""The latest survey beside the national targets and the regency's own."""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.domain.stunting import NATIONAL_TARGETS, Target
from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import LocalTarget, TargetGap


def compare_with_targets(surveys: Sequence[SurveyValue]) -> tuple[TargetGap, ...]:
    """Return the gap of the latest survey to every national target of its year or later, by year; none without one.

    A registry's prevalence is never compared: targets are set for surveys.
    """
    if not surveys:
        return ()
    year = max(value.year for value in surveys)
    return tuple(_gap(surveys, target) for target in NATIONAL_TARGETS if target.year >= year)


def compare_with_local_target(surveys: Sequence[SurveyValue], target: Target | None) -> LocalTarget | None:
    """Return the regency's own target, of whatever year, with the gap of the latest survey; ``None`` where none."""
    if target is None:
        return None
    gap = _gap(surveys, target) if surveys else None
    return LocalTarget(year=target.year, prevalence=target.prevalence, gap=gap)


def _gap(surveys: Sequence[SurveyValue], target: Target) -> TargetGap:
    year = max(value.year for value in surveys)
    latest = [value for value in surveys if value.year == year]
    low, high = (choose(value.prevalence for value in latest) for choose in (min, max))
    return TargetGap(
        year=target.year,
        prevalence=target.prevalence,
        source=target.source,
        survey=latest[0].survey,
        survey_year=year,
        gap_low=low - target.prevalence,
        gap_high=high - target.prevalence,
    )
