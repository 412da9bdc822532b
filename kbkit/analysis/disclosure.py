"""Disclosure control: small cells leave the findings before anything is drawn from them.

A small number of stunted children is suppressed, and with it whatever gives it away: the prevalence, the severely
stunted children, and the cells of other tables that :mod:`kbkit.analysis.joint_disclosure` chose. Zero is shown: it
tells of no child. What is small, the edition says (:mod:`kbkit.domain.editions`).

An interval of a group is drawn from the numbers of its villages or districts, and would tell those of them that are
hidden: it is drawn from their ranges instead, and so is a little wider. It is kept to a thousandth and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kbkit.domain.editions import DEFAULT_EDITION, SMALL_CELLS, SmallCells
from kbkit.results import Estimated, Undefined
from kbkit.results.stunting import ChildCoverage, Count

Range = tuple[int, int]
"""Least and largest number that a hidden one may be."""

_DIGITS: Final = 3
"""Decimals of intervals and standard errors: a tenth of a percentage point, as they are printed."""


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What of the latest period is hidden, decided over all tables together.

    Attributes:
        rule: of the edition.
        total: whether the number of the regency is hidden.
        districts: codes of the districts whose number is hidden.
        tiers: tiers whose number is hidden, ``None`` for the villages without Kampung KB.
        parts: whether the two parts of tier Dasar are hidden (:mod:`kbkit.analysis.reporting`).
        villages: range of the number of every village that is hidden, by code.
    """

    rule: SmallCells = SMALL_CELLS[DEFAULT_EDITION]
    total: bool = False
    districts: frozenset[str] = frozenset()
    tiers: frozenset[str | None] = frozenset()
    parts: bool = False
    villages: Mapping[str, Range] = field(default_factory=dict)

    def ranges(self, codes: Sequence[str]) -> Mapping[int, Range]:
        """Return the ranges by the places of villages in a list of codes."""
        return {place: self.villages[code] for place, code in enumerate(codes) if code in self.villages}


def suppressed(rule: SmallCells) -> Undefined:
    """Return what stands for a number that is hidden."""
    return Undefined(reason="suppressed", details={"smallest": rule.smallest})


def suppress(children: ChildCoverage, *, hidden: bool, rule: SmallCells) -> ChildCoverage:
    """Return what may be shown of the children of a group: all but small numbers, and nothing of a hidden one."""
    if rule.edition == "internal":
        return children
    if hidden:
        mark = suppressed(rule)
        return replace(_without_severe(children, rule), children_stunted=mark, prevalence=mark, design_effect=None)
    if isinstance(children.children_severely_stunted, int) and rule.hides(children.children_severely_stunted):
        children = _without_severe(children, rule)
    effect = children.design_effect
    return replace(
        children,
        prevalence=_coarse(children.prevalence),
        design_effect=None if effect is None else round(effect, 1),
    )


def suppress_parts(
    parts: Sequence[ChildCoverage], *, hidden: Sequence[bool], rule: SmallCells
) -> tuple[ChildCoverage, ...]:
    """Return what may be shown of parts that add up to a printed total.

    Where the severely stunted of one part are hidden, those of all are.
    """
    shown = tuple(suppress(part, hidden=own, rule=rule) for part, own in zip(parts, hidden, strict=True))
    if not any(isinstance(part.children_severely_stunted, Undefined) for part in shown):
        return shown
    return tuple(_without_severe(part, rule) for part in shown)


def guard_severe(whole: ChildCoverage, tables: Iterable[Sequence[ChildCoverage]], *, rule: SmallCells) -> ChildCoverage:
    """Hide the severely stunted of a whole where they would tell those of a small part of one of its tables.

    They are among the stunted of each part. A total near all of them leaves few values for a part that is hidden.
    """
    total = whole.children_severely_stunted
    told = all(_may_be_told(total, parts, rule=rule) for parts in tables)
    return whole if told else _without_severe(whole, rule)


def _may_be_told(total: Count, parts: Sequence[ChildCoverage], *, rule: SmallCells) -> bool:
    if not isinstance(total, int):
        return True
    most = [_most_severe(part) for part in parts]
    small = [
        (min(largest, total), max(0, total - (sum(most) - largest)))
        for part, largest in zip(parts, most, strict=True)
        if isinstance(part.children_severely_stunted, int) and rule.hides(part.children_severely_stunted)
    ]
    return all(high - low + 1 >= min(rule.width, high + 1) for high, low in small)


def _most_severe(part: ChildCoverage) -> int:
    count = part.children_stunted if isinstance(part.children_stunted, int) else part.children_measured
    return count or 0


def _without_severe(children: ChildCoverage, rule: SmallCells) -> ChildCoverage:
    if children.children_severely_stunted is None:
        return children
    return replace(children, children_severely_stunted=suppressed(rule))


def _coarse(value: Estimated) -> Estimated:
    if isinstance(value, Undefined):
        return value
    return replace(value, std_error=_rounded(value.std_error), lower=_rounded(value.lower), upper=_rounded(value.upper))


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)
