"""Problems of a regency in numbers: for each the affected and the concerned of every village and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.ladders import nothing_entered, score_matrix
from kbkit.analysis.rows import Rows
from kbkit.dataset import RegencyData
from kbkit.domain.periods import begins, months_between

_YEAR: Final = 12
_SHORTEST: Final = 5
"""Months below which two times are too near to speak of growth; half-yearly data are compared with half a year ago."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class MeasuredProblem:
    """A problem that the data show.

    Attributes:
        villages: affected at the latest time by village; villages without a number are not there.
        population: all concerned at the latest time.
        time: latest time.
        share: affected over population of all these villages.
        since: earlier time that is nearest to a year before; ``None`` without one.
        change: share less the share then.
        affected_since: all affected then; 0 without an earlier time.
    """

    villages: Mapping[str, int]
    population: int
    time: str
    share: float
    since: str | None
    change: float | None
    affected_since: int

    @property
    def affected(self) -> int:
        """All affected at the latest time."""
        return sum(self.villages.values())


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """Counts by village and time, ``nan`` where unknown; every array has the shape ``(rows,)``."""

    villages: NDArray[Any]
    times: NDArray[Any]
    affected: FloatArray
    population: FloatArray


def measure_problems(data: RegencyData, *, rows: Rows, high: frozenset[str]) -> dict[str, MeasuredProblem | None]:
    """Measure every problem of :data:`kbkit.domain.problems.PROBLEMS`; ``None`` where the data do not show it.

    Args:
        data: the regency's partition.
        rows: rows of all villages and periods.
        high: codes of the villages whose shrunken prevalence lies above the regency's as a whole.
    """
    measured = rows.take(rows.has_prevalence)
    counts = {
        "stunted": _children(measured, measured.stunted, measured.measured),
        # More measured than targeted leaves a negative number.
        "unmeasured": _children(rows, rows.target - rows.measured, rows.target),
        "high_without_specific": _high_without_specific(data.interventions, high),
        "toilet_unimproved": _of_families(data.families, "toilet_unimproved", "families_target"),
        "water_unimproved": _of_families(data.families, "water_unimproved", "families_target"),
        "four_too": _of_families(data.families, "four_too", "couples_reproductive_age"),
        "without_kampung_kb": _without_kampung_kb(data),
        "nothing_entered": _nothing_entered(data.tiers),
        "without_funding": _without_funding(data.funding),
    }
    return {key: _measure(found) for key, found in counts.items()}


def _children(rows: Rows, affected: FloatArray, population: FloatArray) -> _Counts:
    villages, periods = (np.array(names, dtype=object) for names in (rows.names.villages, rows.names.periods))
    return _Counts(
        villages=villages[rows.village], times=periods[rows.period], affected=affected, population=population
    )


def _of_families(families: pd.DataFrame, affected: str, population: str) -> _Counts:
    return _Counts(
        villages=families["village_code"].to_numpy(dtype=object),
        times=families["semester"].to_numpy(dtype=object),
        affected=families[affected].to_numpy(dtype=np.float64, na_value=np.nan),
        population=families[population].to_numpy(dtype=np.float64, na_value=np.nan),
    )


def _of_villages(affected: Mapping[tuple[str, object], bool]) -> _Counts:
    """Return counts in which every village is one, by village and time."""
    return _Counts(
        villages=np.array([village for village, _ in affected], dtype=object),
        times=np.array([str(time) for _, time in affected], dtype=object),
        affected=np.array(list(affected.values()), dtype=np.float64),
        population=np.ones(len(affected)),
    )


def _without_kampung_kb(data: RegencyData) -> _Counts:
    tiers, villages = data.tiers[data.tiers["tier"].notna()], list(data.villages["village_code"])
    classified = set(zip(tiers["village_code"], tiers["snapshot_date"], strict=True))
    dates = data.tiers["snapshot_date"].unique()
    return _of_villages({place: place not in classified for place in product(villages, dates)})


def _nothing_entered(tiers: pd.DataFrame) -> _Counts:
    scores = score_matrix(tiers)
    places = zip(tiers["village_code"], tiers["snapshot_date"], strict=True)
    return _of_villages(dict(zip(places, nothing_entered(scores), strict=True)))


def _without_funding(funding: pd.DataFrame) -> _Counts:
    """Villages all of whose sources gave nothing; a source without an amount gave, and nobody wrote how much."""
    nothing = (funding["amount"] <= 0).fillna(value=False)
    places = list(zip(funding["village_code"], funding["year"], strict=True))
    gave = {place for place, gave_nothing in zip(places, nothing, strict=True) if not gave_nothing}
    return _of_villages({place: place not in gave for place in places})


def _high_without_specific(interventions: pd.DataFrame, high: frozenset[str]) -> _Counts:
    """Villages with a high prevalence and no specific intervention in the year; none where no year is listed."""
    specific = interventions[interventions["kind"] == "specific"]
    served = set(zip(specific["village_code"], specific["year"], strict=True))
    years = interventions["year"].unique()
    return _of_villages({place: place not in served for place in product(sorted(high), years)})


def _measure(counts: _Counts) -> MeasuredProblem | None:
    known = ~np.isnan(counts.affected) & (counts.population > 0)
    if not known.any():
        return None
    villages, affected, population = counts.villages[known], counts.affected[known], counts.population[known]
    numbers, times = pd.factorize(counts.times[known], sort=True)
    sums, wholes = (np.bincount(numbers, weights=column) for column in (affected, population))
    shares = dict(zip(times, (sums / wholes).tolist(), strict=True))
    latest = times[-1]
    since = _year_before(latest, [time for time in shares if time != latest])
    now = numbers == len(times) - 1
    return MeasuredProblem(
        villages=dict(zip(villages[now], affected[now].astype(np.int64).tolist(), strict=True)),
        population=int(wholes[-1]),
        time=latest,
        share=shares[latest],
        since=since,
        change=shares[latest] - shares[since] if since else None,
        affected_since=int(sums[list(times).index(since)]) if since else 0,
    )


def _year_before(latest: str, earlier: list[str]) -> str | None:
    """Return the time nearest to a year before the latest, the earlier of two that are equally near."""
    end = begins(latest)
    distances = {
        time: months_between(start, end) for time in sorted(earlier) if end and (start := begins(time)) is not None
    }
    far = {time: months for time, months in distances.items() if months >= _SHORTEST}
    return min(far, key=lambda time: abs(far[time] - _YEAR), default=None)
