"""Who is organised: villages that have a Pokja, activity groups, DASHAT and a data house, and members of the groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import pandas as pd

from kbkit.analysis.village_registers import newest_state
from kbkit.dataset import RegencyData
from kbkit.dataset.schema import PROFILE_COUNTS, PROFILE_FLAGS
from kbkit.quality.impossible import TARGETS, impossible_counts
from kbkit.results.programme import Membership, Pokja, Presence, Source

GROUPS: Final = ("bkb", "bkr", "bkl", "uppka", "pik_r")
"""Activity groups in the order of the portal."""
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


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The newest profile of the portal.

    Attributes:
        date: of the profile; ``None`` without one.
        records: a row a Kampung KB.
        impossible: by row and count, whether the count is part of something that cannot be.
    """

    date: dt.date | None
    records: pd.DataFrame
    impossible: pd.DataFrame


def newest_profile(profiles: pd.DataFrame) -> Profile:
    """Return the newest profile; without records where there is none."""
    dates = profiles["snapshot_date"]
    records = profiles[dates == dates.max()].reset_index(drop=True)
    date = None if records.empty else records["snapshot_date"].iloc[0]
    return Profile(date=date, records=records, impossible=impossible_counts(records))


def describe_presences(data: RegencyData, *, profile: Profile) -> tuple[Presence, ...]:
    """Count the villages that have each thing, those that say no, and those of which nothing is said.

    Args:
        data: the regency's partition.
        profile: the newest profile of the portal.
    """
    codes = pd.Index(data.villages["village_code"])
    records = profile.records
    pokja = [_from_profile(name, records[flag] == 1, records, codes) for name, flag in _POKJA_FLAGS.items()]
    groups = [_group(name, data.village_indicators, profile, codes) for name in GROUPS]
    houses = _from_register(_HOUSES, data.village_indicators, codes)
    if not houses:
        houses = _from_register({"data_house": "has_data_house"}, data.village_indicators, codes)
    found = (*pokja, *groups, _kitchen(data.interventions, codes), *houses)
    return tuple(presence for presence in found if presence is not None)


def _from_profile(name: str, has: pd.Series, records: pd.DataFrame, codes: pd.Index) -> Presence | None:
    """The portal prints no "no": every village without a yes is one of which nothing is said."""
    if records.empty:
        return None
    yes = records.loc[has.fillna(False).astype(bool), "village_code"]
    return _count(name, yes=pd.Index(yes), no=codes[:0], codes=codes, source="profile")


def _group(name: str, indicators: pd.DataFrame, profile: Profile, codes: pd.Index) -> Presence | None:
    """A register of villages says yes and no; the profile tells a group by its members."""
    registered = _from_register({name: f"has_{name}"}, indicators, codes)
    if registered:
        return registered[0]
    members = f"members_{name}"
    counted = profile.records[members].mask(profile.impossible[members])
    return _from_profile(name, counted > 0, profile.records, codes)


def _from_register(names: dict[str, str], indicators: pd.DataFrame, codes: pd.Index) -> list[Presence]:
    state = newest_state(indicators, tuple(names.values()))
    if state is None:
        return []
    values = state.values
    return [
        _count(
            name,
            yes=values.index[values[column] > 0],
            no=values.index[values[column] == 0],
            codes=codes,
            source="register",
        )
        for name, column in names.items()
        if values[column].notna().any()
    ]


def _kitchen(interventions: pd.DataFrame, codes: pd.Index) -> Presence | None:
    """Villages with a DASHAT in the latest year of the list; a list says what is done, never what is not."""
    if interventions.empty:
        return None
    latest = interventions[interventions["year"] == interventions["year"].max()]
    yes = latest.loc[latest["intervention_key"] == "dashat", "village_code"]
    return _count("dashat", yes=pd.Index(yes), no=codes[:0], codes=codes, source="list")


def _count(name: str, *, yes: pd.Index, no: pd.Index, codes: pd.Index, source: Source) -> Presence:
    has, has_not = int(codes.isin(yes).sum()), int((codes.isin(no) & ~codes.isin(yes)).sum())
    return Presence(name=name, yes=has, no=has_not, silent=len(codes) - has - has_not, source=source)


def describe_pokja(profile: Profile) -> Pokja | None:
    """Describe the members of the Pokja; ``None`` without a profile."""
    if profile.date is None:
        return None
    records = profile.records
    impossible = profile.impossible[["pokja_members", "pokja_members_trained"]].any(axis=1)
    sound = records[~impossible & (records["pokja_members"] > 0).fillna(False)]
    entries = [name for name in (*PROFILE_FLAGS, *PROFILE_COUNTS) if name not in _ALWAYS_PRINTED]
    return Pokja(
        date=profile.date,
        records=len(records),
        nothing_entered=int(records[entries].isna().all(axis=1).sum()),
        with_members=len(sound),
        members=int(sound["pokja_members"].sum()),
        with_trained=int((sound["pokja_members_trained"] > 0).sum()),
        trained=int(sound["pokja_members_trained"].sum()),
        excluded=int(impossible.sum()),
    )


def describe_memberships(indicators: pd.DataFrame, *, profile: Profile) -> tuple[Membership, ...]:
    """Describe the members of every group: from the monthly register where it counts them, else from the profile.

    Args:
        indicators: table ``village_indicators`` of a dataset.
        profile: the newest profile of the portal.
    """
    found = (
        (_registered(name, indicators) if name in _REGISTERED else None) or _profiled(name, profile) for name in GROUPS
    )
    return tuple(membership for membership in found if membership is not None)


def _registered(name: str, indicators: pd.DataFrame) -> Membership | None:
    members, target = f"{name}_members", f"{name}_target"
    state = newest_state(indicators, (members, target))
    if state is None:
        return None
    both = state.values.dropna().rename(columns={members: "members", target: "target"})
    impossible = (both["members"] > both["target"]) | (both < 0).any(axis=1)
    return _membership(name, both, impossible, source="register", time=state.period)


def _profiled(name: str, profile: Profile) -> Membership | None:
    """In the profile blank is zero or not entered, so that only records with both numbers count."""
    members, target = f"members_{name}", TARGETS[f"members_{name}"]
    both = profile.records[[members, target]].dropna().rename(columns={members: "members", target: "target"})
    if both.empty or profile.date is None:
        return None
    impossible = profile.impossible.loc[both.index, [members, target]].any(axis=1)
    return _membership(name, both, impossible, source="profile", time=profile.date.isoformat())


def _membership(
    name: str, both: pd.DataFrame, impossible: pd.Series, *, source: Source, time: str | None
) -> Membership:
    sound = both[~impossible]
    members, target = int(sound["members"].sum()), int(sound["target"].sum())
    return Membership(
        name=name,
        source=source,
        time=time,
        rows=len(sound),
        members=members,
        target=target,
        share=members / target if target else None,
        excluded=int(impossible.sum()),
    )
