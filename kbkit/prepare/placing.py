"""Codes for every source: by names first, for these say which regencies the dataset is about; then by codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from kbkit.ingest import AREAS, REGISTER_NAMES, Extract
from kbkit.matching import match_extract
from kbkit.matching.codes import match_regency_codes, match_village_codes, rows_within
from kbkit.prepare.areas import place_areas
from kbkit.prepare.codes_beside_names import with_regency_of_codes
from kbkit.prepare.part import Part
from kbkit.prepare.report import Progress, Step

_WITHIN: Final[Mapping[str, str | None]] = {
    "classification": None,
    "profile": None,
    "eppgbm": "period",
    "eppgbm_targets": None,
    "verval_krs": "semester",
    "idm_recommendation": "year",
    "interventions": None,
    "funding": None,
    "plan": None,
} | dict.fromkeys(REGISTER_NAMES, "period")
"""Layouts matched by name, and the column that divides a source into parts with each village once."""
SEVERAL: Final = frozenset({"classification", "profile", "posyandu", "interventions", "funding", "plan"})
"""Layouts that may have several rows a village."""


_AREAS: Final = frozenset(layout.name for layout in AREAS)


def place_extracts(extracts: Sequence[Extract], *, progress: Progress) -> list[Part]:
    """Return every source with the codes of its rows."""
    parts = list(_by_name(extracts, progress))
    regencies = regencies_of(parts)
    others = [extract for extract in extracts if extract.layout not in _WITHIN]
    return parts + [
        place_areas(extract, regencies) if extract.layout in _AREAS else _by_code(extract, regencies)
        for extract in others
    ]


def with_shared_texts(extracts: Sequence[Extract]) -> list[Extract]:
    """Return the sources with one copy of each text: a village has its name in every period, and in every register."""
    known: dict[str, str] = {}

    def shared(column: pd.Series) -> pd.Series:
        texts = [known.setdefault(value, value) if isinstance(value, str) else value for value in column]
        return pd.Series(texts, index=column.index, dtype=object)

    return [
        replace(extract, table=extract.table.assign(**{name: shared(own) for name, own in _texts(extract.table)}))
        for extract in extracts
    ]


def _texts(table: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    return ((str(name), column) for name, column in table.items() if column.dtype == object)


def regencies_of(parts: Sequence[Part]) -> set[str]:
    """Return the codes of the regencies that the sources speak of."""
    return {code for part in parts for code in part.regencies}


def _by_name(extracts: Sequence[Extract], progress: Progress) -> Iterator[Part]:
    named = [extract for extract in extracts if extract.layout in _WITHIN]
    for done, extract in enumerate(named):
        progress(Step(stage="match", done=done, total=len(named), name=extract.sheet.file))
        extract = with_regency_of_codes(extract)
        matched = match_extract(extract, within=_WITHIN[extract.layout], several_allowed=extract.layout in SEVERAL)
        yield Part.of(extract, matched)


def _by_code(extract: Extract, regencies: set[str]) -> Part:
    """Match the rows of the dataset's regencies; without one, those of every regency."""
    inside = rows_within(extract, regencies)
    # An empty list of flags would choose no columns; with ``loc`` it chooses no rows.
    within = replace(extract, table=extract.table.loc[inside].reset_index(drop=True))
    match = match_village_codes if extract.layout == "idm" else match_regency_codes
    return Part.of(extract, match(within), outside=len(extract.table) - len(within.table))
