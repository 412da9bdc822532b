"""Tiers of a regency: by district, over snapshots, and how far the printed tier can be trusted."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from kbkit.analysis.panel import printed_tier
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
    return Classification(
        total=_count(_all_villages(data, latest)["tier"]),
        districts=_by_district(_all_villages(data, latest)),
        snapshots=_over_time(tiers, snapshots, villages=len(data.villages)),
        rubric_version=RUBRIC_VERSION if recomputed.all() else RUBRIC_UNKNOWN,
        recomputed_equal=int(recomputed.sum()),
        recomputed_different=int((~recomputed).sum()),
        nothing_entered=int((latest[list(SCORES)] == 1).all(axis=1).sum()),
        unmet_need_artefact=int(_looks_zero_filled(latest).sum()),
        several_kampung_kb=int((latest["kampung_kb_count"] > 1).sum()),
    )


def _looks_zero_filled(latest: pd.DataFrame) -> pd.Series[bool]:
    """A contraception record of zeros scores 1 on use and on long-acting methods, and 4 on unmet need."""
    lowest = (latest["score_output_cpr"] == 1) & (latest["score_output_long_acting"] == 1)
    return lowest & (latest["score_output_unmet_need"] == 4)


def _all_villages(data: RegencyData, latest: pd.DataFrame) -> pd.DataFrame:
    return data.villages.merge(latest[["village_code", "tier"]], how="left", on="village_code")


def _count(tiers: pd.Series[str]) -> TierCounts:
    counts = {tier.value: int((tiers == tier.value).sum()) for tier in TIERS}
    return TierCounts(**counts, none=len(tiers) - sum(counts.values()))


def _by_district(villages: pd.DataFrame) -> tuple[DistrictTiers, ...]:
    return tuple(
        DistrictTiers(district_code=str(code), district_name=str(name), counts=_count(rows["tier"]))
        for (code, name), rows in villages.groupby(["district_code", "district_name"], sort=True)
    )


def _over_time(tiers: pd.DataFrame, snapshots: list[dt.date], *, villages: int) -> tuple[SnapshotTiers, ...]:
    score = {tier.value: tier.score for tier in TIERS}
    wide = tiers.assign(score=tiers["tier"].map(score)).pivot(
        index="village_code", columns="snapshot_date", values="score"
    )
    described = []
    for place, date in enumerate(snapshots):
        printed = tiers.loc[tiers["snapshot_date"] == date, "tier"]
        counts = _count(printed)
        without = villages - len(printed) + counts.none
        moves = _moves(wide[snapshots[place - 1]], wide[date]) if place else (None, None, None)
        described.append(
            SnapshotTiers(
                snapshot_date=date,
                counts=TierCounts(**{tier.value: getattr(counts, tier.value) for tier in TIERS}, none=without),
                rose=moves[0],
                fell=moves[1],
                stayed=moves[2],
            )
        )
    return tuple(described)


def _moves(before: pd.Series[float], after: pd.Series[float]) -> tuple[int, int, int]:
    step = (after - before).dropna()
    return int((step > 0).sum()), int((step < 0).sum()), int((step == 0).sum())
