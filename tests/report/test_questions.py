"""Ten questions: each has a place in every report that answers it, or says what is missing."""

from __future__ import annotations

import pytest

from kbkit import Findings
from kbkit.document import Bullets, Heading, Span
from kbkit.report import compose_report
from kbkit.report.questions import PLACES, compose_questions, name_places
from kbkit.text import LANGUAGES, Language, Voice
from tests.export.conftest import table, to_html
from tests.export.reports import notebook_of

CODES = ("33.16", "14.71", "13.77", "14.06", "21.05")


def answers(blocks: tuple[object, ...]) -> tuple[tuple[Span, ...], ...]:
    (listed,) = [block for block in blocks if isinstance(block, Bullets)]
    return listed.items


@pytest.mark.parametrize("code", CODES)
def test_every_question_is_answered_by_a_place_that_is_there(demo_findings: dict[str, Findings], code: str) -> None:
    report = compose_report(demo_findings[code], language="id")
    there = name_places(block for section in report.sections for block in section.blocks)
    items = answers(report.questions.blocks)
    assert len(items) == len(PLACES) == 10
    for spans in items:
        links = [span for span in spans if span.href]
        assert links, f"nothing answers: {spans[0].text}"
        assert [span.href[1:] in there for span in links] == [True] * len(links)


def test_the_questions_follow_the_summary(demo_findings: dict[str, Findings]) -> None:
    names = [
        block.name
        for section in compose_report(demo_findings["21.05"], language="en").sections
        for block in section.blocks
        if isinstance(block, Heading) and block.name
    ]
    assert names[:2] == ["summary", "questions"]


def test_the_links_are_set(demo_findings: dict[str, Findings]) -> None:
    page = to_html(notebook_of(demo_findings["21.05"], language="id"))
    chapter = page.split(Voice("id").say("questions.title"))[-1].split("</section>")[0]
    assert chapter.count('<a href="#') >= len(PLACES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_answers_it_says_what_would(language: Language) -> None:
    voice = Voice(language)
    items = answers(compose_questions([table(("Cepu", "1"))], voice=voice))
    assert all(not span.href for spans in items for span in spans)
    assert voice.say("questions.on_target_supply") in items[4][1].text
