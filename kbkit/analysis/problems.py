"""Problems of a regency in numbers: for each the affected and the concerned of every village and time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kbkit.analysis.panel import measured
from kbkit.dataset import RegencyData
from kbkit.domain.periods import begins, months_between
from kbkit.domain.tiers import SCORES

_YEAR: Final = 12
_SHORTEST: Final = 5
"""Months below which two times are too near to speak of growth; half-yearly data are compared with half a year ago."""


@dataclass(frozen=True, kw_only=True)
class MeasuredProblem:
    """A problem that the data show.

    Attributes:
        villages: ``village_code, affected, population`` at the latest time; villages without a number have no row.
        time: latest time.
        share: affected over population of all these villages.
        since: earlier time that is nearest to a year before; ``None`` without one.
        change: share less the share then.
        affected_since: all affected then; 0 without an earlier time.
    """

    villages: pd.DataFrame
    time: str
    share: float
    since: str | None
    change: float | None
    affected_since: int

    @property
    def affected(self) -> int:
        """All affected at the latest time."""
        return int(self.villages["affected"].sum())


def measure_problems(
    data: RegencyData, *, panel: pd.DataFrame, high: frozenset[str]
) -> dict[str, MeasuredProblem | None]:
    """Measure every problem of :data:`kbkit.domain.problems.PROBLEMS`; ``None`` where the data do not show it.

    Args:
        data: the regency's partition.
        panel: rows of :func:`~kbkit.analysis.panel.build_panel`.
        high: codes of the villages whose shrunken prevalence lies above the regency's as a whole.
    """
    frames: Mapping[str, Callable[[], pd.DataFrame]] = {
        "stunted": lambda: _counts(panel[measured(panel)], "period", "children_stunted", "children_measured"),
        "unmeasured": lambda: _unmeasured(panel),
        "high_without_specific": lambda: _high_without_specific(data.interventions, high),
        "toilet_unimproved": lambda: _counts(data.families, "semester", "toilet_unimproved", "families_target"),
        "water_unimproved": lambda: _counts(data.families, "semester", "water_unimproved", "families_target"),
        "four_too": lambda: _counts(data.families, "semester", "four_too", "couples_reproductive_age"),
        "without_kampung_kb": lambda: _without_kampung_kb(data),
        "nothing_entered": lambda: _nothing_entered(data.tiers),
        "without_funding": lambda: _without_funding(data.funding),
    }
    return {key: _measure(frame()) for key, frame in frames.items()}


def _counts(rows: pd.DataFrame, time: str, affected: str, population: str) -> pd.DataFrame:
    named = rows.rename(columns={time: "time", affected: "affected", population: "population"})
    return named[["village_code", "time", "affected", "population"]]


def _unmeasured(panel: pd.DataFrame) -> pd.DataFrame:
    """Children of the target who were not measured; more measured than targeted leaves a negative number."""
    rows = panel.assign(affected=panel["children_target"] - panel["children_measured"])
    return _counts(rows, "period", "affected", "children_target")


def _without_kampung_kb(data: RegencyData) -> pd.DataFrame:
    dates = data.tiers[["snapshot_date"]].drop_duplicates()
    rows = data.villages[["village_code"]].merge(dates, how="cross")
    rows = rows.merge(data.tiers[["village_code", "snapshot_date", "tier"]], how="left")
    rows = rows.assign(affected=rows["tier"].isna().astype("Int64"), population=1)
    return _counts(rows.assign(time=rows["snapshot_date"].astype(str)), "time", "affected", "population")


def _nothing_entered(tiers: pd.DataFrame) -> pd.DataFrame:
    scores = tiers[list(SCORES)].to_numpy(dtype=np.float64, na_value=np.nan)
    rows = tiers.assign(affected=np.all(scores == 1, axis=1).astype(int), population=1)
    return _counts(rows.assign(time=rows["snapshot_date"].astype(str)), "time", "affected", "population")


def _without_funding(funding: pd.DataFrame) -> pd.DataFrame:
    """Villages all of whose sources gave nothing; a source without an amount gave, and nobody wrote how much."""
    gave = funding.assign(gave=funding["amount"].isna() | (funding["amount"] > 0))
    rows = gave.groupby(["village_code", "year"])["gave"].any().reset_index()
    rows = rows.assign(affected=np.where(rows["gave"], 0, 1), population=1, time=rows["year"].astype(str))
    return _counts(rows, "time", "affected", "population")


def _high_without_specific(interventions: pd.DataFrame, high: frozenset[str]) -> pd.DataFrame:
    """Villages with a high prevalence and no specific intervention in the year; none where no year is listed."""
    years = interventions[["year"]].drop_duplicates()
    rows = pd.DataFrame({"village_code": sorted(high)}, dtype="str").merge(years, how="cross")
    specific = interventions.loc[interventions["kind"] == "specific", ["village_code", "year"]].drop_duplicates()
    rows = rows.merge(specific.assign(served=1), how="left", on=["village_code", "year"])
    rows = rows.assign(affected=rows["served"].isna().astype(int), population=1, time=rows["year"].astype(str))
    return _counts(rows, "time", "affected", "population")


def _measure(rows: pd.DataFrame) -> MeasuredProblem | None:
    known = rows.dropna().astype({"affected": "float64", "population": "float64"})
    known = known[known["population"] > 0]
    if known.empty:
        return None
    sums = known.groupby("time", sort=True)[["affected", "population"]].sum()
    shares = {str(time): float(share) for time, share in (sums["affected"] / sums["population"]).items()}
    latest = max(shares)
    since = _year_before(latest, [time for time in shares if time != latest])
    return MeasuredProblem(
        villages=known.loc[known["time"] == latest, ["village_code", "affected", "population"]],
        time=latest,
        share=shares[latest],
        since=since,
        change=shares[latest] - shares[since] if since else None,
        affected_since=int(sums["affected"][since]) if since else 0,
    )


def _year_before(latest: str, earlier: list[str]) -> str | None:
    """Return the time nearest to a year before the latest, the earlier of two that are equally near."""
    end = begins(latest)
    distances = {
        time: months_between(start, end) for time in sorted(earlier) if end and (start := begins(time)) is not None
    }
    far = {time: months for time, months in distances.items() if months >= _SHORTEST}
    return min(far, key=lambda time: abs(far[time] - _YEAR), default=None)
