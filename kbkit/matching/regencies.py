"""Which regency a source means: a name in its own column, or words in a title or the name of a file.

Kabupaten and kota often share a name (Kabupaten Solok, Kota Solok). The portal writes "KOTA SOLOK" for the city and a
bare "SOLOK" for the kabupaten; Kotabaru, Kotawaringin and Kotamobagu begin with the letters and not with the word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from kbkit.matching.names import loose_key, plain_key, words_of
from kbkit.matching.register import Regency, Register, load_register
from kbkit.matching.renamed import renamed_places
from kbkit.matching.similarity import nearest

_CITY: Final = frozenset({"KOTA", "KOTAMADYA"})
_KABUPATEN: Final = frozenset({"KABUPATEN", "KAB"})
_NOT_NAME: Final = frozenset({"ADMINISTRASI", "ADM", "DAN"})
_FULL: Final = {"KEP": "KEPULAUAN", "GN": "GUNUNG"}

_MINIMUM: Final = 85.0
_MARGIN: Final = 10.0
"""Names of regencies are few and long: a near miss must be nearer, and stand farther from the next."""

_SPLIT_PROVINCES: Final = (frozenset({"91", "92", "93", "94", "95", "96"}),)
"""Provinces that were fewer in older sources: Papua and Papua Barat became six in 2022 (UU 14, 15, 16 and 29/2022)."""
_PROVINCE_NAMES: Final = {
    "DKIJAKARTA": "31",
    "JAKARTA": "31",
    "DAERAHKHUSUSJAKARTA": "31",
    "DIYOGYAKARTA": "34",
    "YOGYAKARTA": "34",
    "NANGGROEACEHDARUSSALAM": "11",
    "BANGKABELITUNG": "19",
}


@dataclass(frozen=True, kw_only=True)
class RegencyNames:
    """The regencies by kind and name.

    Attributes:
        register: the register the names come from.
        by_name: (is a city, key of the name without its kind) -> regency.
        words: words of the name without its kind -> regencies, one or two.
        provinces: key of a province's name -> its code.
    """

    register: Register
    by_name: dict[tuple[bool, str], Regency] = field(default_factory=dict)
    words: dict[tuple[str, ...], list[Regency]] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)


@cache
def regency_names() -> RegencyNames:
    """Return the regencies of the national register by kind and name."""
    names = RegencyNames(register=load_register(), provinces=dict(_PROVINCE_NAMES))
    for regency in names.register.regencies.values():
        city, words = _kind_and_words(regency.name)
        names.by_name[city, "".join(words)] = regency
        names.words.setdefault(tuple(words), []).append(regency)
        names.provinces[plain_key(regency.province_name)] = regency.province_code
    return names


@lru_cache(maxsize=4096)
def find_regency(name: str, *, province: str | None = None) -> Regency | None:
    """Return the regency of a name such as ``"KOTA SOLOK"`` or ``"SOLOK"``, ``None`` where it cannot be told.

    Args:
        name: as the source writes it; without "Kota" it is a kabupaten, where there is one of that name.
        province: as the source writes it. A regency of another province is no answer, unless the provinces were one.
    """
    names = regency_names()
    city, words = _kind_and_words(name)
    key = "".join(words)
    regency = (
        names.by_name.get((city, key))
        or names.by_name.get((True, key))
        or _renamed(names, key, city=city)
        or _near(names, key, city=city)
    )
    if regency is None or province is None:
        return regency
    code = names.provinces.get(plain_key(province))
    return regency if code is None or _one_province(code, regency.province_code) else None


@lru_cache(maxsize=4096)
def find_regency_in_words(text: str) -> Regency | None:
    """Return the one regency whose whole name stands in a text, ``None`` where there is none or more than one.

    The longest name wins: "Padang Pariaman" is not "Pariaman". Where kabupaten and kota share a name, the word before
    it decides; without one neither is meant.
    """
    names = regency_names()
    words = _full_words(re.sub(r"[_\-.]+", " ", text))
    spans = [
        (start, end, _of_kind(found, words[start - 1] if start else ""))
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
        if (found := names.words.get(tuple(words[start:end])))
    ]
    whole = [
        found
        for start, end, found in spans
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in spans)
    ]
    meant = {regency.code: regency for found in whole for regency in found}
    return next(iter(meant.values())) if len(meant) == 1 else None


def _of_kind(found: list[Regency], before: str) -> list[Regency]:
    if before in _CITY:
        return [regency for regency in found if regency.name.startswith("Kota ")]
    if before in _KABUPATEN:
        return [regency for regency in found if regency.name.startswith("Kabupaten ")]
    return found


def _kind_and_words(name: str) -> tuple[bool, list[str]]:
    words = _full_words(name)
    city = bool(words) and words[0] in _CITY
    if len(words) > 1 and words[0] in _CITY | _KABUPATEN:
        words = words[1:]
    return city, words


def _full_words(text: str) -> list[str]:
    return [_FULL.get(word, word) for word in words_of(text) if word not in _NOT_NAME]


def _renamed(names: RegencyNames, key: str, *, city: bool) -> Regency | None:
    code = None if city else renamed_places().get(("", loose_key(key)))
    return names.register.regencies[code] if code else None


def _near(names: RegencyNames, key: str, *, city: bool) -> Regency | None:
    keys = {regency.code: other for (kind, other), regency in names.by_name.items() if kind == city}
    best, runner_up = nearest(key, keys)
    near = best.score >= _MINIMUM and best.score - runner_up.score >= _MARGIN
    return names.register.regencies[best.code] if near else None


def _one_province(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _SPLIT_PROVINCES)
