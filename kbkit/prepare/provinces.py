"""The tables of some provinces: assembled from their parts, and checked. No rule looks beyond a regency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.matching import load_register
from kbkit.prepare.areas import assemble_areas
from kbkit.prepare.assembled import Assembled
from kbkit.prepare.comparing import compared_issues
from kbkit.prepare.indicators import assemble_indicators
from kbkit.prepare.lists import assemble_funding, assemble_interventions, assemble_plan
from kbkit.prepare.part import Part
from kbkit.prepare.profiles import assemble_profiles
from kbkit.prepare.tables import (
    assemble_families,
    assemble_stunting,
    assemble_surveys,
    assemble_tiers,
    assemble_village_index,
)
from kbkit.quality import issues_frame

_ASSEMBLERS: Final[Mapping[str, Callable[[list[Part]], Assembled]]] = {
    "tiers": assemble_tiers,
    "profiles": assemble_profiles,
    "village_indicators": assemble_indicators,
    "area_indicators": assemble_areas,
    "stunting": assemble_stunting,
    "families": assemble_families,
    "village_index": assemble_village_index,
    "surveys": assemble_surveys,
    "interventions": assemble_interventions,
    "funding": assemble_funding,
    "plan": assemble_plan,
}


@dataclass(frozen=True, kw_only=True)
class Provinces:
    """What the sources say of some provinces.

    Attributes:
        tables: a frame for every table of the dataset.
        dropped: rows of each source that no table holds: (file, sheet) -> reason -> rows.
    """

    tables: Mapping[str, pd.DataFrame]
    dropped: Mapping[tuple[str, str | None], Counter[str]]


def assemble_provinces(parts: list[Part], *, regencies: Sequence[str]) -> Provinces:
    """Return the tables of some provinces, every check of their rows done.

    Args:
        parts: their rows of every source, those of one province in the order of the sources.
        regencies: codes of the dataset's regencies in them.
    """
    assembled = {name: assemble(parts) for name, assemble in _ASSEMBLERS.items()}
    tables = {name: item.table for name, item in assembled.items()} | {
        "villages": load_register().villages_frame(regencies),
        "unmatched": _gathered([part.matched.unmatched for part in parts], "unmatched"),
        "matches": _gathered([part.matched.matches for part in parts], "matches"),
    }
    found = [issue for part in parts for issue in part.issues]
    found += [issue for item in assembled.values() for issue in item.issues]
    found += compared_issues(parts, tables)
    dropped: dict[tuple[str, str | None], Counter[str]] = {}
    for item in assembled.values():
        for key, counts in item.dropped.items():
            dropped.setdefault(key, Counter()).update(counts)
    return Provinces(tables=tables | {"issues": issues_frame(found)}, dropped=dropped)


def _gathered(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    columns = list(TABLES[name].names)
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return pd.DataFrame(columns=columns)
    order = [PARTITION, "layout", "source_file", "source_sheet", "source_row"]
    joined = pd.concat(filled, ignore_index=True)[columns]
    return joined.sort_values(order, kind="stable", ignore_index=True, na_position="first")
