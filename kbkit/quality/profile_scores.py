"""Eight of the twelve scores computed anew from the counts of the portal's profile.

The application computes a score from the profile at every view. From an export of the profile the scores can be made
again, and held against those that the export "Klasifikasi" of a near day prints. Four cannot: which activity groups
exist, secretariat and data house, the number of data sources and the agencies are not in the profile.

A score stays missing where a count of it cannot be (:mod:`kbkit.quality.impossible`), and where a blank leaves two
scores open:

* One source of money may be none. The export prints 1 where nothing was chosen: in the national profile of June 2023
  "Regulasi Jumlah" is 1 in 5,799 records whose "Regulasi" is blank, and records in which nothing at all was entered
  have one source of money.
* Unmet need of a record without any contraception. Without a record the score is 1, with a record of zeros it is 4, and
  the export prints both as blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from kbkit.domain.banding import (
    poktan_percent,
    rounded_percent,
    score_input_field_workers,
    score_input_funding,
    score_input_pokja,
    score_output_cpr,
    score_output_long_acting,
    score_output_poktan,
    score_output_unmet_need,
    score_process_operations,
)
from kbkit.quality.impossible import NON_USERS, TARGETS, USERS, impossible_counts

_LONG_ACTING: Final = ("users_iud", "users_tubectomy", "users_vasectomy", "users_implant")
_UNMET: Final = ("non_users_child_later", "non_users_no_child")
_OPEN_FUNDING: Final = 1
"""Number of sources of money that the export prints for one and for none."""

SCORE_COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "score_input_pokja": ("pokja_members",),
    "score_input_funding": ("funding_sources",),
    "score_input_field_workers": (),
    "score_process_operations": ("operations",),
    "score_output_poktan": (*TARGETS, *dict.fromkeys(TARGETS.values())),
    "score_output_cpr": (*USERS, "couples"),
    "score_output_long_acting": USERS,
    "score_output_unmet_need": (*_UNMET, "couples"),
}
"""Score -> the counts that it is made of. The others of the twelve cannot be made from the profile."""


def recompute_scores(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of :data:`SCORE_COUNTS` by row, missing where they cannot be told.

    Args:
        rows: profiles with their flags (1 or missing) and counts (whole numbers, missing allowed).
    """
    counts = rows[list({name for names in SCORE_COUNTS.values() for name in names})].fillna(0).clip(lower=0)
    impossible = impossible_counts(rows)
    scores = {
        name: _whole(values).mask(impossible[list(SCORE_COUNTS[name])].any(axis=1))
        for name, values in _scores(rows, counts).items()
    }
    open_funding = rows["funding_sources"] == _OPEN_FUNDING
    scores["score_input_funding"] = scores["score_input_funding"].mask(open_funding.fillna(False))
    no_record = rows[[*USERS, *NON_USERS]].isna().all(axis=1)
    scores["score_output_unmet_need"] = scores["score_output_unmet_need"].mask(no_record)
    return pd.DataFrame(scores)


def withheld_scores(rows: pd.DataFrame) -> pd.Series:
    """Return how many scores of each row an impossible count takes part in."""
    impossible = impossible_counts(rows)
    names = [list(counts) for counts in SCORE_COUNTS.values()]
    return pd.concat([impossible[counts].any(axis=1) for counts in names], axis=1).sum(axis=1)


def _scores(rows: pd.DataFrame, counts: pd.DataFrame) -> dict[str, pd.Series]:
    """Return every score as the application computes it, from counts in which blank is zero."""
    users = counts[list(USERS)].sum(axis=1)
    formed, trained, worker, regulation = (
        (rows[name] == 1).fillna(False).astype(bool)
        for name in ("pokja_formed", "pokja_trained", "field_worker", "regulation")
    )
    return {
        "score_input_pokja": _by_row(
            lambda is_formed, members, is_trained: score_input_pokja(
                formed=is_formed, members=members, trained=is_trained
            ),
            formed,
            counts["pokja_members"],
            trained,
        ),
        "score_input_funding": counts["funding_sources"].map(score_input_funding),
        "score_input_field_workers": _by_row(
            lambda has_worker, has_rule: score_input_field_workers(field_worker=has_worker, regulation=has_rule),
            worker,
            regulation,
        ),
        "score_process_operations": counts["operations"].map(score_process_operations),
        "score_output_poktan": _poktan_shares(counts).map(score_output_poktan),
        "score_output_cpr": _percent(users, counts["couples"]).map(score_output_cpr),
        "score_output_long_acting": _percent(counts[list(_LONG_ACTING)].sum(axis=1), users).map(
            score_output_long_acting
        ),
        "score_output_unmet_need": _percent(counts[list(_UNMET)].sum(axis=1), counts["couples"]).map(
            score_output_unmet_need
        ),
    }


def _poktan_shares(counts: pd.DataFrame) -> pd.Series:
    shares = [_percent(counts[members], counts[target]) for members, target in TARGETS.items()]
    return _by_row(lambda *percents: poktan_percent(percents), *shares)


def _percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    return _by_row(rounded_percent, part, whole)


def _by_row(compute: Callable[..., object], *columns: pd.Series) -> pd.Series:
    """Return a function of several columns by row."""
    return pd.Series(list(map(compute, *(column.tolist() for column in columns))), columns[0].index, dtype="object")


def _whole(values: pd.Series) -> pd.Series:
    return values.astype("Int64")
