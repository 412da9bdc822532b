"""Names damaged by the noise model of the demo, whose truth is known: none of them takes a wrong code."""

from __future__ import annotations

import pytest

from kbkit.demo.faults import write_names
from kbkit.demo.streams import Streams
from kbkit.matching import load_register
from kbkit.matching.gazetteer import gazetteer_of
from kbkit.matching.villages import Name, match_names

WANTED = 500


@pytest.mark.parametrize("with_district", [True, False])
def test_none_of_500_damaged_names_takes_a_wrong_code(with_district: bool) -> None:
    """Every seventh regency of the country until 500 names are damaged; the sound names beside them stay right."""
    register = load_register()
    damaged = placed = 0
    for regency in sorted(register.regencies)[::7]:
        villages = register.villages_frame([regency])
        written, kinds = write_names(villages=villages, streams=Streams(2024).branch(regency))
        names = [
            Name(name, district=district if with_district else None)
            for name, district in zip(written, villages["district_name"], strict=True)
        ]
        codes: dict[Name, set[str]] = {}
        for name, code in zip(names, villages["village_code"], strict=True):
            codes.setdefault(name, set()).add(code)
        decided = match_names(codes, gazetteer=gazetteer_of(regency))
        assert all(decided[name].code in truth | {None} for name, truth in codes.items())
        damaged += len(kinds)
        placed += sum(
            decided[name].code == code
            for name, code in zip(names, villages["village_code"], strict=True)
            if code in kinds
        )
        if damaged >= WANTED:
            break
    assert damaged >= WANTED
    assert placed / damaged > 0.8
