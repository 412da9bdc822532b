"""The programme as the data describe it: launches, organisation, data house, money, activities. No result of it.

Of every question there are three answers: yes, no, and nothing said. They are never added up to two.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Launch:
    """Kampung KB that were launched in one year, ``"after_2019"`` for all later ones."""

    year: str
    kampung_kb: int


@dataclass(frozen=True, kw_only=True)
class Launches:
    """When the Kampung KB were launched, from the register K/0.

    Attributes:
        period: of the register; ``None`` where it is not dated.
        villages: villages that it names.
        villages_with: of these, with at least one Kampung KB.
        kampung_kb: Kampung KB of these villages.
        years: 2016 first.
        without_year: Kampung KB whose year is not told.
        excluded: villages with more launches than Kampung KB; they are in none of the counts above but ``villages``.
    """

    period: str | None
    villages: int
    villages_with: int
    kampung_kb: int
    years: tuple[Launch, ...]
    without_year: int
    excluded: int


Source = Literal["register", "profile", "list"]


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Villages of the regency by what is said of one thing.

    Attributes:
        name: what it is, for example ``"pokja"`` or ``"bkb"``.
        yes: villages that have it.
        no: villages that say they have none.
        silent: villages of which nothing is said. The portal prints no "no": its blanks are all here.
        source: a register of villages, the portal's profile, or the office's list of interventions.
    """

    name: str
    yes: int
    no: int
    silent: int
    source: Source

    @property
    def villages(self) -> int:
        """All villages of the regency."""
        return self.yes + self.no + self.silent


@dataclass(frozen=True, kw_only=True)
class Pokja:
    """The working groups, from the newest profile of the portal; a record is a Kampung KB.

    Attributes:
        date: of the profile.
        records: Kampung KB in the profile.
        nothing_entered: of these, without any entry.
        with_members: records with a number of members that can be.
        members: members of these.
        with_trained: of these records, with a number of trained members.
        trained: trained members.
        excluded: records whose numbers of members cannot be.
    """

    date: dt.date
    records: int
    nothing_entered: int
    with_members: int
    members: int
    with_trained: int
    trained: int
    excluded: int


@dataclass(frozen=True, kw_only=True)
class Membership:
    """Members of one kind of activity group against those whom it is for.

    Attributes:
        name: ``"bkb"``, ``"bkr"``, ``"bkl"``, ``"uppka"`` or ``"pik_r"``.
        source: register of the month, or the portal's profile.
        time: period or day; ``None`` where it is not dated.
        rows: villages of the register, or Kampung KB of the profile, with both numbers.
        members: of these.
        target: families, for PIK-R adolescents.
        share: members over target, 0-1; ``None`` where nobody is in the target.
        excluded: rows left out because the numbers cannot be.
    """

    name: str
    source: Source
    time: str | None
    rows: int
    members: int
    target: int
    share: float | None
    excluded: int


@dataclass(frozen=True, kw_only=True)
class DataTypeHeld:
    """Villages of the regency for which a type of data is there."""

    name: str
    villages: int


@dataclass(frozen=True, kw_only=True)
class DataTypesHeld:
    """Completeness of the data of a Rumah Data, by type of data.

    Attributes:
        list_source: ``"placeholder"`` while no office has given the official list; whoever prints these says so.
        villages: of the regency.
        mean_types: mean number of types a village.
        types: in the order of the list; empty where the list is an office's own, of which only the mean is kept.
        listed: types in the list.
    """

    list_source: Literal["placeholder", "office"]
    villages: int
    mean_types: float
    types: tuple[DataTypeHeld, ...]
    listed: int


@dataclass(frozen=True, kw_only=True)
class SourceOfMoney:
    """What one source gave in the year.

    Attributes:
        source: key of :mod:`kbkit.domain.funding`.
        villages: villages to which it gave.
        amount: rupiah, over the lines that say how much; ``None`` where none does.
        spent: rupiah, over the lines that say it; ``None`` where none does.
        without_amount: villages to which it gave and nobody wrote how much.
    """

    source: str
    villages: int
    amount: int | None
    spent: int | None
    without_amount: int


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Money of the Kampung KB in the latest year of the list.

    Attributes:
        year: of the list.
        funded: villages with at least one source that gave.
        unfunded: villages that say that no source gave.
        silent: villages of which the list says nothing.
        sources: those that gave, in the order of the vocabulary.
    """

    year: int
    funded: int
    unfunded: int
    silent: int
    sources: tuple[SourceOfMoney, ...]


@dataclass(frozen=True, kw_only=True)
class GroupActivity:
    """What is listed under one of the eight programme groups.

    Attributes:
        group: 1-8; ``None`` for interventions of the office's own without a group.
        interventions: different ones.
        villages: villages reached.
        budget: rupiah, over the lines that say it; ``None`` where none does.
        spent: rupiah, likewise.
        realised: spent over budget in the lines that say both; ``None`` where none does or the budget is 0.
    """

    group: int | None
    interventions: int
    villages: int
    budget: int | None
    spent: int | None
    realised: float | None


@dataclass(frozen=True, kw_only=True)
class Activities:
    """Interventions in the latest year of the office's list.

    Attributes:
        year: of the list.
        villages: villages with at least one line.
        silent: villages of which the list says nothing.
        groups: all eight, those without any line too.
        total: over all groups.
    """

    year: int
    villages: int
    silent: int
    groups: tuple[GroupActivity, ...]
    total: GroupActivity


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The programme as the data describe it; ``None`` and empty where there are no data.

    ``presences`` are in the order of the report: Pokja, activity groups, DASHAT, data house.
    """

    launches: Launches | None
    presences: tuple[Presence, ...]
    pokja: Pokja | None
    memberships: tuple[Membership, ...]
    data_types: DataTypesHeld | None
    funding: Funding | None
    activities: Activities | None
