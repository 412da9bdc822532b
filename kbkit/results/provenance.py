"""Where findings come from: the regency, its sources, the dates of tiers and measurements."""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
    """A sheet of a file behind the findings. The rows are those about this regency.

    What a file says of other regencies is no part of this, and nor is the file's own SHA-256: a neighbour's row that is
    mended must leave the findings as they are. ``dataset.json`` has it.
    """

    file: str
    sheet: str | None
    layout: str
    dated: str | None
    rows_used: int
    rows_unmatched: int
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What the findings were made from, and with. ``data_digest`` is the SHA-256 of the regency's data."""

    tool_version: str
    register_name: str
    register_vintage: str
    data_status: Literal["actual", "simulated", "mixed"]
    sources: tuple[SourceUse, ...]
    data_digest: str
    plan_hash: str

    @property
    def files(self) -> Counter[str]:
        """Files, each with how many of its sheets are among the sources."""
        return Counter(source.file for source in self.sources)


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
