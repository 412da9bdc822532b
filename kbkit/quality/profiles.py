"""Checks of the portal's profile: what cannot be, what is missing, what the application misreads.

The profile is typed by Pokja and field workers and checked by nobody. No value is changed: an impossible one stays in
the table as typed, is an issue here, and is left out of every score (:mod:`kbkit.quality.profile_scores`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PROFILE_COUNTS
from kbkit.quality.impossible import NON_USERS, USERS, Impossible, find_impossible
from kbkit.quality.issue import Issue, issues_at

ACTIVITY: Final = PROFILE_COUNTS[PROFILE_COUNTS.index("operations") :]
"""Operations, population, members, contraception: what a profile that was worked on cannot leave blank altogether."""


def check_profiles(rows: pd.DataFrame, *, headings: Mapping[str, str]) -> list[Issue]:
    """Return every issue of rows of profiles that have their codes.

    Args:
        rows: the table ``profiles``.
        headings: heading of each count, for the place of an issue.
    """
    issues = [issue for item in find_impossible(rows) for issue in _issues(rows, item, headings)]
    return [*issues, *check_no_couples(rows), *check_profile_empty(rows)]


def profile_is_empty(rows: pd.DataFrame) -> pd.Series:
    """Return, by row, whether nothing was entered: no operation, population, member or contraception."""
    return rows[list(ACTIVITY)].isna().all(axis=1)


def check_profile_empty(rows: pd.DataFrame) -> list[Issue]:
    """Nothing was entered, which is not the same as a weak village."""
    return issues_at(rows, profile_is_empty(rows), code="quality.profile_nothing_entered", severity="note")


def check_no_couples(rows: pd.DataFrame) -> list[Issue]:
    """No couple beside a record of contraception: 0 % unmet need, for which the application gives the best score."""
    recorded = rows[[*USERS, *NON_USERS]].notna().any(axis=1)
    return issues_at(
        rows,
        recorded & (rows["couples"].fillna(0) == 0),
        code="quality.profile_no_couples",
        severity="note",
        found="couples",
        column="PUS",
    )


def _issues(rows: pd.DataFrame, item: Impossible, headings: Mapping[str, str]) -> list[Issue]:
    """Return the issues of one check; the column is named where the check is about one count and its limit."""
    if not item.where.any():  # most checks find nothing, and rows are wide
        return []
    column = " / ".join(headings[name] for name in item.counts) if len(item.counts) <= 2 else None
    return issues_at(
        rows.assign(_found=item.found, _limit=item.limit),
        pd.Series(item.where, index=rows.index),
        code=item.code,
        severity=item.severity,
        found="_found",
        allowed=None if item.limit is None else "_limit",
        column=column,
    )
