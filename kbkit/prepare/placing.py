"""Codes for every source: by names first, for these say which regencies the dataset is about; then by codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kbkit.ingest import AREAS, REGISTER_NAMES, Extract
from kbkit.ingest.snapshots import refuse_future
from kbkit.matching import Matched, match_extract
from kbkit.matching.codes import match_regency_codes, match_village_codes, rows_within
from kbkit.matching.decisions import Decisions
from kbkit.prepare.areas import place_areas
from kbkit.prepare.codes_beside_names import with_regency_of_codes
from kbkit.prepare.folded import Folded, fold
from kbkit.prepare.placed import Placed
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


Source = Placed | Folded[Extract]
"""A source with codes, or one that has to wait until the regencies of the dataset are known."""


def place_source(extract: Extract, *, today: dt.date | None, decisions: Folded[Decisions]) -> Source:
    """Return a source with the codes that its names mean; one that brings codes along is returned as it is.

    What becomes of a source depends on no other, so that the process that reads a file can do this, too.

    Args:
        extract: what was read.
        today: the day of reading; what is dated later is refused. ``None`` takes every date.
        decisions: what people decided about names.
    """
    if today is not None:
        extract = refuse_future(extract, today=today)
    if extract.layout not in _WITHIN:
        return fold(extract)
    extract = with_regency_of_codes(extract)
    several = extract.layout in SEVERAL
    matched = match_extract(extract, within=_WITHIN[extract.layout], several_allowed=several)
    return Placed.of(extract, matched, decisions=_unfolded(decisions), several_allowed=several)


@lru_cache(maxsize=1)
def _unfolded(decisions: Folded[Decisions]) -> Decisions:
    # They come anew with every file, and are the same.
    return decisions.unfold()


def place_waiting(sources: Sequence[Source], *, decisions: Decisions, progress: Progress) -> list[Placed]:
    """Return every source with codes: those matched by name, then the others, of whose rows some may be outside."""
    placed = [source for source in sources if isinstance(source, Placed)]
    waiting = [source for source in sources if isinstance(source, Folded)]
    regencies = {code for source in placed for code in source.named}
    progress(Step(stage="match", done=0, total=len(waiting)))
    for done, folded in enumerate(waiting):
        extract = folded.unfold()
        progress(Step(stage="match", done=done, total=len(waiting), name=extract.sheet.file))
        placed.append(_by_code(extract, regencies, decisions))
    return placed


def _by_code(extract: Extract, regencies: Set[str], decisions: Decisions) -> Placed:
    """Match the rows of the dataset's regencies; without one, those of every regency."""
    within, matched = place_areas(extract, regencies) if extract.layout in _AREAS else _by_own_code(extract, regencies)
    outside = len(extract.table) - len(within.table)
    return Placed.of(extract, matched, decisions=decisions, several_allowed=extract.layout in SEVERAL, outside=outside)


def _by_own_code(extract: Extract, regencies: Set[str]) -> tuple[Extract, Matched]:
    inside = rows_within(extract, regencies)
    # An empty list of flags would choose no columns; with ``loc`` it chooses no rows.
    within = replace(extract, table=extract.table.loc[inside].reset_index(drop=True))
    match = match_village_codes if extract.layout == "idm" else match_regency_codes
    return within, match(within)
