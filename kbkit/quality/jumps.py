"""Tiers that rise faster than field work can: two steps in a quarter, or a fifth of a regency at once.

The tier is a self-reported score that the portal computes anew at every view and of which it keeps no history. What
lifts it in earnest runs on the year of a village's plan and budget (RKP Desa and APB Desa, Permendagri 114/2014 and
20/2018): work plan, funding, decrees, groups. A village that rises two steps within a quarter, or a regency of which
a fifth rises between two snapshots that near, was more likely entered than changed. Documented case: Tabanan, 2025,
*dasar* from 48 to 13 of 133 villages in two months, at least 26 % of them.

The ladder is not monotone (:mod:`kbkit.domain.tiers`): one index that passes 3.00 can be worth two steps. An issue is
a reason to ask, not a finding about a village.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.domain.tiers import Tier
from kbkit.quality.issue import Issue, issues_at

JUMP_DAYS: Final = 92
"""Two snapshots at most this many days apart lie within a quarter of a year."""
JUMP_STEPS: Final = 2
"""Steps of the ladder from which on a village's rise is a jump."""
RISEN_SHARE: Final = 0.20
"""Share of the villages in both snapshots that rose, from which on the whole regency is remarkable."""
RISEN_MINIMUM: Final = 5
"""Villages that must have risen: a fifth of ten villages is two, which is nothing."""

_SCORES: Final = {str(tier): tier.score for tier in Tier}


def check_tier_jumps(tiers: pd.DataFrame) -> list[Issue]:
    """Compare every snapshot of a village with the one before.

    Args:
        tiers: the table ``tiers``, one row a village and snapshot.
    """
    if tiers.empty:
        return []
    pairs = _pairs(tiers)
    return [*_steep(pairs), *_risen(pairs)]


def _pairs(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have an earlier snapshot of their village within a quarter, with their steps."""
    rows = tiers.sort_values(["village_code", "snapshot_date"], kind="stable")
    rows = rows.assign(_score=rows["tier"].map(_SCORES).astype("Float64"), _day=pd.to_datetime(rows["snapshot_date"]))
    before = rows.groupby("village_code")[["_score", "_day", "tier"]].shift()
    rows = rows.assign(
        _steps=rows["_score"] - before["_score"],
        _days=(rows["_day"] - before["_day"]).dt.days,
        _before=before["tier"].str.cat(before["_day"].dt.strftime("%Y-%m-%d"), sep=" "),
    )
    return rows[(rows["_days"] <= JUMP_DAYS) & rows["_steps"].notna()]


def _steep(pairs: pd.DataFrame) -> list[Issue]:
    return issues_at(
        pairs,
        pairs["_steps"] >= JUMP_STEPS,
        code="quality.tier_jump",
        severity="note",
        found="tier",
        allowed="_before",
        column="Klasifikasi",
    )


def _risen(pairs: pd.DataFrame) -> list[Issue]:
    """Return an issue for each regency and snapshot of which too many villages rose at once."""
    issues = []
    for (code, day), rows in pairs.groupby([PARTITION, "_day"], sort=True):
        risen = int((rows["_steps"] > 0).sum())
        if risen >= RISEN_MINIMUM and risen >= RISEN_SHARE * len(rows):
            first = rows.iloc[0]
            issues.append(
                Issue(
                    code="quality.tiers_risen",
                    severity="warning",
                    regency_code=str(code),
                    source_file=first["source_file"],
                    source_sheet=first["source_sheet"],
                    found=str(risen),
                    allowed=str(len(rows)),
                    details={"date": f"{day:%Y-%m-%d}", "days": int(rows["_days"].max())},
                )
            )
    return issues
