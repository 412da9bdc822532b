"""Which villages' numbers of stunted children are hidden, so that no small one can be worked out.

A shrunken prevalence, a point of a funnel or a colour of a map gives a village's number away as surely as printing it:
whoever knows the measured children solves for the stunted ones. So a village is either shown, or hidden: then whatever
is drawn of it spans a range of numbers, 1-4, 5-9, 10-14 and so on, and is the same for each number in it.

Hidden are numbers under the threshold, zero apart (it tells of no child); and, smallest first, as many others as it
takes until the printed totals of districts, tiers and regency, all together, leave at least :data:`LEAST_WIDTH` values
open for each small one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kbkit.analysis.disclosure import SMALLEST_SHOWN
from kbkit.methods import bound_cells

LEAST_WIDTH: Final = 3
"""Values that a hidden number must be able to take, given every total: with two, either guess is right half the time."""

Range = tuple[int, int]
"""Least and largest number that a hidden one may be."""

Membership = NDArray[np.bool_]
"""Which village belongs to which group with a printed total, shape ``(groups, villages)``."""


def hide_villages(stunted: Sequence[int], *, groupings: Sequence[Sequence[str]]) -> Mapping[int, Range]:
    """Return the places of the villages to hide, each with the range of its number.

    Args:
        stunted: stunted children, one a village.
        groupings: for every printed breakdown the group of each village; the regency as a whole is added here.
    """
    numbers = np.array(stunted, dtype=np.int64)
    groups = _membership(groupings, len(numbers))
    hidden = (numbers > 0) & (numbers < SMALLEST_SHOWN)
    while (added := _next_to_hide(numbers, groups, hidden)) is not None:
        hidden[added] = True
    return {int(place): _range_of(int(numbers[place])) for place in np.flatnonzero(hidden)}


def _membership(groupings: Sequence[Sequence[str]], villages: int) -> Membership:
    rows = [np.ones(villages, dtype=bool)]
    rows += [np.array([name == group for group in grouping]) for grouping in groupings for name in sorted(set(grouping))]
    return np.array(rows)


def _range_of(number: int) -> Range:
    least = number // SMALLEST_SHOWN * SMALLEST_SHOWN
    return (1 if 0 < number < SMALLEST_SHOWN else least), least + SMALLEST_SHOWN - 1


def _next_to_hide(numbers: NDArray[np.int64], groups: Membership, hidden: NDArray[np.bool_]) -> int | None:
    """Return the smallest shown village in a group with a small number that is given away; ``None`` where none is.

    Where all of its groups are hidden already, the smallest shown village of all loosens the totals of others.
    """
    given_away = _given_away(numbers, groups, hidden)
    if given_away is None or hidden.all():
        return None
    near = groups[1:][groups[1:, given_away]].any(axis=0) & ~hidden
    shown = np.flatnonzero(near if near.any() else ~hidden)
    return min((bool(numbers[place] == 0), int(numbers[place]), int(place)) for place in shown)[2]


def _given_away(numbers: NDArray[np.int64], groups: Membership, hidden: NDArray[np.bool_]) -> int | None:
    """Return a village whose small number the totals leave too few values for."""
    places = np.flatnonzero(hidden)
    small = np.flatnonzero(numbers[places] < SMALLEST_SHOWN)
    small = small[numbers[places][small] > 0]
    touched = groups[:, places].any(axis=1)
    if not small.size:
        return None
    ranges = np.array([_range_of(int(numbers[place])) for place in places])
    members = groups[touched][:, places]
    limits = bound_cells(
        members=members, totals=members @ numbers[places], lower=ranges[:, 0], upper=ranges[:, 1], cells=small
    )
    narrow = np.flatnonzero(limits[:, 1] - limits[:, 0] + 1 < LEAST_WIDTH)
    return int(places[small[narrow[0]]]) if narrow.size else None
