"""How villages move between tiers from snapshot to snapshot, and how long they have been where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kbkit.domain.periods import months_between
from kbkit.domain.tiers import TIERS
from kbkit.results.classification import TierDuration, TierMove

IntArray = NDArray[np.int64]

NO_TIER: Final = -1
_PLACES: Final = {tier.value: tier.score for tier in TIERS}


def tier_places(names: Iterable[str]) -> IntArray:
    """Return the place of tiers on the ladder, 0-3, and :data:`NO_TIER` for anything else; shape ``(names,)``."""
    return np.array([_PLACES.get(name, NO_TIER) for name in names], dtype=np.int64)


def count_moves(before: IntArray, after: IntArray) -> tuple[TierMove, ...]:
    """Count villages by tier before and after.

    Args:
        before: place of the tier of villages, :data:`NO_TIER` without one, shape ``(villages,)``.
        after: that of the same villages.

    Returns:
        One value a pair that occurs, in the order of the ladder, villages without a tier last.
    """
    names = [*(tier.value for tier in TIERS), None]  # the last of which is at place -1, too
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, (before, after), 1)
    return tuple(
        TierMove(before=names[first], after=names[second], villages=int(counts[first, second]))
        for first, second in np.argwhere(counts)
    )


def describe_durations(tiers: IntArray, dates: Sequence[dt.date]) -> tuple[TierDuration, ...]:
    """Describe how long villages have been in their present tier.

    Args:
        tiers: place of the tier, :data:`NO_TIER` without one, shape ``(villages, dates)``.
        dates: dates of the snapshots, oldest first.

    Returns:
        One value a tier that has villages at the latest snapshot; nothing for a single snapshot.
    """
    if len(dates) < 2:
        return ()
    to_latest = [months_between(date, dates[-1]) for date in dates]
    stays: dict[int, list[int]] = {}
    for row in tiers.tolist():
        stays.setdefault(row[-1], []).append(to_latest[_first_of_stay(row)])
    return tuple(
        TierDuration(
            tier=tier.value,
            villages=len(months),
            always=sum(stay == to_latest[0] for stay in months),
            median_months=float(median(months)),
        )
        for tier in TIERS
        if (months := stays.get(tier.score))
    )


def _first_of_stay(tiers: Sequence[int]) -> int:
    """Return the place of the first snapshot of the present stay."""
    first = len(tiers) - 1
    while first > 0 and tiers[first - 1] == tiers[-1]:
        first -= 1
    return first
