"""How far the latest survey is from the targets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TargetGap:
    """The latest survey minus one target, in proportions: above 0 is above the target.

    Where publications disagree on the latest survey, ``gap_low`` and ``gap_high`` are those of the lowest and of the
    highest value. ``source`` is empty for the regency's own target.
    """

    year: int
    prevalence: float
    source: str
    survey: str
    survey_year: int
    gap_low: float
    gap_high: float


@dataclass(frozen=True, kw_only=True)
class LocalTarget:
    """The regency's own target, as the user of the report states it. ``gap`` is none without a survey."""

    year: int
    prevalence: float
    gap: TargetGap | None
