"""How villages move between tiers from snapshot to snapshot, and how long they have been where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from statistics import median

import pandas as pd

from kbkit.domain.periods import months_between
from kbkit.domain.tiers import TIERS
from kbkit.results.classification import TierDuration, TierMove

_ORDER = {name: place for place, name in enumerate((*(tier.value for tier in TIERS), None))}


def count_moves(before: pd.Series[str], after: pd.Series[str]) -> tuple[TierMove, ...]:
    """Count villages by tier before and after.

    Args:
        before: tier of villages, missing without one.
        after: tier of the same villages.

    Returns:
        One value a pair that occurs, in the order of the ladder, villages without a tier last.
    """
    pairs = zip(_tiers(before), _tiers(after), strict=True)
    counts: dict[tuple[str | None, str | None], int] = {}
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    ordered = sorted(counts, key=lambda pair: (_ORDER[pair[0]], _ORDER[pair[1]]))
    return tuple(TierMove(before=pair[0], after=pair[1], villages=counts[pair]) for pair in ordered)


def describe_durations(wide: pd.DataFrame, dates: Sequence[dt.date]) -> tuple[TierDuration, ...]:
    """Describe how long villages have been in their present tier.

    Args:
        wide: tier (missing without one), a row a village and a column a snapshot, oldest first.
        dates: dates of the snapshots.

    Returns:
        One value a tier that has villages at the latest snapshot; nothing for a single snapshot.
    """
    if len(dates) < 2:
        return ()
    stays: dict[str, list[int]] = {}
    for row in wide.itertuples(index=False):
        tiers = _tiers(row)
        if tiers[-1] is not None:
            stays.setdefault(tiers[-1], []).append(_stay(tiers, dates))
    span = months_between(dates[0], dates[-1])
    return tuple(
        TierDuration(
            tier=tier.value,
            villages=len(months),
            always=sum(stay == span for stay in months),
            median_months=float(median(months)),
        )
        for tier in TIERS
        if (months := stays.get(tier.value))
    )


def _stay(tiers: list[str | None], dates: Sequence[dt.date]) -> int:
    """Months from the first snapshot of the present stay to the latest."""
    first = len(tiers) - 1
    while first > 0 and tiers[first - 1] == tiers[-1]:
        first -= 1
    return months_between(dates[first], dates[-1])


def _tiers(values: object) -> list[str | None]:
    names = {tier.value for tier in TIERS}
    return [value if value in names else None for value in values]  # type: ignore[attr-defined]
