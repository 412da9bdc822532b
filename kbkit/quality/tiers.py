"""Checks of the portal's classification. None of them changes a value."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.domain.tiers import SCORES
from kbkit.quality.issue import Issue, issues_at
from kbkit.quality.rubric import INDICES

_HEADINGS: Final = {"index_input": "Index Input", "index_process": "Index Proses", "index_output": "Index Output"}
_TIER: Final = "Klasifikasi"
_HALF_CENT: Final = 0.005
"""Indices are printed with two decimals."""


def check_tiers(rows: pd.DataFrame) -> list[Issue]:
    """Run every check on rows that :func:`kbkit.quality.rubric.recompute_tiers` returned."""
    checks = (
        check_printed_tier,
        check_printed_indices,
        check_missing_scores,
        check_nothing_entered,
        check_unmet_need_artefact,
    )
    return [issue for check in checks for issue in check(rows)]


def check_printed_tier(rows: pd.DataFrame) -> list[Issue]:
    """The printed tier does not follow from the scores: another rubric, or a changed cell."""
    differs = rows["tier_recomputed"].notna() & (rows["tier"] != rows["tier_recomputed"])
    return issues_at(
        rows,
        differs,
        code="quality.tier_differs",
        severity="warning",
        found="tier",
        allowed="tier_recomputed",
        column=_TIER,
    )


def check_printed_indices(rows: pd.DataFrame) -> list[Issue]:
    """A printed index is not the mean of its scores."""
    return [
        issue
        for name in INDICES
        for issue in issues_at(
            rows,
            (rows[name] - rows[f"{name}_recomputed"]).abs() > _HALF_CENT,
            code="quality.index_differs",
            severity="warning",
            found=name,
            allowed=f"{name}_recomputed",
            column=_HEADINGS[name],
        )
    ]


def check_missing_scores(rows: pd.DataFrame) -> list[Issue]:
    """A score is missing, so that the tier cannot be computed anew."""
    missing = rows[list(SCORES)].isna().any(axis=1)
    return issues_at(rows, missing, code="quality.scores_missing", severity="warning", found="tier", column=_TIER)


def check_nothing_entered(rows: pd.DataFrame) -> list[Issue]:
    """All twelve scores are 1: nothing was entered, which is not the same as a weak village."""
    empty = (rows[list(SCORES)] == 1).all(axis=1)
    return issues_at(rows, empty, code="quality.nothing_entered", severity="note", found="tier", column=_TIER)


def check_unmet_need_artefact(rows: pd.DataFrame) -> list[Issue]:
    """Best score on unmet need beside the worst on both contraception indicators: a record filled with zeros.

    The application reads 0 % unmet need as best, also where no couple was entered at all.
    """
    suspect = (
        (rows["score_output_unmet_need"] == 4)
        & (rows["score_output_cpr"] == 1)
        & (rows["score_output_long_acting"] == 1)
    )
    return issues_at(
        rows,
        suspect,
        code="quality.unmet_need_artefact",
        severity="note",
        found="score_output_unmet_need",
        column="Output Unmet Need",
    )
