"""The tier computed anew from the twelve scores, for a whole export."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.domain.tiers import RUBRIC_UNKNOWN, RUBRIC_VERSION, SCORES, classify_scores

INDICES: Final = ("index_input", "index_process", "index_output")
RECOMPUTED: Final = tuple(f"{name}_recomputed" for name in INDICES)


def recompute_tiers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their indices and tier computed from the scores, and the rubric that this confirms.

    Every distinct set of scores goes once through :func:`kbkit.domain.tiers.classify_scores`: one rule, no copy of it.

    Args:
        rows: the 12 score columns (whole numbers, missing allowed) and ``tier`` as printed.

    Returns:
        The rows with ``index_input_recomputed``, ``index_process_recomputed``, ``index_output_recomputed``,
        ``tier_recomputed`` (all missing where a score is missing) and ``rubric_version``.
    """
    scores = list(SCORES)
    complete = rows[scores].dropna().drop_duplicates().astype(int)
    classified = [classify_scores(dict(zip(scores, values, strict=True))) for values in complete.to_numpy().tolist()]
    known = complete.assign(
        **{name: [float(result[i]) for result in classified] for i, name in enumerate(RECOMPUTED)},
        tier_recomputed=[str(result[3]) for result in classified],
    ).astype(dict.fromkeys(scores, "Int64") | {"tier_recomputed": "object"})
    joined = rows.merge(known, on=scores, how="left", validate="many_to_one")
    confirmed = (joined["tier"] == joined["tier_recomputed"]).fillna(False)
    return joined.assign(
        tier_recomputed=joined["tier_recomputed"].where(joined["tier_recomputed"].notna(), None),
        rubric_version=confirmed.map({True: RUBRIC_VERSION, False: RUBRIC_UNKNOWN}),
    )


def count_tiers(rows: pd.DataFrame) -> tuple[int, int]:
    """Return in how many rows of a classification a tier can be computed, and in how many it is the printed one."""
    table = recompute_tiers(rows)
    return int(table["tier_recomputed"].notna().sum()), int((table["rubric_version"] != RUBRIC_UNKNOWN).sum())
