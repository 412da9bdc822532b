"""What cannot be in the counts of a profile, each check by itself.

Of two counts that contradict each other nobody can say which is wrong, so that both are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The counts of profiles, by name; every array has the shape ``(rows,)``.

    Attributes:
        values: as typed, 0 where missing.
        known: whether there is a value.
    """

    values: Mapping[str, IntArray]
    known: Mapping[str, BoolArray]


@dataclass(frozen=True, kw_only=True)
class Impossible:
    """Counts that cannot be, in some rows; every array has the shape ``(rows,)``.

    Attributes:
        code: of the check.
        severity: how grave it is.
        counts: columns of which at least one is wrong.
        where: in which rows.
        found: what stands there.
        limit: what it may not pass; ``None`` where the sentence needs none.
    """

    code: str
    severity: Severity
    counts: tuple[str, ...]
    where: BoolArray
    found: IntArray
    limit: IntArray | int | None = None


def read_counts(rows: pd.DataFrame, names: Sequence[str] = PROFILE_COUNTS) -> Counts:
    """Return counts of profiles, or flags, as plain arrays."""
    columns = {name: rows[name].array for name in names}
    return Counts(
        values={name: column.to_numpy(dtype=np.int64, na_value=0) for name, column in columns.items()},
        known={name: ~column.isna() for name, column in columns.items()},
    )


def check_negative(counts: Counts) -> list[Impossible]:
    """A count below zero."""
    return [
        Impossible(code="quality.profile_negative", severity="error", counts=(name,), where=values < 0, found=values)
        for name, values in counts.values.items()
    ]


def check_above_any_village(counts: Counts) -> list[Impossible]:
    """A count that no village of the country reaches."""
    return [
        Impossible(
            code="quality.profile_above_any_village",
            severity="error",
            counts=(name,),
            where=values > LARGEST_VILLAGE,
            found=values,
        )
        for name, values in counts.values.items()
    ]


def check_above_form(counts: Counts) -> list[Impossible]:
    """More operational mechanisms, or sources of money, than the form knows."""
    return [
        Impossible(
            code="quality.profile_above_form",
            severity="error",
            counts=(name,),
            where=counts.values[name] > most,
            found=counts.values[name],
            limit=most,
        )
        for name, most in (("operations", MECHANISMS), ("funding_sources", FUNDING_KINDS))
    ]


def check_people_below_families(counts: Counts) -> list[Impossible]:
    """Fewer people than families."""
    people, families = counts.values["population"], counts.values["families"]
    return [
        Impossible(
            code="quality.profile_people_below_families",
            severity="error",
            counts=("population", "families"),
            where=counts.known["population"] & (people < families),
            found=people,
            limit=families,
        )
    ]


def check_parts_of_people(counts: Counts) -> list[Impossible]:
    """More couples, or more adolescents, than people."""
    return [
        _exceeds(counts, name, "population", code="quality.profile_part_above_population")
        for name in ("couples", "adolescents")
    ]


def check_parts_of_families(counts: Counts) -> list[Impossible]:
    """More families with under-fives, adolescents or elderly than families."""
    return [
        _exceeds(counts, name, "families", code="quality.profile_part_above_families")
        for name in ("families_with_under_five", "families_with_adolescents", "families_with_elderly")
    ]


def check_members_above_target(counts: Counts) -> list[Impossible]:
    """More members of an activity group than there are families, or adolescents, for it."""
    return [
        _exceeds(counts, members, target, code="quality.profile_members_above_target", severity="warning")
        for members, target in TARGETS.items()
    ]


def check_methods_above_couples(counts: Counts) -> list[Impossible]:
    """Users, or users and non-users by reason, are more than the couples; the form asks them to add up."""
    couples, known = counts.values["couples"], counts.known["couples"]
    users, others = (np.sum([counts.values[name] for name in names], axis=0) for names in (USERS, NON_USERS))
    too_many_users = known & (users > couples)
    return [
        Impossible(
            code="quality.profile_users_above_couples",
            severity="error",
            counts=("couples", *USERS),
            where=too_many_users,
            found=users,
            limit=couples,
        ),
        Impossible(
            code="quality.profile_methods_above_couples",
            severity="warning",
            counts=("couples", *USERS, *NON_USERS),
            where=known & (users + others > couples) & ~too_many_users,
            found=users + others,
            limit=couples,
        ),
    ]


def check_trained_above_members(counts: Counts) -> list[Impossible]:
    """More trained members of the Pokja than members."""
    code = "quality.profile_trained_above_members"
    return [_exceeds(counts, "pokja_members_trained", "pokja_members", code=code, severity="warning")]


def _exceeds(counts: Counts, part: str, whole: str, *, code: str, severity: Severity = "error") -> Impossible:
    """Return where a part is more than its whole; a missing part, 0 here, never is."""
    parts, wholes = counts.values[part], counts.values[whole]
    return Impossible(
        code=code,
        severity=severity,
        counts=(part, whole),
        where=counts.known[whole] & (parts > wholes),
        found=parts,
        limit=wholes,
    )


_Check = Callable[[Counts], list[Impossible]]
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
    counts = read_counts(rows)
    alone = [item for check in _ALONE for item in check(counts)]
    wrong = dict.fromkeys(PROFILE_COUNTS, np.zeros(len(rows), dtype=np.bool_))
    for item in alone:
        (name,) = item.counts
        wrong[name] = wrong[name] | item.where
    sound = Counts(
        values={name: np.where(wrong[name], 0, values) for name, values in counts.values.items()},
        known={name: known & ~wrong[name] for name, known in counts.known.items()},
    )
    return alone + [item for check in _TOGETHER for item in check(sound)]


def impossible_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, by row and count, whether the count is part of something that cannot be."""
    places = {name: place for place, name in enumerate(PROFILE_COUNTS)}
    wrong = np.zeros((len(rows), len(places)), dtype=np.bool_)
    for item in find_impossible(rows):
        for name in item.counts:
            wrong[:, places[name]] |= item.where
    return pd.DataFrame(wrong, index=rows.index, columns=list(PROFILE_COUNTS))
