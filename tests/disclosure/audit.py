"""The intruder: whoever has all files of a run and the children measured, and wants a hidden number.

He does not know what a column means. He is taken to have learnt it where every number in it that stands beside a unit
(village, district, tier, part of Dasar, period) is that unit's cases, severe cases, their share, or what is left to
the measured; this needs the truth, so he knows more than anybody does. Each number of such a column is an equation over
the villages, as wide as its last digit. Ranges of hidden villages are inequalities. What remains of every small number
is then asked of an integer programme, twice.

Left out are intervals and model results: they are no linear equations. They are rounded in the findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from kbkit.analysis.panel import build_panel
from kbkit.analysis.rows import as_rows
from kbkit.dataset import RegencyData
from kbkit.domain.editions import SmallCells
from kbkit.domain.tiers import TIERS
from kbkit.text import LANGUAGES, Voice
from tests.disclosure.outputs import Line

AGREEING = 3
"""Units beside which a column must agree to be known."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Of whom a number speaks: places of its villages, and the words by which a line names it."""

    kind: str
    name: str
    words: frozenset[str]
    members: tuple[int, ...]
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """A small number that is known too well."""

    unit: str
    measure: str
    number: int
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Truth:
    """A regency as its office knows it: cells are the villages of the latest period, and every earlier period whole."""

    units: tuple[Unit, ...]
    stunted: np.ndarray[Any, Any]
    severe: np.ndarray[Any, Any]
    measured: np.ndarray[Any, Any]
    codes: tuple[str, ...]

    def number(self, unit: Unit, measure: str) -> float:
        """Return what a unit has of a measure."""
        stunted, severe, measured = (
            float(values[list(unit.members)].sum()) for values in (self.stunted, self.severe, self.measured)
        )
        known = {"stunted": stunted, "severe": severe, "others": measured - stunted}
        if measure in known:
            return known[measure]
        part, scale = measure.split("/")
        return known[part] / measured * float(scale) if measured else np.nan


MEASURES = ("stunted", "severe", "others", "stunted/1", "severe/1", "others/1", "stunted/100", "severe/100")


def read_truth(data: RegencyData) -> Truth:
    """Return the truth from a regency's partition of the dataset."""
    rows = as_rows(build_panel(data))
    counted = rows.take(rows.has_prevalence)
    latest = counted.period == len(rows.names.periods) - 1
    now, villages = counted.take(latest), data.villages.set_index("village_code")
    earlier = [counted.take(counted.period == code) for code in range(len(rows.names.periods) - 1)]
    codes = tuple(rows.names.villages[code] for code in now.village)
    names = [str(villages.at[code, "village_name"]) for code in codes]
    districts = [rows.names.district_names[code] for code in now.district]
    units = [
        Unit(
            kind="village",
            name=f"{name} ({district})",
            words=_words(code) if names.count(name) > 1 else _words(code, name),
            members=(place,),
        )
        for place, (code, name, district) in enumerate(zip(codes, names, districts, strict=True))
    ]
    units += [
        Unit(
            kind="village", name=f"{name} ({district})", words=_words(name), members=(place,), context=_words(district)
        )
        for place, (name, district) in enumerate(zip(names, districts, strict=True))
        if names.count(name) > 1
    ]
    units += _groups(
        "district", now.district, lambda code: (rows.names.districts[code], rows.names.district_names[code])
    )
    tiers = [tier.value for tier in TIERS] + ["none"]
    units += _groups(
        "tier", now.tier, lambda code: (tiers[code], *(Voice(word).tier(tiers[code]) for word in LANGUAGES))
    )
    silent = np.where(now.tier == 0, now.nothing_entered.astype(int), 2)
    parts = (("entered", "association.entered"), ("nothing_entered", "association.nothing_entered"), None)
    units += [
        Unit(kind="part", name=part[0], words=_words(part[0]), members=tuple(np.flatnonzero(silent == code)))
        for code, part in enumerate(parts)
        if part and (silent == code).any()
    ]
    everybody = tuple(range(len(now)))
    units += [
        Unit(
            kind="period",
            name=period,
            words=_words(period, *(Voice(word).style.period(period) for word in LANGUAGES)),
            members=everybody if place == len(earlier) else (len(now) + place,),
        )
        for place, period in enumerate(rows.names.periods)
    ]
    units.append(Unit(kind="total", name=data.name, words=_words(data.name, data.code, "latest"), members=everybody))

    def whole(name: str) -> np.ndarray[Any, Any]:
        sums = [float(np.nansum(getattr(part, name))) for part in earlier]
        return np.concatenate([np.nan_to_num(getattr(now, name)), sums])

    return Truth(
        units=tuple(units),
        stunted=whole("stunted"),
        severe=whole("severely_stunted"),
        measured=whole("measured"),
        codes=codes,
    )


FAMILY_COUNTS = (
    ("families_at_risk", "families_target"),
    ("water_unimproved", "families_target"),
    ("toilet_unimproved", "families_target"),
    ("not_modern_contraception", "families_target"),
    ("four_too", "couples_reproductive_age"),
)
"""What Verval KRS counts of families, and of which whole."""


def read_families(data: RegencyData, measure: str, whole: str) -> Truth | None:
    """Return the truth of one count of families in the latest semester: ``stunted`` are the affected families."""
    known = data.families.dropna(subset=[measure, whole])
    known = known[known[whole].astype(float) > 0]
    if known.empty:
        return None
    latest = known[known["semester"] == known["semester"].max()].drop_duplicates("village_code")
    latest = latest.merge(data.villages, on="village_code")
    codes, names = latest["village_code"].tolist(), latest["village_name"].tolist()
    units = [
        Unit(kind="village", name=str(name), words=_words(str(code)), members=(place,))
        for place, (code, name) in enumerate(zip(codes, names, strict=True))
    ]
    places = latest.groupby("district_name").indices
    units += [
        Unit(kind="district", name=str(name), words=_words(str(name)), members=tuple(members.tolist()))
        for name, members in places.items()
    ]
    everybody = tuple(range(len(latest)))
    words = _words(
        data.name,
        data.code,
        measure,
        *(
            Voice(word).say(f"stunting.factor_{measure}")
            for word in LANGUAGES
            if Voice(word).knows(f"stunting.factor_{measure}")
        ),
    )
    units.append(Unit(kind="total", name=measure, words=words, members=everybody))
    affected = latest[measure].to_numpy(dtype=float)
    return Truth(
        units=tuple(units),
        stunted=affected,
        severe=np.zeros(len(latest)),
        measured=np.maximum(latest[whole].to_numpy(dtype=float), affected),
        codes=tuple(map(str, codes)),
    )


def audit_families(data: RegencyData, lines: Sequence[Line], rule: SmallCells) -> tuple[int, list[Exposure]]:
    """Return how many numbers were understood of families, and the small ones that are known too well.

    Districts and the regency are asked for; a village's families are printed nowhere.
    """
    understood, found = 0, []
    for measure, whole in FAMILY_COUNTS:
        truth = read_families(data, measure, whole)
        if truth is not None:
            intruder = Intruder(truth=truth)
            understood += intruder.read(lines)
            found += intruder.exposures(rule)
    return understood, found


def _format(source: str) -> str:
    """Return the kind of a file: what a column of a name says in one of them, it says in all."""
    return source.partition(":")[0].rpartition(".")[2]


def _words(*words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()).casefold() for word in words)


def _groups(kind: str, codes: np.ndarray[Any, Any], named: Any) -> list[Unit]:
    return [
        Unit(kind=kind, name=named(code)[-1], words=_words(*named(code)), members=tuple(np.flatnonzero(codes == code)))
        for code in np.unique(codes)
    ]


@dataclass(kw_only=True)
class Intruder:
    """What one may know of a regency, as linear constraints over cases and severe cases of its cells."""

    truth: Truth
    rows: list[np.ndarray[Any, Any]] = field(default_factory=list)
    limits: list[tuple[float, float]] = field(default_factory=list)
    lower: np.ndarray[Any, Any] = field(init=False)
    upper: np.ndarray[Any, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what everybody knows: no more cases than measured children, no more severe ones than cases."""
        cells = self.truth.measured.size
        self.lower = np.zeros(2 * cells)
        self.upper = np.concatenate([self.truth.measured, self.truth.measured])
        for cell in range(cells):
            self._learn({cell: 1.0, cells + cell: -1.0}, 0, np.inf)

    def _learn(self, weights: Mapping[int, float], low: float, high: float) -> None:
        row = np.zeros(2 * self.truth.measured.size)
        row[list(weights)] = list(weights.values())
        self.rows.append(row)
        self.limits.append((low, high))

    def read(self, lines: Iterable[Line]) -> int:
        """Learn from lines, and return how many numbers were understood."""
        columns: dict[tuple[str, str, str], dict[Unit, tuple[float, float]]] = {}
        for line in lines:
            for unit in self._named(line):
                for column, number in line.numbers.items():
                    columns.setdefault((line.source, column, unit.kind), {})[unit] = number
        known = {
            (_format(source), column): measure
            for (source, column, _), numbers in columns.items()
            for measure in [self._recognise(numbers, AGREEING)]
            if measure
        }
        understood = 0
        for (source, column, _), numbers in columns.items():
            measure = self._recognise(numbers, AGREEING) or known.get((_format(source), column))
            if measure and self._agrees(numbers, measure):
                for unit, (value, tolerance) in numbers.items():
                    self.learn(unit, measure, value, tolerance)
                understood += len(numbers)
        return understood

    def _named(self, line: Line) -> list[Unit]:
        """Return the units that a line may speak of: of every kind those whose words stand in it."""
        return [unit for word in line.texts for unit in self._by_word.get(word, ()) if unit.context <= line.texts]

    @cached_property
    def _by_word(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.truth.units:
            for word in unit.words:
                found.setdefault(word, []).append(unit)
        return found

    def _recognise(self, numbers: Mapping[Unit, tuple[float, float]], least: int) -> str | None:
        if len(numbers) < least or len({value for value, _ in numbers.values()}) < least:
            return None
        return next((measure for measure in MEASURES if self._agrees(numbers, measure)), None)

    def _agrees(self, numbers: Mapping[Unit, tuple[float, float]], measure: str) -> bool:
        return all(
            abs(value - self.truth.number(unit, measure)) <= tolerance * max(1.0, abs(value))
            for unit, (value, tolerance) in numbers.items()
        )

    def learn(self, unit: Unit, measure: str, value: float, tolerance: float) -> None:
        """Add what a printed number says as an equation, as wide as its last digit."""
        cells, measured = self.truth.measured.size, float(self.truth.measured[list(unit.members)].sum())
        part, _, scale = measure.partition("/")
        factor = measured / float(scale) if scale else 1.0
        low, high = (value - tolerance) * factor, (value + tolerance) * factor
        if part == "others":
            low, high = measured - high, measured - low
        offset = cells if part == "severe" else 0
        self._learn({offset + cell: 1.0 for cell in unit.members}, low - 1e-6, high + 1e-6)

    def read_ranges(self, rates: Sequence[Any]) -> None:
        """Learn the ranges that hidden villages are said to lie in, and the numbers of the others."""
        places = {code: place for place, code in enumerate(self.truth.codes)}
        for rate in rates:
            place = places[rate.village_code]
            self.lower[place] = round(rate.share_low * rate.children_measured)
            self.upper[place] = round(rate.share_high * rate.children_measured)

    def width(self, unit: Unit, measure: str) -> tuple[int, int]:
        """Return the least and the largest number that a unit can have.

        Raises:
            AssertionError: what was learnt contradicts itself, so that the audit is wrong.
        """
        cells = self.truth.measured.size
        aim = np.zeros(2 * cells)
        aim[[(cells if measure == "severe" else 0) + cell for cell in unit.members]] = 1.0
        low, high = (self._solve(sign * aim) for sign in (1.0, -1.0))
        return round(low), round(-high)

    def _solve(self, aim: np.ndarray[Any, Any]) -> float:
        low, high = np.array(self.limits).T
        result = milp(
            aim,
            constraints=LinearConstraint(np.array(self.rows), low, high),
            bounds=Bounds(self.lower, self.upper),
            integrality=np.ones_like(aim),
        )
        assert result.success, result.message
        return float(result.fun)

    def exposures(self, rule: SmallCells) -> list[Exposure]:
        """Return every small number that has fewer values left than the edition promises."""
        found = []
        for unit in self.truth.units:
            for measure in ("stunted",) if unit.kind == "village" else ("stunted", "severe"):
                number = int(self.truth.number(unit, measure))
                if not rule.hides(number):
                    continue
                low, high = self.width(unit, measure)
                measured = self.truth.measured[list(unit.members)].sum()
                if high - low + 1 < min(rule.width, measured + 1):
                    found.append(Exposure(unit=unit.name, measure=measure, number=number, low=low, high=high))
        return found

    def told(self, sentences: Iterable[str], rule: SmallCells) -> list[str]:
        """Return the sentences that name a village or district beside its small number or its share."""
        small = [
            (unit, self.truth.number(unit, "stunted"), self.truth.number(unit, "stunted/100"))
            for unit in self.truth.units
            if unit.kind in ("village", "district") and rule.hides(int(self.truth.number(unit, "stunted")))
        ]
        words = [
            (re.compile(rf"\b{re.escape(word)}\b"), number, share) for u, number, share in small for word in u.words
        ]
        found = []
        for sentence in set(sentences):
            folded = sentence.casefold()
            for pattern, number, share in words:
                rest = pattern.sub(" ", folded)
                if rest != folded and re.search(_number(number, share), rest):
                    found.append(sentence)
        return sorted(found)


def _number(number: float, share: float) -> str:
    printed = {f"{share:.1f}", f"{share:.1f}".replace(".", ",")}
    return rf"(?<![\d.,–-])(?:{int(number)}|{'|'.join(map(re.escape, printed))})(?![\w–-]|[.,]\d| (?:desa|villages?)\b)"


def audit(data: RegencyData, findings: Any, lines: Sequence[Line], rule: SmallCells) -> tuple[Intruder, list[Exposure]]:
    """Return what can be known of a regency from all lines together, and the small numbers that are known too well."""
    intruder = Intruder(truth=read_truth(data))
    understood = intruder.read(lines)
    assert understood > AGREEING, "nothing was understood, so nothing was audited"
    rates = getattr(findings.small_areas, "rates", ())
    intruder.read_ranges(rates)
    return intruder, intruder.exposures(rule)
