"""The table ``profiles``: every Kampung KB of every snapshot, its counts as typed, the impossible ones as issues."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.dataset.schema import PROFILE_COUNTS
from kbkit.ingest.profile import HEADINGS
from kbkit.prepare.assembled import VILLAGE, Assembled, count_dropped, empty_table, every_row, first_source, shaped
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import Issue
from kbkit.quality.issue import issues_at

LARGEST_VILLAGE: Final = 300_000
"""No desa or kelurahan of Indonesia has as many inhabitants; the largest, in West Jakarta, have under 200,000."""

_NON_USERS: Final = tuple(name for name in PROFILE_COUNTS if name.startswith("non_users_"))
_USERS: Final = tuple(name for name in PROFILE_COUNTS if name.startswith("users_"))
_ACTIVITY: Final = PROFILE_COUNTS[PROFILE_COUNTS.index("operations") :]
"""Operations, population, members, contraception: what a profile that was worked on cannot leave blank altogether."""


def assemble_profiles(parts: list[Part]) -> Assembled:
    """One row a Kampung KB and snapshot; of two files of one snapshot the first by name."""
    rows = rows_of(parts, "profile")
    if rows.empty:
        return Assembled(table=empty_table("profiles"))
    repeated = rows.duplicated(subset=[name for name in rows.columns if name != "source_row"])
    twins = rows[repeated]
    rows, second = first_source(rows[~repeated], [*VILLAGE, "snapshot_date"])
    return Assembled(
        table=shaped(rows, "profiles", order=["snapshot_date", "source_row"]),
        issues=[
            *check_profiles(rows),
            *issues_at(twins, every_row(twins), code="quality.row_repeated", severity="warning"),
            *issues_at(second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"),
        ],
        dropped=count_dropped([(twins, "quality.row_repeated"), (second, "quality.two_sources")]),
    )


def check_profiles(rows: pd.DataFrame) -> list[Issue]:
    """Return what cannot be, in rows of profiles that have their codes. No value is changed."""
    return [*_check_each_count(rows), *_check_counts_together(rows)]


def _check_each_count(rows: pd.DataFrame) -> list[Issue]:
    issues: list[Issue] = []
    for name in PROFILE_COUNTS:
        below, above = rows[name] < 0, rows[name] > LARGEST_VILLAGE
        issues += issues_at(
            rows, below, code="ingest.profile_negative", severity="error", found=name, column=HEADINGS[name]
        )
        issues += issues_at(
            rows, above, code="ingest.profile_above_any_village", severity="error", found=name, column=HEADINGS[name]
        )
    return issues


def _check_counts_together(rows: pd.DataFrame) -> list[Issue]:
    shown = rows.assign(_couples=rows[[*_USERS, *_NON_USERS]].sum(axis=1, min_count=1))
    return [
        *issues_at(
            shown,
            shown["population"] < shown["families"],
            code="ingest.profile_people_below_families",
            severity="error",
            found="population",
            allowed="families",
        ),
        *issues_at(
            shown,
            shown["_couples"] > shown["couples"],
            code="ingest.profile_methods_above_couples",
            severity="warning",
            found="_couples",
            allowed="couples",
        ),
        *issues_at(
            shown,
            shown["pokja_members_trained"] > shown["pokja_members"],
            code="ingest.profile_trained_above_members",
            severity="warning",
            found="pokja_members_trained",
            allowed="pokja_members",
        ),
        *issues_at(
            shown,
            shown[list(_ACTIVITY)].isna().all(axis=1),
            code="ingest.profile_nothing_entered",
            severity="note",
        ),
    ]
