"""Tables of the programme: launches, members of activity groups, money, the eight groups."""

from __future__ import annotations

from typing import Final

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.programmes import OBJECTIVES, groups_of
from kbkit.results.programme import Activities, Funding, GroupActivity, Launches, Membership, Programme
from kbkit.tables import cells
from kbkit.tables.sources import computed_from
from kbkit.text import MISSING, Voice
from kbkit.text.programme import describe_sources, describe_time

_MILLION: Final = 1_000_000


def tabulate_launches(launches: Launches, *, voice: Voice) -> Table:
    """Kampung KB by year of launch; those without a year have a row where there are any."""
    counts = [(_launch_label(launch.year, voice), launch.kampung_kb) for launch in launches.years]
    if launches.without_year:
        counts.append((voice.say("programme.launch_unknown"), launches.without_year))
    excluded = voice.say("programme.launches_excluded", number=voice.count(launches.excluded))
    return Table(
        name="kampung_kb_launches",
        title=voice.say("programme.launches_table"),
        columns=(
            Column(title=voice.say("programme.launch_year"), weight=2.4),
            *(
                Column(title=voice.say(f"programme.launch_{name}"), align="end")
                for name in ("count", "share", "cumulative")
            ),
        ),
        rows=tuple(_launch_rows(counts, launches.kampung_kb, voice)),
        notes=(excluded,) if launches.excluded else (),
        source=computed_from(_register_source(launches, voice), voice=voice),
    )


def _launch_label(year: str, voice: Voice) -> str:
    return voice.say("programme.launch_after_2019") if year == "after_2019" else year


def _launch_rows(counts: list[tuple[str, int]], total: int, voice: Voice) -> list[Row]:
    rows, so_far = [], 0
    for label, count in counts:
        so_far += count
        shares = (count / total, so_far / total) if total else (None, None)
        values = (cells.count(count, voice=voice), *(cells.share(share, voice=voice) for share in shares))
        rows.append(Row(cells=(cells.label(label), *values)))
    return rows


def _register_source(launches: Launches, voice: Voice) -> str:
    time = describe_time(launches.period, voice=voice)
    return f"{voice.say('programme.presence_source_register')}, {time}"


def tabulate_memberships(programme: Programme, *, voice: Voice) -> Table:
    """Members of each activity group against those whom it is for, with what was left out."""
    return Table(
        name="activity_group_members",
        title=voice.say("programme.members_table"),
        columns=(
            Column(title=voice.say("programme.members_group"), weight=1.2),
            Column(title=voice.say("programme.members_for"), weight=1.7),
            Column(title=voice.say("programme.members_rows"), align="end"),
            Column(title=voice.say("programme.members_members"), align="end", weight=1.1),
            Column(title=voice.say("programme.members_target"), align="end", weight=1.1),
            Column(title=voice.say("programme.members_share"), align="end", weight=1.1),
            Column(title=voice.say("programme.members_excluded"), align="end"),
            Column(title=voice.say("programme.members_time"), weight=2.0),
        ),
        rows=tuple(_membership_row(membership, voice) for membership in programme.memberships),
        notes=(voice.say("programme.members_note"),),
        source=describe_sources((membership.source for membership in programme.memberships), voice=voice),
    )


def _membership_row(membership: Membership, voice: Voice) -> Row:
    time = describe_time(membership.time, voice=voice)
    return Row(
        cells=(
            cells.label(voice.say(f"programme.has_{membership.name}")),
            cells.label(voice.say(f"programme.for_{membership.name}")),
            *(cells.count(value, voice=voice) for value in (membership.rows, membership.members, membership.target)),
            cells.share(membership.share, voice=voice),
            cells.count(membership.excluded, voice=voice),
            cells.label(voice.say(f"programme.members_{membership.source}", time=time)),
        )
    )


def tabulate_funding(funding: Funding, *, voice: Voice) -> Table:
    """Villages and rupiah by source of money."""
    year = str(funding.year)
    return Table(
        name="funding_sources",
        title=voice.say("programme.funding_table", year=year),
        columns=(
            Column(title=voice.say("programme.funding_source"), weight=2.4),
            *(
                Column(title=voice.say(f"programme.funding_{name}"), align="end", weight=1.2)
                for name in ("villages", "amount", "spent", "without_amount")
            ),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.named("funding", f"source_{source.source}")),
                    cells.count(source.villages, voice=voice),
                    _millions(source.amount, voice),
                    _millions(source.spent, voice),
                    cells.count(source.without_amount, voice=voice),
                )
            )
            for source in funding.sources
        ),
        notes=(voice.say("programme.funding_note"),),
        source=computed_from(voice.say("programme.funding_list_source", year=year), voice=voice),
    )


def tabulate_groups(activities: Activities, *, voice: Voice) -> Table:
    """The eight programme groups under their four objectives: villages reached, budget, spending."""
    year = str(activities.year)
    total = _group_cells(voice.say("tables.total"), activities.total, voice)
    return Table(
        name="programme_groups",
        title=voice.say("programme.groups_table", year=year),
        columns=(
            Column(title=voice.say("programme.groups_group"), weight=3.6),
            *(
                Column(title=voice.say(f"programme.groups_{name}"), align="end", weight=1.1)
                for name in ("interventions", "villages", "budget", "spent", "realised")
            ),
        ),
        rows=(*_group_rows(activities, voice), Row(kind="total", cells=total)),
        notes=(voice.say("programme.groups_note"),),
        source=computed_from(voice.say("programme.groups_list_source", year=year), voice=voice),
    )


def _group_rows(activities: Activities, voice: Voice) -> list[Row]:
    listed = {activity.group: activity for activity in activities.groups}
    rows = []
    for number in OBJECTIVES:
        name = voice.say(f"programme.objective_{number}")
        head = cells.label(voice.say("programme.groups_objective", number=str(number), name=name))
        rows.append(Row(kind="group", cells=(head, *[Cell(text="")] * 5)))
        for group in groups_of(number):
            title = voice.say(f"programme.group_{group.number}")
            label = voice.say("programme.groups_item", number=str(group.number), name=title)
            rows.append(Row(cells=_group_cells(label, listed[group.number], voice)))
    if None in listed:
        rows.append(Row(cells=_group_cells(voice.say("programme.groups_unknown"), listed[None], voice)))
    return rows


def _group_cells(label: str, activity: GroupActivity, voice: Voice) -> tuple[Cell, ...]:
    return (
        cells.label(label),
        cells.count(activity.interventions, voice=voice),
        cells.count(activity.villages, voice=voice),
        _millions(activity.budget, voice),
        _millions(activity.spent, voice),
        cells.share(activity.realised, voice=voice),
    )


def _millions(rupiah: int | None, voice: Voice) -> Cell:
    """Rupiah as millions, as the heading of the column says."""
    if rupiah is None:
        return Cell(text=MISSING)
    millions = rupiah / _MILLION
    return Cell(text=voice.style.decimal(millions, 1), value=millions)
