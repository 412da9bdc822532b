"""Which villages' numbers of stunted children are hidden, so that no small one can be worked out.

A shrunken prevalence, a point of a funnel or a colour of a map gives a village's number away as surely as printing it:
whoever knows the measured children solves for the stunted ones. So a village is either shown, or hidden: then whatever
is drawn of it spans a range of numbers, 1-4, 5-9, 10-14 and so on, and is the same for each number in it.

Hidden are numbers under the threshold, zero apart (it tells of no child), and villages with fewer measured children
than that, whatever their number: of two measured children one can be read off "between 1 and 2". Then as few others as
the printed totals of districts, tiers and regency, all together, leave enough values open for each small number. A
village is a line from its district to its tier; a child can be moved along any ring of hidden lines without changing a
total, so a small number is guarded by the shortest ring through it (Cox 1980, Journal of the American Statistical
Association 75:377-385, complementary suppression in two-way tables).
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kbkit.analysis.disclosure import Range
from kbkit.domain.editions import DEFAULT_EDITION, SMALL_CELLS, SmallCells
from kbkit.methods import bound_cells

End = tuple[str, str]
"""District or tier, and which: an end of lines."""
_Step = tuple[End, End, int]
"""From which end to which, and the number of the line."""
_Room = Mapping[End, dict[tuple[End, int], int]]
"""By end, the ends that lines lead to from there, and how many children can be moved along each."""

OUTSIDE: Final[End] = ("", "")
"""Where villages lead whose group's total is not printed: nothing is added up there."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A village's number of stunted children, and its groups; ``None`` where the group's total is not printed."""

    stunted: int
    measured: int
    district: str | None
    tier: str | None
    rule: SmallCells = SMALL_CELLS[DEFAULT_EDITION]

    @property
    def ends(self) -> tuple[End, End]:
        """District and tier as the two ends of a line."""
        return (
            ("district", self.district) if self.district else OUTSIDE,
            ("tier", self.tier) if self.tier else OUTSIDE,
        )

    @property
    def small(self) -> bool:
        """Whether the number must be hidden for its own sake."""
        return self.rule.hides(self.stunted)

    @property
    def tiny(self) -> bool:
        """Whether so few were measured that any number says too much."""
        return self.measured < self.rule.smallest

    @property
    def range(self) -> Range:
        """The numbers that it is said to be one of."""
        least = self.stunted // self.rule.smallest * self.rule.smallest
        if self.small and not self.tiny:
            return 1, self.rule.smallest - 1
        return least, min(least + self.rule.smallest - 1, self.measured)

    @property
    def aim(self) -> int:
        """Values that must stay open where it is small: the edition's, or as many as its measured children allow."""
        return min(self.rule.width, self.range[1] - self.range[0] + 1)


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A village as a line from its district to its tier, along which children can be moved within a range."""

    ends: tuple[End, End]
    number: int
    low: int
    high: int


def hide_villages(villages: Sequence[Counted], *, total: bool = True) -> Mapping[int, Range]:
    """Return the places of the villages to hide, each with the range of its number.

    Where the totals themselves give a small number away, whatever of the villages is hidden, no more are hidden for it.

    Args:
        villages: all villages that are counted.
        total: whether the sum over all of them is printed.
    """
    hidden = {place for place, village in enumerate(villages) if village.small or village.tiny}
    for place in sorted(place for place in hidden if villages[place].small):
        # Hiding more never narrows what is open for another: a number once safe stays so.
        if open_values_of(place, villages, hidden, total=total) >= villages[place].aim:
            continue
        most = open_values_of(place, villages, range(len(villages)), total=total)
        aim, used = min(villages[place].aim, most), set[int]()
        while open_values_of(place, villages, hidden, total=total) < aim:
            ring = _shortest_ring(villages, hidden, place, used) or _smallest_shown(villages, hidden)
            used |= ring - hidden or ring
            hidden |= ring
    return {place: villages[place].range for place in sorted(hidden)}


def _smallest_shown(villages: Sequence[Counted], hidden: Collection[int]) -> set[int]:
    shown = [(village.stunted == 0, village.stunted, place) for place, village in enumerate(villages)]
    return {place for _, _, place in sorted(entry for entry in shown if entry[2] not in hidden)[:1]}


def open_values(
    villages: Sequence[Counted], hidden: Collection[int], asked: Collection[int], *, total: bool = True
) -> int:
    """Return how many values the sum of some villages can take for somebody who knows all that is shown.

    Args:
        villages: all villages that are counted.
        hidden: places of those that are hidden.
        asked: places of those whose sum is asked for; shown ones say nothing that is not known.
        total: whether the sum over all villages is printed.
    """
    places = sorted(hidden)
    inside = [place in asked for place in places]
    if not any(inside):
        return 1
    groups = {end for other in places for end in villages[other].ends} - {OUTSIDE}
    members = [[end in villages[other].ends for other in places] for end in sorted(groups)]
    members += [[True] * len(places)] if total else []
    numbers = [villages[other].stunted for other in places]
    limits = bound_cells(
        members=members or [[False] * len(places)],
        totals=[sum(number for number, within in zip(numbers, row, strict=True) if within) for row in members] or [0],
        lower=[villages[other].range[0] for other in places],
        upper=[villages[other].range[1] for other in places],
        sums=[inside],
    )
    return int(limits[0, 1] - limits[0, 0]) + 1


def open_values_of(place: int, villages: Sequence[Counted], hidden: Collection[int], *, total: bool = True) -> int:
    """Return how many values the number of one village can take for somebody who knows all that is shown.

    The same as :func:`open_values` of it alone, counted in whole children: as many more, or fewer, as can be moved
    around rings of hidden lines (maximum flow by shortest augmenting paths, Edmonds & Karp 1972, Journal of the ACM
    19:248-264).
    """
    others = [_line(villages[other], villages[other].range, total=total) for other in hidden if other != place]
    line = _line(villages[place], villages[place].range, total=total)
    district, tier = line.ends
    more, _ = _move(others, tier, district, most=line.high - line.number)
    fewer, _ = _move(others, district, tier, most=line.number - line.low)
    return more + fewer + 1


def middle_numbers(villages: Sequence[Counted], ranges: Sequence[Range], *, total: bool = True) -> list[int]:
    """Return a number for each hidden village: the middle of what is open, given those chosen before it.

    What is open follows from totals and ranges alone, and so do these numbers, whatever the true ones are.

    Args:
        villages: the hidden villages.
        ranges: in which each number is said to lie.
        total: whether the sum over all of them is known.
    """
    open_lines = [_line(village, within, total=total) for village, within in zip(villages, ranges, strict=True)]
    chosen: list[int] = []
    while open_lines:
        line, *others = open_lines
        district, tier = line.ends
        more, _ = _move(others, tier, district, most=line.high - line.number)
        fewer, _ = _move(others, district, tier, most=line.number - line.low)
        chosen.append((2 * line.number + more - fewer) // 2)
        step = chosen[-1] - line.number
        start, goal = (tier, district) if step > 0 else (district, tier)
        _, open_lines = _move(others, start, goal, most=abs(step))
    return chosen


def _line(village: Counted, within: Range, *, total: bool) -> _Line:
    return _Line(ends=_joints(village, total=total), number=village.stunted, low=within[0], high=within[1])


def _joints(village: Counted, *, total: bool) -> tuple[End, End]:
    """Return the ends of a line; where the total is printed, so is the sum over all groups that are not."""
    return (("district", village.district or ""), ("tier", village.tier or "")) if total else village.ends


def _move(lines: Sequence[_Line], start: End, goal: End, *, most: int) -> tuple[int, list[_Line]]:
    """Move as many children as can be, at most so many, along lines from one end to another.

    Along a line from its district to its tier children are added, in the other direction taken away.

    Returns:
        How many were moved, and the lines with their numbers afterwards.
    """
    if start == goal:
        return most, list(lines)
    room: dict[End, dict[tuple[End, int], int]] = {}
    for number, line in enumerate(lines):
        district, tier = line.ends
        if district != tier:  # nothing is moved to where it was
            room.setdefault(district, {})[tier, number] = line.high - line.number
            room.setdefault(tier, {})[district, number] = line.number - line.low
    moved = 0
    while moved < most and (path := _shortest_path(room, start, goal)):
        step = min(most - moved, *(room[end][far, number] for end, far, number in path))
        for end, far, number in path:
            room[end][far, number] -= step
            room[far][end, number] += step
        moved += step
    left = [room.get(line.ends[0], {}).get((line.ends[1], number)) for number, line in enumerate(lines)]
    return moved, [
        line if above is None else replace(line, number=line.high - above)
        for line, above in zip(lines, left, strict=True)
    ]


def _shortest_path(room: _Room, start: End, goal: End) -> list[_Step]:
    """Return the steps of the shortest way along lines that have room; none where there is no way."""
    steps: dict[End, list[_Step]] = {start: []}
    queue = deque([start])
    while queue and goal not in steps:
        end = queue.popleft()
        for (far, number), children in room.get(end, {}).items():
            if children > 0 and far not in steps:
                steps[far] = [*steps[end], (end, far, number)]
                queue.append(far)
    return steps.get(goal, [])


def _shortest_ring(
    villages: Sequence[Counted], hidden: Collection[int], place: int, used: Collection[int]
) -> set[int] | None:
    """Return the villages of the ring through one that takes the fewest shown ones, of those the smallest numbers.

    Dijkstra from the village's district to its tier, without the village itself and without the rings already used.
    """
    start, goal = villages[place].ends
    lines: dict[End, list[tuple[End, int]]] = {}
    for other, village in enumerate(villages):
        if other != place and other not in used:
            for end, far in (village.ends, village.ends[::-1]):
                lines.setdefault(end, []).append((far, other))
    heap: list[tuple[float, End, tuple[int, ...]]] = [(0.0, start, ())]
    reached: set[End] = set()
    while heap:
        cost, end, path = heapq.heappop(heap)
        if end == goal and path:
            return set(path)
        if end in reached:
            continue
        reached.add(end)
        for far, other in lines.get(end, ()):
            heapq.heappush(heap, (cost + _cost(villages[other], other in hidden), far, (*path, other)))
    return None


def _cost(village: Counted, hidden: bool) -> float:
    """Return the price of a village: hidden ones nearly none, zeros most, the others by their number."""
    if hidden:
        return 1e-6
    return 3.0 if village.stunted == 0 else 1.0 + village.stunted / 10_000
