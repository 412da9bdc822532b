"""The tables ``interventions``, ``funding`` and ``plan``: the lists of agencies and meetings, every row once.

Several agencies send a list each, so lists are put together; only a row that repeats another one is left, and of two
files that say the same thing of one village the first by name.
"""

from __future__ import annotations

from typing import Final

from kbkit.prepare.assembled import VILLAGE, Assembled, count_dropped, empty_table, every_row, first_source, shaped
from kbkit.prepare.part import Part, rows_of
from kbkit.quality.issue import issues_at

_WHAT: Final = {
    "interventions": ["period", "intervention", "lead_agency", "funding_source"],
    "funding": ["year", "source", "purpose"],
    "plan": ["meeting_date", "problem", "intervention", "lead_agency"],
}
"""What a row of each list is about, in its village."""


def assemble_interventions(parts: list[Part]) -> Assembled:
    """One row a village, period, intervention, agency and source of money, or several of one file."""
    return _assemble_list(parts, "interventions")


def assemble_funding(parts: list[Part]) -> Assembled:
    """One row a village, year, source of money and purpose, or several of one file."""
    return _assemble_list(parts, "funding")


def assemble_plan(parts: list[Part]) -> Assembled:
    """One row a village, meeting, problem, intervention and agency, or several of one file."""
    return _assemble_list(parts, "plan")


def _assemble_list(parts: list[Part], name: str) -> Assembled:
    rows = rows_of(parts, name)
    if rows.empty:
        return Assembled(table=empty_table(name))
    repeated = rows.duplicated(subset=[column for column in rows.columns if column != "source_row"])
    twins = rows[repeated]
    rows, second = first_source(rows[~repeated], [*VILLAGE, *_WHAT[name]])
    return Assembled(
        table=shaped(rows, name, order=[*_WHAT[name], "source_file", "source_row"]),
        issues=[
            *issues_at(twins, every_row(twins), code="quality.row_repeated", severity="warning"),
            *issues_at(second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"),
        ],
        dropped=count_dropped([(twins, "quality.row_repeated"), (second, "quality.two_sources")]),
    )
