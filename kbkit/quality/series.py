"""Monthly registers whose months are not what they seem: counted up over the year, or carried forward.

Words give most of the year-to-date figures away ("s.d. Agustus"); values give away those that say nothing. A flow,
such as meetings held, goes up and down from month to month; one that never falls in any village is counted up. A stock,
such as members, may well never fall, so that only flows are looked at. In the registers of Sulawesi Barat, all of them
stocks, at most 71 % of 646 villages never fall within nine months: the limit is far from what happens by itself. In the
same registers targets and members of six of nine months are those of the month before, in every village.

Nothing here is summed or differenced: kbkit never adds months, and an issue says that nobody should.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.quality.issue import Issue

FLOWS: Final = frozenset({"bkb_meetings", "bkb_meetings_in_person", "bkb_meetings_online"})
"""Indicators that count what happened within a month."""
LEAST_MONTHS: Final = 6
LEAST_VILLAGES: Final = 20
"""Months and villages without which a series that never falls is no wonder."""
CUMULATIVE_SHARE: Final = 0.95
"""Share of the villages that must never fall; the rest is for corrections."""

_MONTH: Final = re.compile(r"[0-9X]{4}-[0-9]{2}")


def check_series(rows: pd.DataFrame) -> list[Issue]:
    """Run both checks on every monthly indicator of every regency.

    Args:
        rows: the table ``village_indicators``.
    """
    months = {period for period in rows["period"].unique() if isinstance(period, str) and _MONTH.fullmatch(period)}
    monthly = rows[rows["period"].isin(months)]
    periods = monthly.groupby([PARTITION, "indicator"], observed=True)["period"].transform("nunique")
    monthly = monthly[periods > 1]
    return [
        issue
        for (code, name), group in monthly.groupby([PARTITION, "indicator"], sort=True, observed=True)
        for issue in _check(str(code), str(name), group)
    ]


def _check(code: str, name: str, rows: pd.DataFrame) -> list[Issue]:
    wide = rows.drop_duplicates(["village_code", "period"]).pivot(
        index="village_code", columns="period", values="value"
    )
    wide = wide.sort_index(axis=1).dropna()
    if len(wide) < LEAST_VILLAGES or wide.shape[1] < 2:
        return []
    first = rows.iloc[0]
    found: list[tuple[str, str, str]] = []
    if name in FLOWS and wide.shape[1] >= LEAST_MONTHS and _never_falls(wide) >= CUMULATIVE_SHARE:
        found.append(("quality.cumulative_series", str(wide.shape[1]), str(len(wide))))
    repeated = [
        later for earlier, later in zip(wide, wide.columns[1:], strict=False) if wide[earlier].equals(wide[later])
    ]
    if repeated:
        found.append(("quality.month_carried_forward", ", ".join(map(str, repeated)), str(len(wide))))
    return [
        Issue(
            code=issue,
            severity="warning" if issue.endswith("cumulative_series") else "note",
            regency_code=code,
            source_file=first["source_file"],
            source_sheet=first["source_sheet"],
            source_column=first["source_column"],
            found=what,
            allowed=villages,
        )
        for issue, what, villages in found
    ]


def _never_falls(wide: pd.DataFrame) -> float:
    """Return the share of the villages that rise and never fall, among those that change at all."""
    steps = wide.diff(axis=1).iloc[:, 1:]
    changing = steps[(steps != 0).any(axis=1)]
    return float((changing >= 0).all(axis=1).mean()) if len(changing) else 0.0
