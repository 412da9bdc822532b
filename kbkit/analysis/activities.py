"""Interventions of the latest year by the eight programme groups: villages reached, money planned and spent."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.analysis.funding import known_sum
from kbkit.dataset import RegencyData
from kbkit.domain.programmes import PROGRAMME_GROUPS
from kbkit.results.programme import Activities, GroupActivity

_LINE: Final = ("village_code", "intervention", "lead_agency", "funding_source")
"""What one activity is: lines that agree in these are the same one over several periods."""


def describe_activities(data: RegencyData) -> Activities | None:
    """Describe the latest year of the list of interventions; ``None`` without a list."""
    if data.interventions.empty:
        return None
    year = int(data.interventions["year"].max())
    rows = data.interventions[data.interventions["year"] == year]
    rows = rows[rows["village_code"].isin(data.villages["village_code"])]
    once = count_once(rows)
    villages = int(once["village_code"].nunique())
    ungrouped = once[once["programme_group"].isna()]
    groups = [
        _describe_group(number, once[(once["programme_group"] == number).fillna(False)]) for number in PROGRAMME_GROUPS
    ]
    return Activities(
        year=year,
        villages=villages,
        silent=len(data.villages) - villages,
        groups=(*groups, *(() if ungrouped.empty else (_describe_group(None, ungrouped),))),
        total=_describe_group(None, once),
    )


def count_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every activity by its longest kind of period: a year's line holds what its quarters hold.

    An activity with a line for the year is that line; without one its semesters, without these its quarters.
    """
    length = rows["period"].map(_length)
    keys = rows[list(_LINE)].fillna("")
    longest = length.groupby([keys[name] for name in _LINE]).transform("max")
    kept: pd.DataFrame = rows[length == longest]
    return kept


def _length(period: str) -> int:
    """Return the months of a period of the list: a year, a semester or a quarter."""
    _, _, part = period.partition("-")
    return {"": 12, "S": 6, "Q": 3}[part[:1]]


def _describe_group(number: int | None, lines: pd.DataFrame) -> GroupActivity:
    both = lines.dropna(subset=["budget", "spent"])
    planned = int(both["budget"].sum())
    return GroupActivity(
        group=number,
        interventions=int(lines["intervention_key"].fillna(lines["intervention"]).nunique()),
        villages=int(lines["village_code"].nunique()),
        budget=known_sum(lines["budget"]),
        spent=known_sum(lines["spent"]),
        realised=int(both["spent"].sum()) / planned if planned else None,
    )
