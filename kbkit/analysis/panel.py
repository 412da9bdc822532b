"""The village-period panel that every description and model starts from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.ladders import LADDERS, add_ladders
from kbkit.dataset import RegencyData
from kbkit.domain.periods import last_day
from kbkit.domain.tiers import TIERS

_TIER_COLUMNS = ("village_code", "tier", *LADDERS, "nothing_entered")
COUNTS = ("children_target", "children_measured", "children_stunted", "children_severely_stunted")


def build_panel(data: RegencyData) -> pd.DataFrame:
    """Return one row a village and period, for every village of the register and every period of the registry.

    A village's tier in a period is that of the latest snapshot on or before the period's last day: a tier that was
    scored after the children were measured is never joined to them.

    Returns:
        Columns ``village_code, village_kind, district_code, district_name, period``, counts of children (``NA``
        where nothing was reported), ``tier`` (missing without Kampung KB then), ``tier_score`` (0-3 or ``NaN``),
        the purged ladders and ``nothing_entered`` of :mod:`kbkit.analysis.ladders`,
        ``kelurahan`` (0/1), ``coverage`` (measured over target), ``idm`` (0-1), ``water_unimproved`` and
        ``toilet_unimproved`` (shares of target families).
        Sorted by village and period. Empty where the registry holds no period.
    """
    villages = data.villages[["village_code", "village_kind", "district_code", "district_name"]]
    periods = pd.DataFrame({"period": pd.Series(sorted(data.stunting["period"].unique()), dtype="str")})
    panel = villages.merge(periods, how="cross")
    panel = panel.merge(
        data.stunting[["village_code", "period", *COUNTS]], how="left", on=["village_code", "period"], validate="m:1"
    )
    panel = panel.merge(
        _tier_at_periods(data.tiers, list(periods["period"])), how="left", on=["village_code", "period"]
    )
    panel["tier_score"] = panel["tier"].map({tier.value: float(tier.score) for tier in TIERS})
    panel["kelurahan"] = (panel["village_kind"] == "kelurahan").astype(float)
    panel["coverage"] = village_coverage(panel)
    panel = panel.merge(_index(data.village_index), how="left", on="village_code")
    panel = panel.merge(_family_shares(data.families), how="left", on="village_code")
    return panel.sort_values(["village_code", "period"], ignore_index=True)


def printed_tier(tiers: pd.DataFrame) -> pd.Series[str]:
    """Return the tier as printed, as a value of :class:`~kbkit.domain.tiers.Tier`; missing where none is printed."""
    return tiers["tier"].str.strip().str.lower()


def newest_snapshot(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest snapshot, ``tier`` as in :func:`printed_tier`; none where there are no tiers."""
    newest: pd.DataFrame = tiers[tiers["snapshot_date"] == tiers["snapshot_date"].max()]
    return newest.assign(tier=printed_tier(newest))


def known(value: Any) -> Any:
    """Return a cell's value, ``None`` where it is missing."""
    return None if pd.isna(value) else value


def joined_snapshot(snapshots: list[dt.date], period: str) -> dt.date | None:
    """Return the snapshot that belongs to a period, or ``None`` when all were taken later."""
    return max((date for date in snapshots if date <= last_day(period)), default=None)


def _tier_at_periods(tiers: pd.DataFrame, periods: list[str]) -> pd.DataFrame:
    printed = add_ladders(tiers.assign(tier=printed_tier(tiers)))
    snapshots = sorted(tiers["snapshot_date"].unique())
    joined = pd.DataFrame(
        {
            "period": pd.Series(periods, dtype="str"),
            "snapshot_date": pd.Series([joined_snapshot(snapshots, period) for period in periods], dtype="object"),
        }
    )
    dated = printed[["snapshot_date", *_TIER_COLUMNS]].merge(joined.dropna(), on="snapshot_date")
    return dated.drop(columns="snapshot_date")


def _index(village_index: pd.DataFrame) -> pd.DataFrame:
    return _latest(village_index, "year")[["village_code", "idm"]]


def _family_shares(families: pd.DataFrame) -> pd.DataFrame:
    """Shares of target families without improved water and toilet: parts of the risk that are not contraception."""
    latest = _latest(families, "semester")
    shares = {
        name: _ratio(latest[name], latest["families_target"]) for name in ("water_unimproved", "toilet_unimproved")
    }
    return latest[["village_code"]].assign(**shares)


def _latest(frame: pd.DataFrame, time: str) -> pd.DataFrame:
    newest: pd.DataFrame = frame[frame[time] == frame[time].max()]
    return newest.drop_duplicates("village_code")


def village_coverage(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return measured over target a row; ``nan`` where either is unknown or the target is zero."""
    return _ratio(rows["children_measured"], rows["children_target"])


def _ratio(part: pd.Series[int], whole: pd.Series[int]) -> NDArray[np.float64]:
    """Divide counts that may be missing; a whole of zero has no ratio."""
    parts, wholes = (counts.to_numpy(dtype=np.float64, na_value=np.nan) for counts in (part, whole))
    ratio: NDArray[np.float64] = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0)
    return ratio
