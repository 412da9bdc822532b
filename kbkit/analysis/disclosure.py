"""Disclosure control: small cells leave the findings before anything is drawn from them.

A number of stunted children from 1 to 4 is suppressed, and with it whatever gives it away: the prevalence, the severely
stunted children, and, where a single cell of a group that adds up to a printed total is hidden, the next smallest cell
(complementary suppression). Zero is shown: it tells of no child. Threshold: 5, as area health reports commonly use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kbkit.results import Undefined
from kbkit.results.stunting import ChildCoverage, Count

SMALLEST_SHOWN: Final = 5
SUPPRESSED: Final = Undefined(reason="suppressed", details={"smallest": SMALLEST_SHOWN})


def suppress_parts(parts: Sequence[ChildCoverage], *, total_hidden: bool = False) -> tuple[ChildCoverage, ...]:
    """Suppress the small cells of parts whose total is printed, and one more where one alone could be recovered.

    Where their total is itself hidden in another table, all parts are: their sum would show it.
    """
    hidden = {place for place, part in enumerate(parts) if total_hidden or _small(part.children_stunted)}
    if len(hidden) == 1:
        hidden |= _next_smallest(parts, hidden)
    shown = tuple(_hide(part) if place in hidden else part for place, part in enumerate(parts))
    return _hide_severe(shown)


def _small(count: Count) -> bool:
    return isinstance(count, int) and 0 < count < SMALLEST_SHOWN


def _next_smallest(parts: Sequence[ChildCoverage], hidden: set[int]) -> set[int]:
    others = [
        (part.children_stunted, place)
        for place, part in enumerate(parts)
        if place not in hidden and isinstance(part.children_stunted, int) and part.children_stunted > 0
    ]
    return {min(others)[1]} if others else set()


def _hide(children: ChildCoverage) -> ChildCoverage:
    return replace(
        children,
        children_stunted=SUPPRESSED,
        children_severely_stunted=SUPPRESSED,
        prevalence=SUPPRESSED,
        design_effect=None,
    )


def _hide_severe(parts: Sequence[ChildCoverage]) -> tuple[ChildCoverage, ...]:
    """Severely stunted children are a count of their own, with small cells of their own."""
    if not any(_small(part.children_severely_stunted) for part in parts):
        return tuple(parts)
    return tuple(replace(part, children_severely_stunted=SUPPRESSED) for part in parts)
