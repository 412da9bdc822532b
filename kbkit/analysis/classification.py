"""Tiers of a regency: by district, over snapshots, and how far the printed tier can be trusted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kbkit.analysis.panel import printed_tier
from kbkit.analysis.scores import describe_scores
from kbkit.analysis.tier_moves import count_moves, describe_durations
from kbkit.dataset import RegencyData
from kbkit.domain.tiers import RUBRIC_UNKNOWN, RUBRIC_VERSION, SCORES, TIERS
from kbkit.results.classification import Classification, DistrictTiers, SnapshotTiers, TierCounts


def describe_classification(data: RegencyData) -> Classification | None:
    """Describe the tiers of every snapshot; ``None`` where the regency has no classified Kampung KB at all."""
    if data.tiers.empty:
        return None
    tiers = data.tiers.assign(tier=printed_tier(data.tiers))
    snapshots = sorted(tiers["snapshot_date"].unique())
    latest = tiers[tiers["snapshot_date"] == snapshots[-1]]
    recomputed = latest["tier_recomputed"].notna() & (latest["tier"] == latest["tier_recomputed"])
    wide = _wide(data, tiers)
    different, villages = latest[~recomputed], _all_villages(data, latest)
    return Classification(
        total=_count(villages["tier"]),
        districts=_by_district(villages),
        snapshots=_over_time(wide),
        rubric_version=RUBRIC_VERSION if recomputed.all() else RUBRIC_UNKNOWN,
        recomputed_equal=int(recomputed.sum()),
        recomputed_different=int((~recomputed).sum()),
        nothing_entered=int((latest[list(SCORES)] == 1).all(axis=1).sum()),
        unmet_need_artefact=int(_looks_zero_filled(latest).sum()),
        several_kampung_kb=int((latest["kampung_kb_count"] > 1).sum()),
        printed_recomputed=count_moves(different["tier"], different["tier_recomputed"]),
        durations=describe_durations(wide, snapshots),
        scores=describe_scores(latest, data.villages),
    )


def _looks_zero_filled(latest: pd.DataFrame) -> pd.Series[bool]:
    """A contraception record of zeros scores 1 on use and on long-acting methods, and 4 on unmet need."""
    lowest = (latest["score_output_cpr"] == 1) & (latest["score_output_long_acting"] == 1)
    return lowest & (latest["score_output_unmet_need"] == 4)


def _all_villages(data: RegencyData, latest: pd.DataFrame) -> pd.DataFrame:
    places = data.villages[["village_code", "district_code", "district_name"]].astype(object)
    return places.assign(tier=places["village_code"].map(latest.set_index("village_code")["tier"]))


def _count(tiers: pd.Series[str]) -> TierCounts:
    counts = {tier.value: int((tiers == tier.value).sum()) for tier in TIERS}
    return TierCounts(**counts, none=len(tiers) - sum(counts.values()))


def _by_district(villages: pd.DataFrame) -> tuple[DistrictTiers, ...]:
    return tuple(
        DistrictTiers(district_code=str(code), district_name=str(name), counts=_count(rows["tier"]))
        for (code, name), rows in villages.groupby(["district_code", "district_name"], sort=True)
    )


def _wide(data: RegencyData, tiers: pd.DataFrame) -> pd.DataFrame:
    """Return the tier of every village of the register, a column a snapshot, oldest first."""
    wide: pd.DataFrame = tiers.pivot(index="village_code", columns="snapshot_date", values="tier")
    return wide.reindex(data.villages["village_code"]).sort_index(axis="columns")


def _over_time(wide: pd.DataFrame) -> tuple[SnapshotTiers, ...]:
    described = [SnapshotTiers(**_at(wide, 0), rose=None, fell=None, stayed=None, moves=())]
    for place in range(1, wide.shape[1]):
        before, after = wide.iloc[:, place - 1], wide.iloc[:, place]
        rose, fell, stayed = _directions(before, after)
        moves = count_moves(before, after)
        described.append(SnapshotTiers(**_at(wide, place), rose=rose, fell=fell, stayed=stayed, moves=moves))
    return tuple(described)


def _at(wide: pd.DataFrame, place: int) -> dict[str, Any]:
    return {"snapshot_date": wide.columns[place], "counts": _count(wide.iloc[:, place])}


def _directions(before: pd.Series[str], after: pd.Series[str]) -> tuple[int, int, int]:
    """Villages that rose, fell and stayed, among those with a tier at both snapshots."""
    score = {tier.value: tier.score for tier in TIERS}
    step = (after.map(score) - before.map(score)).dropna()
    return int((step > 0).sum()), int((step < 0).sum()), int((step == 0).sum())
