"""The twelve scores of a regency's villages: where they are weak, and what separates a village from a higher tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.ladders import score_matrix
from kbkit.domain.next_tier import LOWEST_SCORE, missing_points, nearest_higher_tier, tier_without
from kbkit.domain.tiers import HIGHEST_SCORE, SCORES, TIERS
from kbkit.results.classification import DistrictScores, Scores, ScoreSpread, TierSteps, VillageStep

_HIGHEST: Final = np.array([HIGHEST_SCORE[name] for name in SCORES])
LONGEST_LIST: Final = 15
"""Villages in the list of those nearest to a higher tier: what a meeting can go through; the rest is in the counts."""


class _Village(NamedTuple):
    village_code: str
    village_name: str
    district_code: str
    district_name: str


def describe_scores(latest: pd.DataFrame, villages: pd.DataFrame) -> Scores | None:
    """Describe the twelve scores.

    Args:
        latest: rows of the table ``tiers`` at the latest snapshot, one a village.
        villages: the table ``villages``.

    Returns:
        ``None`` where no row has all twelve scores within their range.
    """
    values = score_matrix(latest)
    complete = np.all((values >= LOWEST_SCORE) & (values <= _HIGHEST), axis=1)
    if not complete.any():
        return None
    scores = dict(zip(latest["village_code"][complete], values[complete].astype(np.int64), strict=True))
    columns = (villages[name] for name in _Village._fields)
    named = sorted(place for place in map(_Village._make, zip(*columns, strict=True)) if place.village_code in scores)
    attained = np.array([scores[place.village_code] for place in named])
    spreads = _spread(attained)
    steps, nearest = _describe_steps(named, attained)
    return Scores(
        villages=len(named),
        incomplete=len(latest) - len(named),
        spreads=spreads,
        districts=_by_district(named, attained),
        weakest=min(spreads, key=lambda spread: spread.attained).score,
        steps=steps,
        nearest=nearest,
        nearest_points=max((_points(step) for step in nearest), default=0),
    )


def _spread(values: NDArray[np.int64]) -> tuple[ScoreSpread, ...]:
    counts = np.stack([(values == score).sum(axis=0) for score in (1, 2, 3, 4)], axis=1).tolist()
    return tuple(
        ScoreSpread(score=name, highest=HIGHEST_SCORE[name], villages=tuple(counts[place]), attained=attained)
        for place, (name, attained) in enumerate(zip(SCORES, _attained(values), strict=True))
    )


def _attained(values: NDArray[np.int64]) -> tuple[float, ...]:
    """Return the share of the attainable steps of each score, a column of ``values`` a score."""
    shares: list[float] = ((values.mean(axis=0) - LOWEST_SCORE) / (_HIGHEST - LOWEST_SCORE)).tolist()
    return tuple(shares)


def _by_district(named: Sequence[_Village], values: NDArray[np.int64]) -> tuple[DistrictScores, ...]:
    codes = np.array([place.district_code for place in named])
    names = {place.district_code: place.district_name for place in named}
    return tuple(
        DistrictScores(
            district_code=code,
            district_name=names[code],
            villages=int((codes == code).sum()),
            attained=_attained(values[codes == code]),
        )
        for code in sorted(names)
    )


def _describe_steps(
    named: Sequence[_Village], values: NDArray[np.int64]
) -> tuple[tuple[TierSteps, ...], tuple[VillageStep, ...]]:
    rows = zip(named, values.tolist(), strict=True)
    found = [step for place, row in rows if (step := _step(place, row)) is not None]
    entered = [step for step in found if not step.nothing_entered]
    steps = (_summarise(tier.value, [step for step in found if step.tier == tier.value]) for tier in TIERS)
    return tuple(step for step in steps if step is not None), _nearest(entered)


def _step(place: _Village, row: Sequence[int]) -> VillageStep | None:
    scores = dict(zip(SCORES, row, strict=True))
    nearest = nearest_higher_tier(scores)
    if nearest is None:
        return None
    return VillageStep(
        code=place.village_code,
        name=place.village_name,
        district_name=place.district_name,
        tier=tier_without(tuple(block for block, points in missing_points(scores).items() if points)).value,
        nearest=nearest.tier.value,
        points_input=nearest.points.get("input", 0),
        points_process=nearest.points.get("process", 0),
        points_output=nearest.points.get("output", 0),
        open_scores=nearest.open_scores,
        nothing_entered=set(scores.values()) == {LOWEST_SCORE},
    )


def _points(step: VillageStep) -> int:
    return step.points_input + step.points_process + step.points_output


def _summarise(tier: str, steps: list[VillageStep]) -> TierSteps | None:
    if not steps:
        return None
    entered = [step for step in steps if not step.nothing_entered]
    points = [_points(step) for step in entered]
    widest = Counter(step.open_scores[0] for step in entered)
    targets = Counter(step.nearest for step in entered)
    return TierSteps(
        tier=tier,
        villages=len(steps),
        nothing_entered=len(steps) - len(entered),
        nearest={name.value: targets[name.value] for name in TIERS if targets[name.value]},
        one=sum(point == 1 for point in points),
        two_or_three=sum(point in (2, 3) for point in points),
        more=sum(point > 3 for point in points),
        widest_gap=min(widest, key=lambda name: (-widest[name], SCORES.index(name)), default=None),
    )


def _nearest(steps: list[VillageStep]) -> tuple[VillageStep, ...]:
    """Return the villages nearest to a higher tier, as many whole groups of equal points as the list holds."""
    ordered = sorted(steps, key=lambda step: (_points(step), step.code))
    counts = Counter(_points(step) for step in ordered)
    kept, most = 0, 0
    for points in sorted(counts):
        if kept + counts[points] > LONGEST_LIST:
            break
        kept, most = kept + counts[points], points
    return tuple(step for step in ordered if _points(step) <= most)
