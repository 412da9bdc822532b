"""Codes without a scheme beside names: the names say whether, and of which regency, they are Kemendagri codes.

Ten digits may be of BPS or of Kemendagri, whatever their heading says: ``1406…`` is Kampar for BPS and Rokan Hulu for
Kemendagri, and 3,761 codes of the one name another village in the other. A column is taken for Kemendagri codes only
where the register gives most of its codes the very names that stand beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kbkit.ingest import Extract
from kbkit.ingest.convergence_action import WRITTEN_CODES
from kbkit.matching import load_register
from kbkit.matching.names import loose_key
from kbkit.matching.tables import hinted_regency

AGREEING: Final = 0.8
"""Least share of the rows whose name must be the register's. By chance a few percent of the names agree."""

_DIGITS: Final = 10


def with_regency_of_codes(extract: Extract) -> Extract:
    """Return a source with the regency that its codes tell, where its own words tell none.

    Args:
        extract: a source. One without columns of codes, or one that names its regency, is returned as it is.
    """
    if extract.table["regency_found"].notna().any() or hinted_regency(extract) is not None:
        return extract
    names = list(_agreeing_regencies(extract))
    return replace(extract, regency_hints=(*extract.regency_hints, *(("code", name) for name in names)))


def _agreeing_regencies(extract: Extract) -> Iterator[str]:
    """Yield the regency's name for each column of codes whose names agree with the register."""
    register = load_register()
    for column in WRITTEN_CODES:
        if column not in extract.table or extract.table.empty:
            continue
        agreeing: Counter[str] = Counter()
        for written, name in zip(extract.table[column], extract.table["village_found"], strict=True):
            village = register.villages.get(dotted(written))
            if village is not None and name and loose_key(village.name) == loose_key(name):
                agreeing[village.code[:5]] += 1
        for regency, rows in agreeing.items():
            if rows >= AGREEING * len(extract.table):
                yield register.regencies[regency].name


def dotted(digits: str | None) -> str:
    """Return ten digits in the dotted form of Kemendagri, empty where they are not ten. It claims no scheme."""
    if digits is None or len(digits) != _DIGITS:
        return ""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
