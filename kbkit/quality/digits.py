"""Counts of a registry that end in 0 or 5 more often than chance allows: rounded, or estimated, not counted.

By chance a fifth of large counts end in 0 or 5. What this can show is that a regency's *counts* were rounded. It
cannot show digit preference in measuring, the habit of reading a height off to a whole or half centimetre: that is seen
only in heights of single children, which kbkit never reads. No sign of rounding is no proof of careful measuring.
"""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.quality.issue import Issue

LEAST_COUNT: Final = 30
"""Counts from which on the last digit is as good as even: below it, small villages crowd on few numbers."""
LEAST_VILLAGES: Final = 50
"""Villages with such counts without which the share of endings says nothing: ten expected in 0 or 5."""
CHANCE: Final = 0.2
SIGNIFICANCE: Final = 0.001
"""One in a thousand: a province has dozens of regencies and periods, each of them tested."""

_COLUMNS: Final = {"children_target": "Sasaran", "children_measured": "Diukur"}


def check_digits(rows: pd.DataFrame) -> list[Issue]:
    """Test the last digits of target and measured children for each regency and period.

    Args:
        rows: the table ``stunting``.
    """
    return [
        issue
        for (code, period), group in rows.groupby([PARTITION, "period"], sort=True)
        for name in _COLUMNS
        if (issue := _check(str(code), str(period), group, name)) is not None
    ]


def _check(code: str, period: str, rows: pd.DataFrame, name: str) -> Issue | None:
    counts = rows.loc[(rows[name] >= LEAST_COUNT).fillna(False).astype(bool), name].astype(int)
    round_ones = int((counts % 5 == 0).sum())
    if len(counts) < LEAST_VILLAGES or upper_tail(round_ones, len(counts)) >= SIGNIFICANCE:
        return None
    first = rows.iloc[0]
    return Issue(
        code="quality.round_counts",
        severity="note",
        regency_code=code,
        source_file=first["source_file"],
        source_sheet=first["source_sheet"],
        source_column=_COLUMNS[name],
        found=str(round_ones),
        allowed=str(len(counts)),
        details={"period": period},
    )


def upper_tail(successes: int, trials: int) -> float:
    """Return the chance of at least so many of the counts ending in 0 or 5 when every digit is as likely (binomial)."""
    terms = (math.comb(trials, k) * CHANCE**k * (1 - CHANCE) ** (trials - k) for k in range(successes, trials + 1))
    return math.fsum(terms)
