"""The flow of villages and children, the glossary and the reporting checklist."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from kbkit import Findings
from kbkit.tables import tabulate_checklist, tabulate_glossary, tabulate_participants
from kbkit.tables.checklist import ITEMS
from kbkit.tables.glossary import TERMS
from kbkit.text import LANGUAGES, Language, Voice

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_strobe_is_answered(demo_findings: dict[str, Findings], language: Language) -> None:
    table = tabulate_checklist(demo_findings["33.16"], voice=Voice(language))
    numbers = {int(item.number.split(";")[0]) for item in ITEMS if not item.number.startswith("R")}
    assert numbers == set(range(1, 23)), "the 22 items of STROBE"
    assert all(cell.text for row in table.rows for cell in row.cells)


def test_a_comparison_that_was_not_made_is_not_claimed(demo_findings: dict[str, Findings]) -> None:
    findings, voice = demo_findings["33.16"], Voice("id")
    without = replace(findings, association=replace(findings.association, adjusted=None))
    withheld = voice.say("checklist.withheld")
    counts = [
        sum(row.cells[2].text == withheld for row in tabulate_checklist(each, voice=voice).rows)
        for each in (findings, without)
    ]
    assert counts == [0, 2]


@pytest.mark.parametrize("code", ["33.16", "21.05", "13.77"])
def test_villages_that_leave_add_up(demo_findings: dict[str, Findings], code: str) -> None:
    table = tabulate_participants(demo_findings[code], voice=Voice("id"))
    villages = [row.cells[1].value for row in table.rows]
    left = [row.cells[2].value for row in table.rows[1:]]
    assert villages[0] == demo_findings[code].coverage.villages
    assert [first - second for first, second in itertools.pairwise(villages)] == left  # type: ignore[operator]
    assert all(isinstance(value, int) and value >= 0 for value in left)


def test_terms_are_locked_and_in_alphabetical_order() -> None:
    assert len(TERMS) == 20
    for language in LANGUAGES:
        terms = [row.cells[0].text.casefold() for row in tabulate_glossary(voice=Voice(language)).rows]
        assert terms == sorted(terms)
        assert len(set(terms)) == len(TERMS)
