"""Problems in order of priority, and how far the order depends on the weights."""

from __future__ import annotations

from collections.abc import Mapping

from kbkit.analysis.problems import MeasuredProblem
from kbkit.domain.problems import (
    GROWTH_UNKNOWN,
    PROBLEMS,
    WEIGHTINGS,
    PrioritySettings,
    Weights,
    priority,
    score_growth,
    score_seriousness,
    score_urgency,
)
from kbkit.results.priorities import RankedProblem

_LOWEST, _HIGHEST = 1, 5
_Scores = tuple[int, int, int | None]
"""Urgency, seriousness, growth; ``None`` where growth is unknown."""


def rank_problems(measures: Mapping[str, MeasuredProblem], *, settings: PrioritySettings) -> tuple[RankedProblem, ...]:
    """Return problems in order of priority; equal ones in the order of :data:`~kbkit.domain.problems.PROBLEMS`."""
    scores = {key: _score(measures[key], settings.benchmark(key)) for key in PROBLEMS if key in measures}
    middle = dict.fromkeys(scores, GROWTH_UNKNOWN)
    places = _places(scores, settings.weights, unknown=middle)
    orders = [_places(scores, weights, unknown=middle) for weights in WEIGHTINGS]
    return tuple(
        _ranked(
            key,
            measures[key],
            scores,
            settings,
            rank=places[key],
            top=sum(order[key] <= settings.planned for order in orders) / len(orders),
        )
        for key in sorted(scores, key=lambda name: places[name])
    )


def _ranked(
    key: str,
    measure: MeasuredProblem,
    scores: Mapping[str, _Scores],
    settings: PrioritySettings,
    *,
    rank: int,
    top: float,
) -> RankedProblem:
    urgency, seriousness, growth = scores[key]
    best, worst = _extremes(key, scores)
    growth = GROWTH_UNKNOWN if growth is None else growth
    return RankedProblem(
        key=key,
        affected=measure.affected,
        population=measure.population,
        share=measure.share,
        time=measure.time,
        change=measure.change,
        since=measure.since,
        benchmark=settings.benchmark(key),
        urgency=urgency,
        seriousness=seriousness,
        growth=growth,
        priority=priority(urgency=urgency, seriousness=seriousness, growth=growth, weights=settings.weights),
        rank=rank,
        rank_best=best,
        rank_worst=worst,
        top=top,
    )


def _score(measure: MeasuredProblem, benchmark: float) -> _Scores:
    growth = None if measure.change is None else score_growth(measure.change)
    return score_urgency(measure.share, benchmark=benchmark), score_seriousness(measure.share), growth


def _extremes(key: str, scores: Mapping[str, _Scores]) -> tuple[int, int]:
    """Return the best and the worst place over all weightings, unknown growths taken for and against the problem."""
    kind = {name: _HIGHEST if name == key else _LOWEST for name in scores}
    harsh = {name: _LOWEST if name == key else _HIGHEST for name in scores}
    best = min(_places(scores, weights, unknown=kind)[key] for weights in WEIGHTINGS)
    worst = max(_places(scores, weights, unknown=harsh)[key] for weights in WEIGHTINGS)
    return best, worst


def _places(scores: Mapping[str, _Scores], weights: Weights, *, unknown: Mapping[str, int]) -> dict[str, int]:
    """Return the place of each problem, 1 the first; equal priorities keep the order of the problems."""
    values = {
        key: priority(
            urgency=urgency, seriousness=seriousness, growth=unknown[key] if growth is None else growth, weights=weights
        )
        for key, (urgency, seriousness, growth) in scores.items()
    }
    ordered = sorted(values, key=lambda key: -round(values[key], 9))
    return {key: place for place, key in enumerate(ordered, start=1)}
