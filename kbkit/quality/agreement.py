"""Scores made from the profile against the scores that the classification prints.

Both are exports of one application, which computes anew at every view. Where the two days are near, a score that
differs is worth a question; where months lie between them, it is as likely a change, and only the share that agrees is
told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kbkit.dataset import ProfileScores, ScoreComparison, ScoreShare
from kbkit.quality.impossible import impossible_counts
from kbkit.quality.issue import Issue, issues_at
from kbkit.quality.profile_scores import SCORE_COUNTS, recompute_scores, withheld_scores
from kbkit.quality.profiles import profile_is_empty

NEAR_DAYS: Final = 31
"""Two snapshots at most this far apart should agree: a difference is listed by its row."""

_DAYS: Final = ["snapshot_date", "_printed_date"]


def describe_profile_scores(profiles: pd.DataFrame, classification: pd.DataFrame) -> ProfileScores | None:
    """Return what the counts of the profiles say about the printed scores; ``None`` without profiles.

    Args:
        profiles: every Kampung KB of every snapshot of the profile, with codes.
        classification: every Kampung KB of every snapshot of the classification, with codes.
    """
    if profiles.empty:
        return None
    pairs = () if classification.empty else _pairs(profiles, classification).groupby(_DAYS, sort=True)
    return ProfileScores(
        records=len(profiles),
        records_impossible=int(impossible_counts(profiles).any(axis=1).sum()),
        scores_withheld=int(withheld_scores(profiles).sum()),
        comparisons=tuple(_compare(str(made), str(printed), group) for (made, printed), group in pairs),
    )


def join_profile_scores(parts: Sequence[ProfileScores]) -> ProfileScores | None:
    """Return what several sets of villages say together, of which none has a village of another."""
    if not parts:
        return None
    by_days: dict[tuple[str, str], list[ScoreComparison]] = {}
    for comparison in (comparison for part in parts for comparison in part.comparisons):
        by_days.setdefault((comparison.profile_date, comparison.classification_date), []).append(comparison)
    return ProfileScores(
        records=sum(part.records for part in parts),
        records_impossible=sum(part.records_impossible for part in parts),
        scores_withheld=sum(part.scores_withheld for part in parts),
        comparisons=tuple(_joined(by_days[days]) for days in sorted(by_days)),
    )


def _joined(parts: Sequence[ScoreComparison]) -> ScoreComparison:
    """Return the comparisons of one pair of days as one."""
    shares = zip(*(part.shares for part in parts), strict=True)
    return parts[0].model_copy(
        update={
            "records": sum(part.records for part in parts),
            "empty": sum(part.empty for part in parts),
            "shares": tuple(
                ScoreShare(
                    score=same[0].score,
                    compared=sum(share.compared for share in same),
                    agreed=sum(share.agreed for share in same),
                )
                for same in shares
            ),
        }
    )


def check_agreement(profiles: pd.DataFrame, classification: pd.DataFrame) -> list[Issue]:
    """List the scores that differ between a profile and a classification of nearly the same day."""
    if profiles.empty or classification.empty:
        return []
    pairs = _pairs(profiles, classification)
    near = pairs[(pairs["_days"] <= NEAR_DAYS) & ~pairs["_empty"]]
    return [
        issue
        for name in SCORE_COUNTS
        for issue in issues_at(
            near,
            near[name] != near[f"{name}_printed"],
            code="quality.score_differs_from_profile",
            severity="note",
            found=f"{name}_printed",
            allowed=name,
            column=name.removeprefix("score_"),
        )
    ]


def _pairs(profiles: pd.DataFrame, classification: pd.DataFrame) -> pd.DataFrame:
    """Return each profile with its scores beside the printed ones of the snapshot nearest in time."""
    scores = list(SCORE_COUNTS)
    made = profiles.join(recompute_scores(profiles)).assign(
        _key=_kampung_kb(profiles), _empty=profile_is_empty(profiles), _record=range(len(profiles))
    )
    printed = classification[["village_code", *scores]].assign(
        _key=_kampung_kb(classification), _printed_date=classification["snapshot_date"]
    )
    pairs = made.merge(printed, on=["village_code", "_key"], suffixes=("", "_printed"))
    apart = pd.to_datetime(pairs["snapshot_date"]) - pd.to_datetime(pairs["_printed_date"])
    pairs = pairs.assign(_days=apart.dt.days.abs())
    return pairs.sort_values(["_days", "_printed_date"], kind="stable").drop_duplicates("_record")


def _kampung_kb(rows: pd.DataFrame) -> pd.Series:
    """Return what tells the Kampung KB of a village and snapshot apart: its name, nothing where there is one alone."""
    several = rows.groupby(["village_code", "snapshot_date"])["village_code"].transform("size") > 1
    names = rows["kampung_kb_name"].fillna("").str.casefold().str.split().str.join(" ")
    return names.where(several, "")


def _compare(made: str, printed: str, pairs: pd.DataFrame) -> ScoreComparison:
    filled = pairs[~pairs["_empty"]]
    return ScoreComparison(
        profile_date=made,
        classification_date=printed,
        days=int(pairs["_days"].iloc[0]),
        records=len(filled),
        empty=len(pairs) - len(filled),
        shares=tuple(
            ScoreShare(
                score=name,
                compared=int((filled[name].notna() & filled[f"{name}_printed"].notna()).sum()),
                agreed=int((filled[name] == filled[f"{name}_printed"]).sum()),
            )
            for name in SCORE_COUNTS
        ),
    )
