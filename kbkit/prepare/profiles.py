"""The table ``profiles``: every Kampung KB of every snapshot, its counts as typed, the impossible ones as issues."""

from __future__ import annotations

from kbkit.ingest.profile import HEADINGS
from kbkit.prepare.assembled import VILLAGE, Assembled, count_dropped, empty_table, every_row, first_source, shaped
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import check_profiles
from kbkit.quality.issue import issues_at


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
            *check_profiles(rows, headings=HEADINGS),
            *issues_at(twins, every_row(twins), code="quality.row_repeated", severity="warning"),
            *issues_at(second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"),
        ],
        dropped=count_dropped([(twins, "quality.row_repeated"), (second, "quality.two_sources")]),
    )
