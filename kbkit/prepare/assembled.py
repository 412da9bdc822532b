"""What assembling a table of the dataset has in common: the result, and the rules for two sources of one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.quality import Issue

VILLAGE: Final = [PARTITION, "village_code"]
"""What names a village in every table."""


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """A table of the dataset.

    Attributes:
        table: its rows.
        issues: what its checks found.
        dropped: rows that it does not hold: (file, sheet) -> reason -> rows.
    """

    table: pd.DataFrame
    issues: list[Issue] = field(default_factory=list)
    dropped: dict[tuple[str, str | None], Counter[str]] = field(default_factory=dict)


def first_source(rows: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the first source of each key, and the rows of its other sources."""
    source = rows["source_file"] + "\n" + rows["source_sheet"].fillna("")
    first = source.groupby([rows[name] for name in keys], dropna=False).transform("first") == source
    return rows[first], rows[~first]


def shaped(rows: pd.DataFrame, name: str, *, order: Sequence[str]) -> pd.DataFrame:
    """Return the columns of a table of the dataset, sorted by village and by ``order``."""
    return rows[list(TABLES[name].names)].sort_values([*VILLAGE, *order], kind="stable", ignore_index=True)


def empty_table(name: str) -> pd.DataFrame:
    """Return a table of the dataset without rows."""
    return pd.DataFrame(columns=list(TABLES[name].names))


def every_row(rows: pd.DataFrame) -> pd.Series:
    """Return a condition that holds in every row."""
    return pd.Series(True, index=rows.index, dtype=bool)


def count_dropped(pairs: list[tuple[pd.DataFrame, str]]) -> dict[tuple[str, str | None], Counter[str]]:
    """Count rows by source and reason.

    Args:
        pairs: rows that a table does not hold, and the code of the reason.
    """
    counts: dict[tuple[str, str | None], Counter[str]] = {}
    for rows, code in pairs:
        if len(rows):
            for file, sheet in zip(rows["source_file"], rows["source_sheet"], strict=True):
                counts.setdefault((file, sheet), Counter())[code] += 1
    return counts
