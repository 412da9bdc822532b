"""Codes that a source brings along: taken only where the register knows them and the name beside them agrees."""

from __future__ import annotations

from kbkit.domain.regions import RegionCode
from kbkit.ingest.extract import CODE, Extract
from kbkit.matching.regencies import find_regency, find_regency_in_words
from kbkit.matching.register import load_register
from kbkit.matching.similarity import Candidate
from kbkit.matching.tables import Matched, audit
from kbkit.matching.villages import Decision

_UNKNOWN = Decision(reason="matching.code_unknown")
_NAME_DIFFERS = Decision(reason="matching.code_name_differs")


def regencies_of_codes(extract: Extract) -> list[str | None]:
    """Return the regency of each row's code, ``None`` where it is no dotted Kemendagri code of a known regency.

    Digits without dots are no code: they may be of BPS, where the same digits are another place.
    """
    known = load_register().regencies
    return [code[:5] if _reaches_regency(code) and code[:5] in known else None for code in extract.table[CODE]]


def match_village_codes(extract: Extract) -> Matched:
    """Check the village codes of the rows of a source against the register."""
    villages = load_register().villages
    decisions = [_certain(code) if code in villages else _UNKNOWN for code in extract.table[CODE]]
    return audit(extract, regencies=regencies_of_codes(extract), decisions=decisions)


def match_regency_codes(extract: Extract) -> Matched:
    """Check the regency codes of the rows of a source, and that the name beside a code is not another regency's."""
    codes = regencies_of_codes(extract)
    decisions = [
        _UNKNOWN if code is None or code != written else _NAME_DIFFERS if _disagrees(code, name) else _certain(code)
        for code, written, name in zip(codes, extract.table[CODE], extract.table["regency_found"], strict=True)
    ]
    return audit(extract, regencies=codes, decisions=decisions)


def _certain(code: str) -> Decision:
    return Decision(code=code, method="code", best=Candidate(code=code, score=100.0))


def _disagrees(code: str, name: str | None) -> bool:
    """Whether a name is surely that of another regency than the code: the code may be one of BPS."""
    named = (find_regency_in_words(name) or find_regency(name)) if name else None
    return named is not None and named.code != code


def _reaches_regency(code: str | None) -> bool:
    try:
        return code is not None and RegionCode(code).level != "province"
    except ValueError:
        return False
