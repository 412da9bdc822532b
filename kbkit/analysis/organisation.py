"""Who is organised: villages that have a Pokja, activity groups, DASHAT and a data house, and members of the groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.village_registers import ObjectArray, Registers, newest_state
from kbkit.dataset.schema import PROFILE_COUNTS, PROFILE_FLAGS
from kbkit.domain.programmes import ACTIVITY_GROUPS
from kbkit.quality.impossible import TARGETS, Counts, impossible_counts, read_counts
from kbkit.results.programme import Membership, Pokja, Presence, Source

_REGISTERED: Final = ("bkb", "bkr", "bkl")
"""Groups whose members the monthly register counts; of the others only the portal's profile does."""
_POKJA_FLAGS: Final = {"pokja": "pokja_formed", "pokja_decree": "pokja_decree", "pokja_trained": "pokja_trained"}
_HOUSES: Final = {
    "data_house": "data_houses",
    "data_house_decree": "data_houses_with_decree",
    "data_house_paripurna": "data_houses_paripurna",
}
_ALWAYS_PRINTED: Final = frozenset({"funding_sources", "regulations"})
"""Counts that the portal prints as 1 in records of which nothing was entered."""

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The newest profile of the portal; every array has the shape ``(records,)``, a record a Kampung KB.

    Attributes:
        date: of the profile; ``None`` without one.
        villages: codes.
        counts: flags (1 for yes) and counts.
        impossible: by count, whether it is part of something that cannot be.
    """

    date: dt.date | None
    villages: ObjectArray
    counts: Counts
    impossible: Mapping[str, BoolArray]


def newest_profile(profiles: pd.DataFrame) -> Profile:
    """Return the newest profile; without records where there is none."""
    dates = profiles["snapshot_date"]
    date = None if profiles.empty else dates.max()
    records = profiles[dates == date]
    return Profile(
        date=date,
        villages=records["village_code"].to_numpy(dtype=object),
        counts=read_counts(records, (*PROFILE_FLAGS, *PROFILE_COUNTS)),
        impossible=dict(zip(PROFILE_COUNTS, impossible_counts(records).to_numpy().T, strict=True)),
    )


def describe_presences(
    villages: Collection[str], *, registers: Registers, profile: Profile, interventions: pd.DataFrame
) -> tuple[Presence, ...]:
    """Count the villages that have each thing, those that say no, and those of which nothing is said.

    Args:
        villages: codes of all villages.
        registers: reports of the registers of villages.
        profile: the newest profile of the portal.
        interventions: table ``interventions`` of a dataset.
    """
    codes = frozenset(villages)
    pokja = [
        _from_profile(name, profile.counts.values[flag] == 1, profile, codes) for name, flag in _POKJA_FLAGS.items()
    ]
    groups = [_group(name, registers, profile, codes) for name in ACTIVITY_GROUPS]
    houses = _from_register(_HOUSES, registers, codes)
    if not houses:
        houses = _from_register({"data_house": "has_data_house"}, registers, codes)
    found = (*pokja, *groups, _kitchen(interventions, codes), *houses)
    return tuple(presence for presence in found if presence is not None)


def _from_profile(name: str, has: BoolArray, profile: Profile, codes: frozenset[str]) -> Presence | None:
    """The portal prints no "no": every village without a yes is one of which nothing is said."""
    if not profile.villages.size:
        return None
    return _count(name, yes=profile.villages[has], no=(), codes=codes, source="profile")


def _group(name: str, registers: Registers, profile: Profile, codes: frozenset[str]) -> Presence | None:
    """A register of villages says yes and no; the profile tells a group by its members."""
    registered = _from_register({name: f"has_{name}"}, registers, codes)
    if registered:
        return registered[0]
    members = f"members_{name}"
    counted = (profile.counts.values[members] > 0) & ~profile.impossible[members]
    return _from_profile(name, counted, profile, codes)


def _from_register(names: dict[str, str], registers: Registers, codes: frozenset[str]) -> list[Presence]:
    state = newest_state(registers, tuple(names.values()))
    if state is None:
        return []
    return [
        _count(
            name,
            yes=state.villages[values > 0],
            no=state.villages[values == 0],
            codes=codes,
            source="register",
        )
        for name, column in names.items()
        if not np.isnan(values := state.values[column]).all()
    ]


def _kitchen(interventions: pd.DataFrame, codes: frozenset[str]) -> Presence | None:
    """Villages with a DASHAT in the latest year of the list; a list says what is done, never what is not."""
    if interventions.empty:
        return None
    latest = interventions[interventions["year"] == interventions["year"].max()]
    yes = latest.loc[latest["intervention_key"] == "dashat", "village_code"]
    return _count("dashat", yes=tuple(yes), no=(), codes=codes, source="list")


def _count(name: str, *, yes: Collection[str], no: Collection[str], codes: frozenset[str], source: Source) -> Presence:
    has = codes.intersection(yes)
    has_not = codes.intersection(no) - has
    silent = len(codes) - len(has) - len(has_not)
    return Presence(name=name, yes=len(has), no=len(has_not), silent=silent, source=source)


def describe_pokja(profile: Profile) -> Pokja | None:
    """Describe the members of the Pokja; ``None`` without a profile."""
    if profile.date is None:
        return None
    values, known = profile.counts.values, profile.counts.known
    members, trained = values["pokja_members"], values["pokja_members_trained"]
    impossible = profile.impossible["pokja_members"] | profile.impossible["pokja_members_trained"]
    sound = ~impossible & (members > 0)
    entered = np.any([known[name] for name in known if name not in _ALWAYS_PRINTED], axis=0)
    return Pokja(
        date=profile.date,
        records=profile.villages.size,
        nothing_entered=int((~entered).sum()),
        with_members=int(sound.sum()),
        members=int(members[sound].sum()),
        with_trained=int((trained[sound] > 0).sum()),
        trained=int(trained[sound].sum()),
        excluded=int(impossible.sum()),
    )


def describe_memberships(registers: Registers, *, profile: Profile) -> tuple[Membership, ...]:
    """Describe the members of every group: from the monthly register where it counts them, else from the profile.

    Args:
        registers: reports of the registers of villages.
        profile: the newest profile of the portal.
    """
    found = (
        (_registered(name, registers) if name in _REGISTERED else None) or _profiled(name, profile)
        for name in ACTIVITY_GROUPS
    )
    return tuple(membership for membership in found if membership is not None)


def _registered(name: str, registers: Registers) -> Membership | None:
    names = (f"{name}_members", f"{name}_target")
    state = newest_state(registers, names)
    if state is None:
        return None
    both = np.stack([state.values[column] for column in names])
    members, target = both[:, ~np.isnan(both).any(axis=0)]
    impossible = (members > target) | (members < 0) | (target < 0)
    return _membership(name, members, target, impossible, source="register", time=state.period)


def _profiled(name: str, profile: Profile) -> Membership | None:
    """In the profile blank is zero or not entered, so that only records with both numbers count."""
    names = (f"members_{name}", TARGETS[f"members_{name}"])
    both = profile.counts.known[names[0]] & profile.counts.known[names[1]]
    if profile.date is None or not both.any():
        return None
    members, target = (profile.counts.values[column][both] for column in names)
    impossible = (profile.impossible[names[0]] | profile.impossible[names[1]])[both]
    return _membership(name, members, target, impossible, source="profile", time=profile.date.isoformat())


def _membership(
    name: str,
    members: NDArray[np.number],
    target: NDArray[np.number],
    impossible: BoolArray,
    *,
    source: Source,
    time: str | None,
) -> Membership:
    all_members, all_target = int(members[~impossible].sum()), int(target[~impossible].sum())
    return Membership(
        name=name,
        source=source,
        time=time,
        rows=int((~impossible).sum()),
        members=all_members,
        target=all_target,
        share=all_members / all_target if all_target else None,
        excluded=int(impossible.sum()),
    )
