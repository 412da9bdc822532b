"""What of the latest period is hidden: districts, tiers, parts of a tier, villages and total decided together.

A number hidden in one table follows from the others: a district from the total less the other districts, a tier from
its villages, a part of a tier from the tier. So all of them are one system of equations over the villages, and what is
hidden is widened until no small number of any table is pinned down to fewer values than the edition asks for.

Each round asks for every small number which least and largest value the printed ones allow
(:mod:`kbkit.analysis.village_disclosure`), and hides one more cell for those that are too narrow: the next smallest of
the same table, else the district and the tier that a village belongs to, else the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kbkit.analysis.disclosure import Disclosure, Range
from kbkit.analysis.rows import Rows
from kbkit.analysis.village_disclosure import Counted, hide_villages, open_values, open_values_of
from kbkit.domain.editions import SmallCells
from kbkit.domain.tiers import TIERS, Tier

Group = tuple[str, str]
"""Kind of a group and its name."""

_TOTAL: Final[Group] = ("total", "")
_WITHOUT: Final = "none"
_KINDS: Final = ("district", "tier", "part", "total")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A village, its numbers, and the groups in whose totals it is counted. ``part`` is empty outside tier Dasar."""

    code: str
    stunted: int
    measured: int
    district: str
    tier: str
    part: str

    @property
    def groups(self) -> tuple[Group, ...]:
        """Groups that it is a member of, by kind."""
        return tuple(
            (kind, name)
            for kind, name in zip(_KINDS, (self.district, self.tier, self.part, ""), strict=True)
            if name or kind == "total"
        )


def plan_disclosure(rows: Rows, *, rule: SmallCells) -> Disclosure:
    """Decide what is hidden of the latest period.

    Args:
        rows: rows of all villages and periods.
        rule: of the edition.
    """
    if rule.edition == "internal":
        return Disclosure(rule=rule)
    villages = place_villages(rows)
    groups, ranges = hide_cells(villages, rule=rule)
    return Disclosure(
        rule=rule,
        total=_TOTAL in groups,
        districts=frozenset(name for kind, name in groups if kind == "district"),
        tiers=frozenset(None if name == _WITHOUT else name for kind, name in groups if kind == "tier"),
        parts=any(kind == "part" for kind, _ in groups),
        villages={villages[place].code: span for place, span in ranges.items()},
    )


def place_villages(rows: Rows) -> list[Placed]:
    """Return the measured villages of the latest period with their groups."""
    latest = rows.latest()
    latest = latest.take(latest.has_prevalence)
    return [
        Placed(
            code=rows.names.villages[village],
            stunted=int(stunted),
            measured=int(measured),
            district=rows.names.districts[district],
            tier=TIERS[tier].value if tier >= 0 else _WITHOUT,
            part=("silent" if silent else "entered") if tier == Tier.DASAR.score else "",
        )
        for village, stunted, measured, district, tier, silent in zip(
            latest.village,
            latest.stunted,
            latest.measured,
            latest.district,
            latest.tier,
            latest.nothing_entered,
            strict=True,
        )
    ]


def hide_cells(villages: Sequence[Placed], *, rule: SmallCells) -> tuple[set[Group], Mapping[int, Range]]:
    """Return the groups to hide, and the places of the villages to hide with their ranges."""
    sums = _sums(villages)
    hidden = _whole_parts({group for group, number in sums.items() if rule.hides(number)}, sums)
    while True:
        counted = count_villages(villages, hidden, rule)
        ranges = hide_villages(counted, total=_TOTAL not in hidden)
        more = next(_remedies(villages, counted, set(ranges), hidden, sums), None)
        if more is None:
            return hidden, ranges
        hidden = _whole_parts(hidden | more, sums)


def _sums(villages: Iterable[Placed]) -> dict[Group, int]:
    sums: dict[Group, int] = {}
    for village in villages:
        for group in village.groups:
            sums[group] = sums.get(group, 0) + village.stunted
    return sums


def _whole_parts(hidden: set[Group], sums: Mapping[Group, int]) -> set[Group]:
    """Hide both parts of tier Dasar where one is, or where their sum is."""
    parts = {group for group in sums if group[0] == "part"}
    return hidden | parts if hidden & (parts | {("tier", Tier.DASAR.value)}) else hidden


def count_villages(villages: Iterable[Placed], hidden: set[Group], rule: SmallCells) -> list[Counted]:
    """Return the villages as lines between the groups whose totals are printed.

    Where the parts of tier Dasar are printed they take its place: their sum is its number.
    """
    counted = []
    for village in villages:
        tier = village.part if village.part and ("part", village.part) not in hidden else village.tier
        counted.append(
            Counted(
                stunted=village.stunted,
                measured=village.measured,
                district=None if ("district", village.district) in hidden else village.district,
                tier=None if ("tier", village.tier) in hidden else tier,
                rule=rule,
            )
        )
    return counted


def _remedies(
    villages: Sequence[Placed],
    counted: Sequence[Counted],
    ranges: set[int],
    hidden: set[Group],
    sums: Mapping[Group, int],
) -> Iterator[set[Group]]:
    """Yield groups to hide for every small number that is too narrow; nothing where nothing is left to hide."""
    total = _TOTAL not in hidden
    for group in sorted(hidden - {_TOTAL}):
        members = [place for place, village in enumerate(villages) if group in village.groups]
        rule = counted[0].rule
        needed = min(rule.width, sum(villages[place].measured for place in members) + 1)
        if rule.hides(sums[group]) and open_values(counted, ranges, members, total=total) < needed:
            yield from _one_more(group[0], hidden, sums)
    for place in sorted(ranges):
        village = counted[place]
        if village.small and open_values_of(place, counted, ranges, total=total) < village.aim:
            own = [group for group in villages[place].groups if group not in hidden]
            yield from (_with_partner(group, hidden, sums) for group in own[:1])


def _one_more(kind: str, hidden: set[Group], sums: Mapping[Group, int]) -> Iterator[set[Group]]:
    """Yield the smallest group of a kind that is shown and holds a case, else the total, else one of another kind."""
    shown = sorted((number, group) for group, number in sums.items() if group not in hidden and number)
    yield from [{group} for wanted in (kind, "total", *_KINDS) for _, group in shown if group[0] == wanted][:1]


def _with_partner(group: Group, hidden: set[Group], sums: Mapping[Group, int]) -> set[Group]:
    """Return a group with another of its kind: a single hidden one is the total less the others."""
    if group == _TOTAL or any(other[0] == group[0] for other in hidden):
        return {group}
    return {group}.union(*_one_more(group[0], hidden | {group}, sums))


def hide_parts(numbers: Sequence[int], *, rule: SmallCells) -> tuple[bool, frozenset[int]]:
    """Return whether the total of a plain table is hidden, and which of its parts are.

    Each part stands for itself, as a group of one village does; nothing else is known of it.
    """
    if rule.edition == "internal":
        return False, frozenset()
    parts = [
        Placed(
            code=str(place),
            stunted=number,
            measured=sum(numbers) + rule.smallest,
            district=str(place),
            tier="",
            part="",
        )
        for place, number in enumerate(numbers)
    ]
    groups, _ = hide_cells(parts, rule=rule)
    return _TOTAL in groups, frozenset(int(name) for kind, name in groups if kind == "district")
