"""Tiers of a regency's villages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TierCounts:
    """Villages by tier; ``none`` has no Kampung KB."""

    dasar: int
    berkembang: int
    mandiri: int
    berkelanjutan: int
    none: int


@dataclass(frozen=True, kw_only=True)
class DistrictTiers:
    """Villages of one district by tier."""

    district_code: str
    district_name: str
    counts: TierCounts


@dataclass(frozen=True, kw_only=True)
class SnapshotTiers:
    """Villages of the regency by tier at one snapshot, and how they moved since the one before."""

    snapshot_date: dt.date
    counts: TierCounts
    rose: int | None
    fell: int | None
    stayed: int | None


@dataclass(frozen=True, kw_only=True)
class Classification:
    """Tiers at the latest snapshot.

    ``recomputed_equal`` and ``recomputed_different`` compare the printed tier with the rule; ``nothing_entered`` are
    Kampung KB with all twelve scores at their lowest; ``unmet_need_artefact`` those whose contraception record looks
    filled with zeros and so scores best on unmet need.
    """

    total: TierCounts
    districts: tuple[DistrictTiers, ...]
    snapshots: tuple[SnapshotTiers, ...]
    rubric_version: str
    recomputed_equal: int
    recomputed_different: int
    nothing_entered: int
    unmet_need_artefact: int
    several_kampung_kb: int
