"""Sentences on how far a survey lies from a target, and whether its interval can tell."""

from __future__ import annotations

from collections.abc import Sequence

from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import TargetGap
from kbkit.text.voice import Voice


def side_of_target(target: TargetGap, *, voice: Voice) -> tuple[str, str]:
    """Return the name of the sentence on a gap, and the gap in points.

    Args:
        target: the target, with the gap of the latest survey.
        voice: language of the report.
    """
    if target.gap_low != target.gap_high:
        return "gap_unsure", voice.style.points_interval(target.gap_low, target.gap_high)
    gap = voice.style.decimal(100 * abs(target.gap_low), 1)
    if gap == voice.style.decimal(0, 1):
        return "gap_equal", gap
    return "gap_above" if target.gap_low > 0 else "gap_below", gap


def doubt_of_side(target: TargetGap, surveys: Sequence[SurveyValue], *, voice: Voice) -> str:
    """Say that the interval of the survey holds the target, so that its side is not sure; else nothing.

    Args:
        target: the target, with the gap of the latest survey.
        surveys: all published values; of several for the latest survey the sentence on the gap itself is unsure.
        voice: language of the report.
    """
    latest = [value for value in surveys if value.year == target.survey_year]
    if len(latest) != 1 or latest[0].lower is None or latest[0].upper is None:
        return ""
    if not latest[0].lower <= target.prevalence <= latest[0].upper:
        return ""
    interval = voice.style.interval(latest[0].lower, latest[0].upper)
    return voice.say("stunting.gap_doubt", survey=target.survey, interval=interval)
