"""Region codes: a code is a scheme and a value.

Kemendagri codes are dotted text, ``33.16.01.2001``: province, regency, district, village; the first digit of the last
part tells a kelurahan (1) from a desa (2, and 3 for a desa adat). BPS codes are ten digits without dots and look just
like Kemendagri codes whose dots were lost: ``1406`` is Rokan Hulu for Kemendagri and Kampar for BPS. A code without
its scheme is therefore not a code, and digits never decide which scheme it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["province", "regency", "district", "village"]
VillageKind = Literal["desa", "kelurahan", "desa adat"]

_LEVELS: Final[tuple[Level, ...]] = ("province", "regency", "district", "village")
_DOTTED: Final = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.[123]\d{3})?)?)?")
_KINDS: Final[dict[str, VillageKind]] = {"1": "kelurahan", "2": "desa", "3": "desa adat"}

REGENCY_PATTERN: Final = r"\d{2}\.\d{2}"


@dataclass(frozen=True, order=True)
class RegionCode:
    """A Kemendagri code in dotted text.

    Raises:
        ValueError: the text is not a dotted Kemendagri code.
    """

    value: str

    def __post_init__(self) -> None:
        if not _DOTTED.fullmatch(self.value):
            raise ValueError(f"not a dotted Kemendagri code: {self.value!r}")

    @property
    def level(self) -> Level:
        """Level of the unit."""
        return _LEVELS[self.value.count(".")]

    def parent(self, level: Level) -> RegionCode:
        """Return the code of the unit of ``level`` that holds this one.

        Raises:
            ValueError: this unit is above ``level``.
        """
        parts = self.value.split(".")
        depth = _LEVELS.index(level) + 1
        if depth > len(parts):
            raise ValueError(f"{self.value} lies above the level {level}")
        return RegionCode(".".join(parts[:depth]))

    def __str__(self) -> str:
        return self.value


def village_kind(village_code: str) -> VillageKind:
    """Return the kind of a village from its dotted code."""
    return _KINDS[village_code.rsplit(".", 1)[1][0]]
