"""What cannot be in the counts of a profile, each check by itself.

Of two counts that contradict each other nobody can say which is wrong, so that both are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kbkit.dataset.schema import PROFILE_COUNTS
from kbkit.domain.expectations import LARGEST_VILLAGE
from kbkit.errors import Severity

MECHANISMS: Final = 5
"""Operational mechanisms that the form of the portal knows."""
FUNDING_KINDS: Final = 6
"""Sources of money that the form of the portal knows."""

USERS: Final = tuple(name for name in PROFILE_COUNTS if name.startswith("users_"))
NON_USERS: Final = tuple(name for name in PROFILE_COUNTS if name.startswith("non_users_"))
TARGETS: Final[Mapping[str, str]] = {
    "members_bkb": "families_with_under_five",
    "members_bkr": "families_with_adolescents",
    "members_bkl": "families_with_elderly",
    "members_uppka": "families",
    "members_pik_r": "adolescents",
}
"""Members of an activity group -> whom it is for."""


@dataclass(frozen=True, kw_only=True)
class Impossible:
    """Counts that cannot be, in some rows.

    Attributes:
        code: of the check.
        severity: how grave it is.
        counts: columns of which at least one is wrong.
        where: in which rows.
        found: what stands there, by row.
        limit: what it may not pass, by row; ``None`` where the sentence needs none.
    """

    code: str
    severity: Severity
    counts: tuple[str, ...]
    where: pd.Series
    found: pd.Series
    limit: pd.Series | None = None


def check_negative(rows: pd.DataFrame) -> list[Impossible]:
    """A count below zero."""
    return [
        Impossible(
            code="quality.profile_negative", severity="error", counts=(name,), where=rows[name] < 0, found=rows[name]
        )
        for name in PROFILE_COUNTS
    ]


def check_above_any_village(rows: pd.DataFrame) -> list[Impossible]:
    """A count that no village of the country reaches."""
    return [
        Impossible(
            code="quality.profile_above_any_village",
            severity="error",
            counts=(name,),
            where=rows[name] > LARGEST_VILLAGE,
            found=rows[name],
        )
        for name in PROFILE_COUNTS
    ]


def check_people_below_families(rows: pd.DataFrame) -> list[Impossible]:
    """Fewer people than families."""
    return [
        Impossible(
            code="quality.profile_people_below_families",
            severity="error",
            counts=("population", "families"),
            where=rows["population"] < rows["families"],
            found=rows["population"],
            limit=rows["families"],
        )
    ]


def check_parts_of_people(rows: pd.DataFrame) -> list[Impossible]:
    """More couples, or more adolescents, than people."""
    return [
        _exceeds(rows, name, "population", code="quality.profile_part_above_population")
        for name in ("couples", "adolescents")
    ]


def check_parts_of_families(rows: pd.DataFrame) -> list[Impossible]:
    """More families with under-fives, adolescents or elderly than families."""
    return [
        _exceeds(rows, name, "families", code="quality.profile_part_above_families")
        for name in ("families_with_under_five", "families_with_adolescents", "families_with_elderly")
    ]


def check_members_above_target(rows: pd.DataFrame) -> list[Impossible]:
    """More members of an activity group than there are families, or adolescents, for it."""
    return [
        _exceeds(rows, members, target, code="quality.profile_members_above_target", severity="warning")
        for members, target in TARGETS.items()
    ]


def check_methods_above_couples(rows: pd.DataFrame) -> list[Impossible]:
    """Users, or users and non-users by reason, are more than the couples; the form asks them to add up."""
    users = rows[list(USERS)].sum(axis=1, min_count=1)
    everyone = rows[[*USERS, *NON_USERS]].sum(axis=1, min_count=1)
    too_many_users = users > rows["couples"]
    return [
        Impossible(
            code="quality.profile_users_above_couples",
            severity="error",
            counts=("couples", *USERS),
            where=too_many_users,
            found=users,
            limit=rows["couples"],
        ),
        Impossible(
            code="quality.profile_methods_above_couples",
            severity="warning",
            counts=("couples", *USERS, *NON_USERS),
            where=(everyone > rows["couples"]) & ~too_many_users.fillna(False),
            found=everyone,
            limit=rows["couples"],
        ),
    ]


def check_trained_above_members(rows: pd.DataFrame) -> list[Impossible]:
    """More trained members of the Pokja than members."""
    return [
        Impossible(
            code="quality.profile_trained_above_members",
            severity="warning",
            counts=("pokja_members_trained", "pokja_members"),
            where=rows["pokja_members_trained"] > rows["pokja_members"],
            found=rows["pokja_members_trained"],
            limit=rows["pokja_members"],
        )
    ]


def check_above_form(rows: pd.DataFrame) -> list[Impossible]:
    """More operational mechanisms, or sources of money, than the form knows."""
    return [
        Impossible(
            code="quality.profile_above_form",
            severity="error",
            counts=(name,),
            where=rows[name] > most,
            found=rows[name],
            limit=pd.Series(most, index=rows.index),
        )
        for name, most in (("operations", MECHANISMS), ("funding_sources", FUNDING_KINDS))
    ]


def _exceeds(rows: pd.DataFrame, part: str, whole: str, *, code: str, severity: Severity = "error") -> Impossible:
    return Impossible(
        code=code,
        severity=severity,
        counts=(part, whole),
        where=rows[part] > rows[whole],
        found=rows[part],
        limit=rows[whole],
    )


_Check = Callable[[pd.DataFrame], list[Impossible]]
_ALONE: Final[tuple[_Check, ...]] = (check_negative, check_above_any_village, check_above_form)
_TOGETHER: Final[tuple[_Check, ...]] = (
    check_people_below_families,
    check_parts_of_people,
    check_parts_of_families,
    check_members_above_target,
    check_methods_above_couples,
    check_trained_above_members,
)


def find_impossible(rows: pd.DataFrame) -> list[Impossible]:
    """Return everything in the counts of profiles that cannot be.

    A count that cannot be by itself is not held against others: they are not to blame for it.
    """
    alone = [item for check in _ALONE for item in check(rows)]
    sound = rows.copy()
    for item in alone:
        (name,) = item.counts
        sound[name] = sound[name].mask(item.where.fillna(False).astype(bool))
    return alone + [item for check in _TOGETHER for item in check(sound)]


def impossible_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, by row and count, whether the count is part of something that cannot be."""
    places = {name: place for place, name in enumerate(PROFILE_COUNTS)}
    wrong = np.zeros((len(rows), len(places)), dtype=bool)
    for item in find_impossible(rows):
        where = item.where.to_numpy(dtype=bool, na_value=False)
        for name in item.counts:
            wrong[:, places[name]] |= where
    return pd.DataFrame(wrong, index=rows.index, columns=list(PROFILE_COUNTS))
