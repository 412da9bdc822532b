"""The villages that an unmatched name may mean, for a person to choose from."""

from __future__ import annotations

from typing import Final

from kbkit.matching.gazetteer import gazetteer_of
from kbkit.matching.names import loose_key
from kbkit.matching.similarity import Candidate, nearest

SHOWN: Final = 3
"""Candidates shown for a name: more are in the list of the whole regency."""


def nearest_villages(village: str, *, district: str | None, regency: str) -> list[Candidate]:
    """Return the villages whose names are most like a name, best first.

    Args:
        village: name as the source writes it.
        district: kecamatan as the source writes it; its villages come first where it is known.
        regency: code of the regency.
    """
    gazetteer = gazetteer_of(regency)
    code = gazetteer.find_district(district)
    key = loose_key(village)
    inside = nearest(key, gazetteer.districts[code].keys, limit=SHOWN) if code else []
    outside = nearest(key, gazetteer.whole.keys, limit=SHOWN)
    # The best of the kecamatan, then whatever is more alike elsewhere.
    ranked = {candidate.code: candidate for candidate in [*inside[:2], *outside, *inside[2:]]}
    return sorted(list(ranked.values())[:SHOWN], key=lambda candidate: (-candidate.score, candidate.code))
