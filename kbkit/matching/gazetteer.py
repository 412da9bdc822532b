"""The districts and villages of one regency by the keys of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kbkit.matching.names import loose_district_key, loose_key, plain_key
from kbkit.matching.register import District, Regency, Village, load_register
from kbkit.matching.similarity import may_be_same, nearest

_DISTRICT_MINIMUM: Final = 80.0
_DISTRICT_MARGIN: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Area:
    """The villages of a district or of a whole regency.

    Attributes:
        villages: code -> village.
        plain: plain key -> codes that bear it.
        loose: loose key -> codes that bear it.
        keys: code -> loose key.
    """

    villages: Mapping[str, Village]
    plain: Mapping[str, tuple[str, ...]]
    loose: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Gazetteer:
    """One regency: its whole area, its districts, and the districts' names.

    Two gazetteers are equal where they are the same one, so that what a name means in it can be remembered.
    """

    regency: Regency
    whole: Area
    districts: Mapping[str, Area]
    _plain_names: Mapping[str, str]
    _loose_names: Mapping[str, str]

    def find_district(self, name: str | None, *, near: bool = True) -> str | None:
        """Return the code of a district, ``None`` where the name is missing, unknown or too close to two.

        Args:
            name: as the source writes it.
            near: whether a near miss may do.
        """
        if name is None:
            return None
        key = loose_district_key(name)
        code = self._plain_names.get(plain_key(name)) or self._loose_names.get(key)
        if code is not None or not near:
            return code
        found = nearest(key, {code: other for other, code in self._loose_names.items() if may_be_same(key, other)})
        lead = found[0].score - (found[1].score if len(found) > 1 else 0.0) if found else 0.0
        return found[0].code if found and found[0].score >= _DISTRICT_MINIMUM and lead >= _DISTRICT_MARGIN else None


@lru_cache(maxsize=64)  # exports come regency by regency; all of a nation would not be small
def gazetteer_of(regency_code: str) -> Gazetteer:
    """Return the gazetteer of a regency of the national register."""
    regency = load_register().regencies[regency_code]
    return Gazetteer(
        regency=regency,
        whole=_area(regency.villages),
        districts={district.code: _area(district.villages) for district in regency.districts},
        _plain_names=_single({district.code: plain_key(district.name) for district in regency.districts}),
        _loose_names=_single(_loose_names(regency.districts)),
    )


def _loose_names(districts: Iterable[District]) -> dict[str, str]:
    return {district.code: loose_district_key(district.name) for district in districts}


def _single(keys: Mapping[str, str]) -> dict[str, str]:
    """Return key -> code for the keys that one code alone has."""
    grouped = _grouped(keys)
    return {key: codes[0] for key, codes in grouped.items() if len(codes) == 1}


def _grouped(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for code, key in keys.items():
        grouped[key] = (*grouped.get(key, ()), code)
    return grouped


def _area(villages: Iterable[Village]) -> Area:
    by_code = {village.code: village for village in villages}
    keys = {code: loose_key(village.name) for code, village in by_code.items()}
    plain = {code: plain_key(village.name) for code, village in by_code.items()}
    return Area(villages=by_code, plain=_grouped(plain), loose=_grouped(keys), keys=keys)
