"""Which village of a regency each name of one source means.

Steps, each on the names that the step before left open, so that the order of the rows changes nothing:

1. the name, inside its kecamatan (or the kecamatan its health centre is named after);
2. a name that the table of renamed places knows;
3. the name, once in the regency, where the kecamatan is missing, unknown, or was split since (a newer kecamatan of
   the same regency has the village), and nothing in the kecamatan itself looks like it;
4. a near miss, inside the kecamatan where there is one, else inside the regency: enough alike, well ahead of every
   other village, and not a village that another row claims by its exact name.

What is left has no code. A wrong code is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kbkit.domain.regions import VillageKind, village_kind
from kbkit.matching.gazetteer import Area, Gazetteer
from kbkit.matching.names import loose_key, plain_key, words_of
from kbkit.matching.renamed import renamed_places
from kbkit.matching.similarity import (
    CONFIRMED_MINIMUM,
    MARGIN,
    MINIMUM,
    RIVAL,
    Candidate,
    may_be_same,
    nearest,
    numbers_differ,
)

_CERTAIN: Final = 100.0
_WRITTEN_KINDS: Final[Mapping[str, VillageKind]] = {"DESA": "desa", "KELURAHAN": "kelurahan", "KEL": "kelurahan"}


@dataclass(frozen=True)
class Name:
    """How one row names its village. Rows that name it alike are one name."""

    village: str
    district: str | None = None
    health_centre: str | None = None
    tail: str | None = None
    """Last four digits of the code, where the source has them: they repeat, but they can confirm a near miss."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a name was found to mean.

    Attributes:
        code: village code, or ``None``.
        method: step that found it; empty without a code.
        reason: code of the sentence that says why there is no code; empty with one.
        best: the village that was taken or came nearest.
        runner_up: the next one.
    """

    code: str | None = None
    method: str = ""
    reason: str = ""
    best: Candidate | None = None
    runner_up: Candidate | None = None


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a name is looked for."""

    district: str | None
    by_health_centre: bool


def match_names(names: Iterable[Name], *, gazetteer: Gazetteer) -> dict[Name, Decision]:
    """Return a decision for every name of one source and period in one regency."""
    wanted = sorted(set(names), key=_order)
    steps = {name: _by_steps(name, gazetteer) for name in wanted}
    decided = {name: decision for name, decision in steps.items() if decision is not None}
    claimed = {decision.code for decision in decided.values() if decision.code}
    near = {
        name: _by_likeness(name, _place(name, gazetteer), gazetteer, claimed)
        for name, decision in steps.items()
        if decision is None
    }
    return decided | _without_rivals(near)


@lru_cache(maxsize=32_768)  # a regency has the same names in every period and register, and exports come by regency
def _by_steps(name: Name, gazetteer: Gazetteer) -> Decision | None:
    """Return what steps 1 to 3 make of a name, whatever other names there are."""
    place = _place(name, gazetteer)
    decisions = (step(name, place, gazetteer) for step in (_by_name, _by_renaming, _by_regency))
    return next((decision for decision in decisions if decision is not None), None)


def _order(name: Name) -> tuple[str, ...]:
    return name.village, name.district or "", name.health_centre or "", name.tail or ""


def _place(name: Name, gazetteer: Gazetteer) -> _Place:
    if name.district is not None:
        return _Place(district=gazetteer.find_district(name.district), by_health_centre=False)
    return _Place(district=gazetteer.find_district(name.health_centre, near=False), by_health_centre=True)


def _by_name(name: Name, place: _Place, gazetteer: Gazetteer) -> Decision | None:
    """Step 1: the only village of the kecamatan with this plain key, else with this loose key."""
    if place.district is None:
        return None
    area = gazetteer.districts[place.district]
    suffix = "_by_health_centre" if place.by_health_centre else ""
    for method, codes in (
        ("exact", _by_plain_key(name.village, area)),
        ("normalised", area.loose.get(loose_key(name.village), ())),
    ):
        meant = _of_written_kind(name.village, codes) if len(codes) > 1 else codes
        if len(meant) == 1:
            return _found(meant[0], method + suffix)
        if codes:
            return Decision(reason="matching.name_twice", best=_certain(codes[0]))
    return None


def _by_plain_key(name: str, area: Area) -> Sequence[str]:
    codes = area.plain.get(plain_key(name), ())
    return [code for code in codes if not numbers_differ(loose_key(name), area.keys[code])]


def _of_written_kind(name: str, codes: Sequence[str]) -> list[str]:
    """Return the codes of the kind that the name begins with ("Desa Urimessing" beside a kelurahan Urimessing)."""
    kind = _WRITTEN_KINDS.get(next(iter(words_of(name)), ""))
    return [code for code in codes if village_kind(code) == kind]


def _by_renaming(name: Name, place: _Place, gazetteer: Gazetteer) -> Decision | None:
    """Step 2: an old name whose present one is known, not outside the kecamatan that the source names."""
    code = renamed_places().get((gazetteer.regency.code, loose_key(name.village)))
    inside = code is not None and (place.by_health_centre or place.district in (None, code.rsplit(".", 1)[0]))
    return _found(code, "renamed") if code is not None and inside else None


def _by_regency(name: Name, place: _Place, gazetteer: Gazetteer) -> Decision | None:
    """Step 3: the only village of the regency with this name."""
    key = loose_key(name.village)
    whole = gazetteer.whole
    plain = _by_plain_key(name.village, whole)
    codes = plain if len(plain) == 1 else whole.loose.get(key, ())
    if len(codes) > 1:
        # In a kecamatan that has none of these, the name may still be a near miss.
        return None if place.district else Decision(reason="matching.name_twice", best=_certain(codes[0]))
    if not codes:
        return None
    if place.district is None or place.by_health_centre:
        return _found(codes[0], "exact_in_regency")
    if codes[0].rsplit(".", 1)[0] < place.district:  # a kecamatan that was split off has a later code
        return None
    keys = gazetteer.districts[place.district].keys
    rival = next(iter(nearest(key, keys, limit=1)), None)
    if rival is not None and (rival.score >= RIVAL or any(key in other or other in key for other in keys.values())):
        return Decision(reason="matching.two_candidates", best=_certain(codes[0]), runner_up=rival)
    return _found(codes[0], "moved")


def _by_likeness(name: Name, place: _Place, gazetteer: Gazetteer, claimed: Set[str]) -> Decision:
    """Step 4: the village whose name is nearest, if it is near enough and nobody else's."""
    key = loose_key(name.village)
    area = gazetteer.districts[place.district] if place.district else gazetteer.whole
    if name.tail and (decision := _by_tail(name, area, claimed)):
        return decision
    ranked = nearest(key, _possible(key, area))
    if not ranked:
        return Decision(reason="matching.village_unknown", best=next(iter(nearest(key, area.keys, limit=1)), None))
    best, runner_up = ranked[0], ranked[1] if len(ranked) > 1 else None
    decision = Decision(best=best, runner_up=runner_up)
    if name.tail and not best.code.endswith(f".{name.tail}"):
        return replace(decision, reason="matching.code_differs")
    if best.score < MINIMUM:
        return replace(decision, reason="matching.village_unknown")
    if best.code in claimed:
        return replace(decision, reason="matching.claimed_exactly")
    if runner_up is not None and best.score - runner_up.score < MARGIN:
        return replace(decision, reason="matching.too_close")
    if place.by_health_centre and place.district and _nearer_elsewhere(key, best, gazetteer):
        return replace(decision, reason="matching.two_candidates")
    method = "fuzzy" if place.district else "fuzzy_in_regency"
    suffix = "_by_health_centre" if place.district and place.by_health_centre else ""
    return replace(decision, code=best.code, method=method + suffix)


def _by_tail(name: Name, area: Area, claimed: Set[str]) -> Decision | None:
    """Accept the nearest name of all, less alike than else, where the last digits of its code stand beside it."""
    best, *others = nearest(loose_key(name.village), area.keys)
    if best.code in claimed or best.score < CONFIRMED_MINIMUM or not best.code.endswith(f".{name.tail}"):
        return None
    return Decision(code=best.code, method="fuzzy_with_code", best=best, runner_up=others[0] if others else None)


def _possible(key: str, area: Area) -> dict[str, str]:
    return {code: other for code, other in area.keys.items() if may_be_same(key, other)}


def _nearer_elsewhere(key: str, best: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether another kecamatan has a village at least as near: a health centre is a weak hint."""
    ranked = nearest(key, _possible(key, gazetteer.whole))
    return any(other.code != best.code and other.score >= best.score for other in ranked)


def _without_rivals(near: Mapping[Name, Decision]) -> dict[Name, Decision]:
    """Take back every near miss whose village two different names came near to."""
    claims = Counter(decision.code for decision in near.values() if decision.code)
    return {
        name: replace(decision, code=None, method="", reason="matching.too_close")
        if decision.code and claims[decision.code] > 1
        else decision
        for name, decision in near.items()
    }


def _found(code: str, method: str) -> Decision:
    return Decision(code=code, method=method, best=_certain(code))


def _certain(code: str) -> Candidate:
    return Candidate(code=code, score=_CERTAIN)
