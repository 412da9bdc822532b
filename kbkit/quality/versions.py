"""Two figures for one regency and period: two exports of the registry that do not say the same."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.quality.issue import Issue

_COUNTS: Final = ["children_measured", "children_stunted"]


def check_versions(rows: pd.DataFrame) -> list[Issue]:
    """Compare the exports of one period over the villages that all of them hold.

    An office that enters late has another figure for the same month in every export; which of them was published is
    not for a program to say (Kepulauan Anambas had 6.46 % and 6.96 % for 2022).

    Args:
        rows: every matched row of e-PPGBM, also those that a later export replaces.
    """
    if rows.empty:
        return []
    source = rows["source_file"].str.cat(rows["source_sheet"].fillna(""), sep="\n")
    return [
        issue
        for (code, period), group in rows.assign(_source=source).groupby([PARTITION, "period"], sort=True)
        if (issue := _compare(str(code), str(period), group)) is not None
    ]


def _compare(code: str, period: str, rows: pd.DataFrame) -> Issue | None:
    sources = rows["_source"].nunique()
    if sources < 2:
        return None
    known = rows.dropna(subset=_COUNTS).drop_duplicates(["_source", "village_code"])
    shared = known[known.groupby("village_code")["_source"].transform("nunique") == sources]
    sums = shared.groupby("_source")[_COUNTS].sum()
    if len(sums.drop_duplicates()) < 2:
        return None
    first = shared.loc[shared["_source"] == sums.index[0]].iloc[0]
    return Issue(
        code="quality.two_figures",
        severity="warning",
        regency_code=code,
        source_file=first["source_file"],
        source_sheet=first["source_sheet"],
        found="; ".join(
            f"{name.splitlines()[0]}: {stunted}/{measured}" for name, measured, stunted in sums.itertuples(name=None)
        ),
        details={"period": period, "villages": int(shared["village_code"].nunique())},
    )
