"""The faults of real exports that the demo plants, each listed with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.streams import Streams


class FaultKind(StrEnum):
    """What is wrong with a row of an export."""

    NAME_MISSPELT = "name_misspelt"
    """A letter of the village's name is missing or doubled."""
    NAME_SPACED = "name_spaced"
    """Spaces of the village's name are lost, or one is added."""
    DUPLICATE_ROW = "duplicate_row"
    """The row stands twice in the portal's export."""
    SECOND_KAMPUNG_KB = "second_kampung_kb"
    """The village has a second Kampung KB, of a lower tier."""
    OTHER_HEALTH_CENTRE = "other_health_centre"
    """The health centre is not named after the district, so that the district is not told."""
    VILLAGE_MISSING = "village_missing"
    """The village has no row."""
    NOT_MEASURED = "not_measured"
    """Dashes stand instead of counts."""
    TARGET_ZERO = "target_zero"
    """The target is 0, and so is every count."""
    DECIMAL_COMMA = "decimal_comma"
    """The percentages of the row are text with a decimal comma."""
    IMPOSSIBLE_COUNT = "impossible_count"
    """A count of the portal's profile that no village can have."""


@dataclass(frozen=True, kw_only=True)
class PlantedFault:
    """One fault in one file.

    Attributes:
        kind: what is wrong.
        file: path below the folder of the exports, with slashes.
        village_code: true village.
        written: what stands in the file instead, where that is a name or an impossible count.
    """

    kind: FaultKind
    file: str
    village_code: str
    written: str | None = None


_MISSPELT_SHARE: Final = 0.035
_SPACED_SHARE: Final = 0.025
_SHORTEST_MISSPELT: Final = 6
"""Letters below which a word with one letter lost can hardly be told from others."""


def write_names(*, villages: pd.DataFrame, streams: Streams) -> tuple[pd.Series, Mapping[str, FaultKind]]:
    """Write the village names of one regency in capitals as a source would, some of them wrongly.

    A wrong name never equals the name of another village of the regency, spaces apart.

    Returns:
        The written names, in the order of ``villages``; and the kind of fault by village code.
    """
    random = streams.generator("names")
    chosen = random.random(len(villages))
    taken = {_squeeze(name) for name in villages["village_name"]}
    written: list[str] = []
    kinds: dict[str, FaultKind] = {}
    for code, name, chance in zip(villages["village_code"], villages["village_name"].str.upper(), chosen, strict=True):
        kind, candidate = None, name
        if chance < _MISSPELT_SHARE:
            kind, candidate = FaultKind.NAME_MISSPELT, _misspell(name, taken, random)
        elif chance < _MISSPELT_SHARE + _SPACED_SHARE:
            kind, candidate = FaultKind.NAME_SPACED, _respace(name, random)
        if kind is not None and candidate != name:
            kinds[code] = kind
        written.append(candidate)
    return pd.Series(written, index=villages.index), kinds


def _squeeze(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())


def _misspell(name: str, taken: Set[str], random: np.random.Generator) -> str:
    """Lose or double an inner letter of the longest word; the short ones (BARAT, II) tell neighbours apart."""
    word = max(name.split(), key=len)
    if len(word) < _SHORTEST_MISSPELT:
        return name
    place = int(random.integers(1, len(word) - 1))
    doubled = word[:place] + word[place] + word[place:]
    dropped = word[:place] + word[place + 1 :]
    candidate = name.replace(word, doubled if random.random() < 0.5 else dropped, 1)
    return name if _squeeze(candidate) in taken else candidate


def _respace(name: str, random: np.random.Generator) -> str:
    """Lose every space; give a name without any one in its middle."""
    if " " in name:
        return name.replace(" ", "")
    if len(name) < _SHORTEST_MISSPELT:
        return name
    place = len(name) // 2 + int(random.integers(0, 2))
    return f"{name[:place]} {name[place:]}"
