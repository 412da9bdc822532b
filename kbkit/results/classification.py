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
class TierMove:
    """Villages that were in one tier (``None``: no Kampung KB) at a snapshot and in another at the next."""

    before: str | None
    after: str | None
    villages: int


@dataclass(frozen=True, kw_only=True)
class SnapshotTiers:
    """Villages of the regency by tier at one snapshot, and how they moved since the one before.

    ``moves`` holds every pair of tiers that occurs, over all villages of the register; empty at the first snapshot.
    """

    snapshot_date: dt.date
    counts: TierCounts
    rose: int | None
    fell: int | None
    stayed: int | None
    moves: tuple[TierMove, ...]


@dataclass(frozen=True, kw_only=True)
class TierDuration:
    """How long the villages of a tier have been in it, as far as the snapshots tell.

    Attributes:
        tier: tier at the latest snapshot.
        villages: villages in it.
        always: of these, in the same tier at every snapshot; how long before the first is not known.
        median_months: median of the months between the first snapshot of the present stay and the latest one. A lower
            bound: the stay may have begun any time before that snapshot.
    """

    tier: str
    villages: int
    always: int
    median_months: float


@dataclass(frozen=True, kw_only=True)
class ScoreSpread:
    """One of the twelve scores over the classified villages.

    Attributes:
        score: its name.
        highest: the highest value it can have, 3 or 4.
        villages: villages at score 1, 2, 3, 4.
        attained: mean of (score - 1) / (highest - 1), 0-1, so that scores which stop at 3 stand on one scale with
            those that stop at 4.
    """

    score: str
    highest: int
    villages: tuple[int, int, int, int]
    attained: float


@dataclass(frozen=True, kw_only=True)
class DistrictScores:
    """``attained`` of the twelve scores, in the order of the export, over the classified villages of a district."""

    district_code: str
    district_name: str
    villages: int
    attained: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class VillageStep:
    """What separates one village from the nearest higher tier by the rule, see :mod:`kbkit.domain.next_tier`."""

    code: str
    name: str
    district_name: str
    tier: str
    nearest: str
    points_input: int
    points_process: int
    points_output: int
    open_scores: tuple[str, ...]
    nothing_entered: bool


@dataclass(frozen=True, kw_only=True)
class TierSteps:
    """Villages of one tier by points that they lack to the nearest higher one.

    Attributes:
        tier: present tier, by the rule.
        villages: villages in it.
        nothing_entered: of these, with all twelve scores at their lowest; they lack entries before they lack points
            and are in none of the counts below.
        nearest: nearest higher tier -> villages.
        one, two_or_three, more: villages by points lacking.
        widest_gap: the score that is furthest below its highest, in the blocks that lack points, in most of the
            villages; ``None`` where nothing was entered in any.
    """

    tier: str
    villages: int
    nothing_entered: int
    nearest: dict[str, int]
    one: int
    two_or_three: int
    more: int
    widest_gap: str | None


@dataclass(frozen=True, kw_only=True)
class Scores:
    """The twelve scores at the latest snapshot.

    Attributes:
        villages: classified villages with all twelve scores.
        incomplete: classified villages without; they are in none of these values.
        spreads: every score over the regency, in the order of the export.
        districts: every score by district.
        weakest: the score with the lowest ``attained``.
        steps: what separates each tier from a higher one.
        nearest: the villages with the fewest points lacking, by points, then by code; those of the cut-off are all
            there or none.
        nearest_points: most points lacking of a village in ``nearest``; 0 where the list is empty.
    """

    villages: int
    incomplete: int
    spreads: tuple[ScoreSpread, ...]
    districts: tuple[DistrictScores, ...]
    weakest: str
    steps: tuple[TierSteps, ...]
    nearest: tuple[VillageStep, ...]
    nearest_points: int


@dataclass(frozen=True, kw_only=True)
class Classification:
    """Tiers at the latest snapshot.

    ``recomputed_equal`` and ``recomputed_different`` compare the printed tier with the rule; ``nothing_entered`` are
    Kampung KB with all twelve scores at their lowest; ``unmet_need_artefact`` those whose contraception record looks
    filled with zeros and so scores best on unmet need. ``printed_recomputed`` holds the villages whose printed tier
    (``before``) is not the one that follows from their scores (``after``; ``None`` where it cannot be computed).
    ``durations`` are empty where there is one snapshot; ``scores`` is ``None`` where no row has all twelve.
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
    printed_recomputed: tuple[TierMove, ...]
    durations: tuple[TierDuration, ...]
    scores: Scores | None
