"""Checks that need more than the rows of one table: all exports of a period, all snapshots, the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kbkit.matching import REGISTER_VINTAGE
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import (
    Issue,
    check_agreement,
    check_digits,
    check_percentages,
    check_series,
    check_tier_jumps,
    check_versions,
    check_village_counts,
)


def compared_issues(parts: Sequence[Part], tables: Mapping[str, pd.DataFrame]) -> list[Issue]:
    """Return what is doubtful across rows and tables. No check compares regencies with each other.

    Args:
        parts: every source with its codes.
        tables: the assembled tables, ``tiers`` and ``villages`` among them.
    """
    registry = rows_of(parts, "eppgbm")
    return [
        *check_village_counts(tables["villages"], register=REGISTER_VINTAGE),
        *check_tier_jumps(tables["tiers"]),
        *check_agreement(tables["profiles"], rows_of(parts, "classification")),
        *check_versions(registry),
        *check_percentages(registry),
        *check_digits(tables["stunting"]),
        *check_series(tables["village_indicators"]),
    ]
