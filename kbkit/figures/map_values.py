"""What an area of a map shows: a class, or that its value is hidden or was not measured."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from kbkit.domain.stunting import COVERAGE_CLASSES
from kbkit.figures.palette import MANY, MUCH
from kbkit.results import Estimate, Undefined
from kbkit.results.findings import Findings
from kbkit.text import Voice

Shade = int | Literal["hidden", "unmeasured"]
"""Class of an area counted from 0, the lowest."""

_STEPS: Final = {2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Which of five colours serve fewer classes."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One quantity on a map.

    Attributes:
        name: ``"prevalence"`` or ``"coverage"``.
        shades: shade of every area that has one; an area without is not measured.
        classes: inner limits of the classes.
        colours: one a class.
    """

    name: Literal["prevalence", "coverage"]
    shades: dict[str, Shade]
    classes: tuple[float, ...]
    colours: tuple[str, ...]

    def count(self, shade: Shade) -> int:
        """Return how many areas have a shade."""
        return sum(value == shade for value in self.shades.values())


def village_themes(findings: Findings) -> tuple[Theme, ...]:
    """Return shrunken prevalence, unless villages do not differ, and coverage, where any is known."""
    coverage = {village.code: village.coverage for village in findings.villages if village.coverage is not None}
    if isinstance(findings.small_areas, Undefined):
        return _themes(None, (), coverage)
    classes = findings.small_areas.classes
    shades: dict[str, Shade] = {}
    for rate in findings.small_areas.rates:
        low, high = bisect_right(classes, rate.low), bisect_right(classes, rate.high)
        shades[rate.village_code] = low if low == high else "hidden"
    return _themes(shades, classes, coverage)


def district_themes(findings: Findings) -> tuple[Theme, ...]:
    """Return prevalence and coverage of districts, for boundaries of districts."""
    districts = findings.stunting.districts if findings.stunting else ()
    coverage = {d.district_code: d.children.coverage for d in districts if d.children.coverage is not None}
    if isinstance(findings.small_areas, Undefined):
        return _themes(None, (), coverage)
    classes = findings.small_areas.classes
    shades: dict[str, Shade] = {}
    for district in districts:
        value = district.children.prevalence
        if isinstance(value, Estimate):
            shades[district.district_code] = bisect_right(classes, value.estimate)
        elif value.reason == "suppressed":
            shades[district.district_code] = "hidden"
    return _themes(shades, classes, coverage)


def _themes(
    prevalence: dict[str, Shade] | None, classes: tuple[float, ...], coverage: dict[str, float]
) -> tuple[Theme, ...]:
    themes = []
    if prevalence is not None:
        themes.append(Theme(name="prevalence", shades=prevalence, classes=classes, colours=_pick(MANY, classes)))
    if coverage:
        shades: dict[str, Shade] = {code: bisect_right(COVERAGE_CLASSES, share) for code, share in coverage.items()}
        colours = _pick(MUCH, COVERAGE_CLASSES)
        themes.append(Theme(name="coverage", shades=shades, classes=COVERAGE_CLASSES, colours=colours))
    return tuple(themes)


def _pick(colours: Sequence[str], classes: Sequence[float]) -> tuple[str, ...]:
    return tuple(colours[place] for place in _STEPS[len(classes) + 1])


def class_labels(classes: Sequence[float], *, voice: Voice) -> tuple[str, ...]:
    """Return ``"<10"``, ``"10-<15"``, ``"≥15"``: the classes in percent, without the sign."""
    limits = [voice.style.decimal(100 * limit, 0 if (1000 * limit) % 10 < 1e-6 else 1) for limit in classes]
    inner = [f"{low}–<{high}" for low, high in pairwise(limits)]
    return (f"<{limits[0]}", *inner, f"≥{limits[-1]}")
