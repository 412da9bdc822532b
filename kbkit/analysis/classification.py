"""Tiers of a regency: by district, over snapshots, and how far the printed tier can be trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kbkit.analysis.ladders import nothing_entered, score_matrix
from kbkit.analysis.panel import printed_tier
from kbkit.analysis.scores import describe_scores
from kbkit.analysis.tier_moves import NO_TIER, IntArray, count_moves, describe_durations, tier_places
from kbkit.dataset import RegencyData
from kbkit.domain.tiers import RUBRIC_UNKNOWN, RUBRIC_VERSION, TIERS
from kbkit.results.classification import Classification, DistrictTiers, SnapshotTiers, TierCounts


def describe_classification(data: RegencyData) -> Classification | None:
    """Describe the tiers of every snapshot; ``None`` where the regency has no classified Kampung KB at all."""
    if data.tiers.empty:
        return None
    tiers = data.tiers.assign(tier=printed_tier(data.tiers))
    snapshots: list[dt.date] = sorted(tiers["snapshot_date"].unique())
    latest = tiers[tiers["snapshot_date"] == snapshots[-1]]
    differs = (latest["tier"] != latest["tier_recomputed"]).to_numpy()  # also where it could not be recomputed
    scores = score_matrix(latest)
    places = _places(data, tiers, snapshots)
    return Classification(
        total=_count(places[:, -1]),
        districts=_by_district(data.villages, places[:, -1]),
        snapshots=_over_time(places, snapshots),
        rubric_version=RUBRIC_UNKNOWN if differs.any() else RUBRIC_VERSION,
        recomputed_equal=int((~differs).sum()),
        recomputed_different=int(differs.sum()),
        nothing_entered=int(nothing_entered(scores).sum()),
        unmet_need_artefact=int(_looks_zero_filled(latest).sum()),
        several_kampung_kb=int((latest["kampung_kb_count"] > 1).sum()),
        printed_recomputed=count_moves(
            tier_places(latest["tier"][differs]), tier_places(latest["tier_recomputed"][differs])
        ),
        durations=describe_durations(places, snapshots),
        scores=describe_scores(latest, data.villages),
    )


def _looks_zero_filled(latest: pd.DataFrame) -> pd.Series[bool]:
    """A contraception record of zeros scores 1 on use and on long-acting methods, and 4 on unmet need."""
    lowest = (latest["score_output_cpr"] == 1) & (latest["score_output_long_acting"] == 1)
    return lowest & (latest["score_output_unmet_need"] == 4)


def _places(data: RegencyData, tiers: pd.DataFrame, snapshots: Sequence[dt.date]) -> IntArray:
    """Return the place of the tier of every village of the register, a column a snapshot, oldest first."""
    rows = {code: row for row, code in enumerate(data.villages["village_code"])}
    columns = {date: column for column, date in enumerate(snapshots)}
    places = np.full((len(rows), len(columns)), NO_TIER)
    for code, date, place in zip(
        tiers["village_code"], tiers["snapshot_date"], tier_places(tiers["tier"]), strict=True
    ):
        if code in rows:
            places[rows[code], columns[date]] = place
    return places


def _count(places: IntArray) -> TierCounts:
    counts = {tier.value: int((places == tier.score).sum()) for tier in TIERS}
    return TierCounts(**counts, none=int((places == NO_TIER).sum()))


def _by_district(villages: pd.DataFrame, places: IntArray) -> tuple[DistrictTiers, ...]:
    codes, names = villages["district_code"].to_numpy(dtype=object), villages["district_name"]
    return tuple(
        DistrictTiers(district_code=code, district_name=name, counts=_count(places[codes == code]))
        for code, name in sorted(set(zip(codes, names, strict=True)))
    )


def _over_time(places: IntArray, snapshots: Sequence[dt.date]) -> tuple[SnapshotTiers, ...]:
    first = SnapshotTiers(
        snapshot_date=snapshots[0], counts=_count(places[:, 0]), rose=None, fell=None, stayed=None, moves=()
    )
    later = zip(snapshots[1:], places.T, places.T[1:], strict=False)
    return (first, *(_describe_snapshot(date, before, after) for date, before, after in later))


def _describe_snapshot(date: dt.date, before: IntArray, after: IntArray) -> SnapshotTiers:
    """Describe a snapshot beside the one before; only villages with a tier at both rise, fall or stay."""
    steps = (after - before)[(before != NO_TIER) & (after != NO_TIER)]
    return SnapshotTiers(
        snapshot_date=date,
        counts=_count(after),
        rose=int((steps > 0).sum()),
        fell=int((steps < 0).sum()),
        stayed=int((steps == 0).sum()),
        moves=count_moves(before, after),
    )
