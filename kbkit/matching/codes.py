"""Codes that a source brings along: taken only where the register knows them and the name beside them agrees."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from kbkit.domain.regions import RegionCode
from kbkit.ingest.extract import CODE, Extract
from kbkit.matching.regencies import find_regency, find_regency_in_words
from kbkit.matching.register import load_register
from kbkit.matching.similarity import Candidate
from kbkit.matching.tables import Matched, audit
from kbkit.matching.villages import Decision

_ABOVE_REGENCY: Final = re.compile(r"(?:prov|provinsi|indonesia|nasional)\b", re.IGNORECASE)
_UNKNOWN: Final = Decision(reason="matching.code_unknown")
_NAME_DIFFERS: Final = Decision(reason="matching.code_name_differs")


def rows_within(extract: Extract, regencies: Set[str]) -> list[bool]:
    """Return for each row whether it is the dataset's business: of one of its regencies, or not to be told.

    Args:
        extract: what a layout's reader returned.
        regencies: codes of the dataset's regencies; empty for every regency.
    """
    return [
        not _is_above_regency(code, name) and (regency is None or not regencies or regency in regencies)
        for code, name, regency in zip(
            extract.table[CODE], extract.table["regency_found"], _written_regencies(extract), strict=True
        )
    ]


def match_village_codes(extract: Extract) -> Matched:
    """Check the village codes of the rows of a source against the register."""
    villages = load_register().villages
    decisions = [_certain(code) if code in villages else _UNKNOWN for code in extract.table[CODE]]
    return audit(extract, regencies=_known_regencies(extract), decisions=decisions, by_name=False)


def match_regency_codes(extract: Extract) -> Matched:
    """Check the regency codes of the rows of a source, and that the name beside a code is not another regency's."""
    codes = _known_regencies(extract)
    decisions = [
        _UNKNOWN if code is None or code != written else _NAME_DIFFERS if _disagrees(code, name) else _certain(code)
        for code, written, name in zip(codes, extract.table[CODE], extract.table["regency_found"], strict=True)
    ]
    return audit(extract, regencies=codes, decisions=decisions, by_name=False)


def _written_regencies(extract: Extract) -> list[str | None]:
    """Return the regency part of each row's code, ``None`` where it is no dotted code that reaches a regency.

    Digits without dots are no code: they may be of BPS, where the same digits are another place.
    """
    return [code[:5] if (level := _level(code)) and level != "province" else None for code in extract.table[CODE]]


def _known_regencies(extract: Extract) -> list[str | None]:
    known = load_register().regencies
    return [code if code in known else None for code in _written_regencies(extract)]


def _level(code: str | None) -> str | None:
    try:
        return RegionCode(code).level if code else None
    except ValueError:
        return None


def _is_above_regency(code: str | None, name: str | None) -> bool:
    return _level(code) == "province" or (code is None and bool(name and _ABOVE_REGENCY.match(name)))


def _certain(code: str) -> Decision:
    return Decision(code=code, method="code", best=Candidate(code=code, score=100.0))


def _disagrees(code: str, name: str | None) -> bool:
    """Whether a name is surely that of another regency than the code: the code may be one of BPS."""
    named = (find_regency_in_words(name) or find_regency(name)) if name else None
    return named is not None and named.code != code
