"""What models see of villages whose numbers are hidden: numbers that everybody could have put there.

A model is no linear equation, but it can be run. Whoever holds the shown numbers of one period tries each assignment of
the hidden ones that the printed totals allow, refits, and keeps what gives the printed result: of 122 assignments in
the demo's Blora (13 hidden villages, one period) the crude slope with every digit left one, and rounding to what is
printed left one as soon as all tiers were looked at. So a hidden number is replaced, before any model, by one that
follows from the printed totals and ranges alone. Results are then the same whatever the hidden numbers are, and differ
from those of the true numbers by a few children moved between villages of the same totals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kbkit.analysis.disclosure import Disclosure
from kbkit.analysis.joint_disclosure import Group, count_villages, place_villages
from kbkit.analysis.rows import Rows
from kbkit.analysis.village_disclosure import OUTSIDE, middle_numbers


def stand_in(rows: Rows, *, disclosure: Disclosure) -> Rows:
    """Return rows in which the hidden numbers of the latest period are replaced.

    Args:
        rows: rows of all villages and periods.
        disclosure: what of the latest period is hidden.
    """
    if not disclosure.villages:
        return rows
    numbers = choose_numbers(rows, disclosure=disclosure)
    stunted = rows.stunted.copy()
    latest = rows.period == len(rows.names.periods) - 1
    for place in np.flatnonzero(latest):
        code = rows.names.villages[rows.village[place]]
        stunted[place] = numbers.get(code, stunted[place])
    return replace(rows, stunted=stunted)


def choose_numbers(rows: Rows, *, disclosure: Disclosure) -> Mapping[str, int]:
    """Return a number for every hidden village, by code: the middle of what is open, given those chosen before it.

    Villages are lines between districts and tiers, so that whole numbers stay possible to the end.
    """
    villages = [village for village in place_villages(rows) if village.code in disclosure.villages]
    counted = count_villages(villages, _hidden_groups(disclosure), disclosure.rule)
    ranges = [disclosure.villages[village.code] for village in villages]
    without_groups = all(end == OUTSIDE for village in counted for end in village.ends)
    numbers = middle_numbers(counted, ranges, total=not disclosure.total or without_groups)
    return {village.code: number for village, number in zip(villages, numbers, strict=True)}


def _hidden_groups(disclosure: Disclosure) -> set[Group]:
    groups = {("district", name) for name in disclosure.districts}
    groups |= {("tier", "none" if name is None else name) for name in disclosure.tiers}
    return groups | ({("part", "silent"), ("part", "entered")} if disclosure.parts else set())
