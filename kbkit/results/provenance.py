"""Where findings come from: the regency, its sources, the dates of tiers and measurements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Regency:
    """The regency that is reported on."""

    code: str
    name: str
    province_code: str
    province_name: str


@dataclass(frozen=True, kw_only=True)
class SourceUse:
    """A file behind the findings."""

    file: str
    layout: str
    sha256: str
    dated: str | None
    rows_read: int
    rows_kept: int
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What the findings were made from, and with."""

    tool_version: str
    register_name: str
    register_vintage: str
    data_status: Literal["actual", "simulated", "mixed"]
    sources: tuple[SourceUse, ...]
    plan_hash: str


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Dates of tiers and measurements.

    ``tier_age_months`` counts from the snapshot that is joined to the latest period to the end of that period;
    ``later_snapshots`` were taken after the last measurement and are not joined to any.
    """

    snapshot_dates: tuple[dt.date, ...]
    periods: tuple[str, ...]
    latest_snapshot: dt.date | None
    latest_period: str | None
    tier_age_months: int | None
    later_snapshots: tuple[dt.date, ...]
