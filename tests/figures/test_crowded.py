"""Figures with more, longer and older than the demo has: nothing is cut off, nothing lies over anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbkit.figures import draw_children_by_district, draw_scores_by_district, draw_surveys, draw_tier_flow
from kbkit.figures.beside import write_beside
from kbkit.figures.canvas import Page, style
from kbkit.figures.typeface import fit, width_of
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.text import Voice
from tests.figures.pages import drawn_pages, overlapping, words_of, words_outside

VOICE = Voice("id")
LONG = "Kepulauan Siantan Selatan dan Barat Daya yang Namanya Panjang Sekali"


@pytest.fixture
def findings(demo_findings: dict[str, Findings]) -> Findings:
    return demo_findings["33.16"]


def test_fifty_districts_with_long_names(findings: Findings) -> None:
    tiers = findings.classification
    assert tiers is not None
    assert not isinstance(tiers.scores, Undefined)
    assert tiers.scores is not None
    given = tiers.scores.districts
    districts = [replace(given[n % len(given)], district_name=f"Distrik {n} {LONG[:n]}") for n in range(50)]
    with drawn_pages() as pages:
        draw_scores_by_district(tiers, replace(tiers.scores, districts=tuple(districts)), voice=VOICE, source="")
    assert words_outside(pages[0]) + overlapping(pages[0]) == []


def test_names_of_rows_leave_room_for_the_rows(findings: Findings) -> None:
    assert findings.stunting is not None
    districts = tuple(replace(district, district_name=LONG) for district in findings.stunting.districts)
    with drawn_pages() as pages:
        draw_children_by_district(findings, replace(findings.stunting, districts=districts), voice=VOICE, source="")
    assert words_outside(pages[0]) + overlapping(pages[0]) == []
    assert any(words.text.endswith("…") for words in words_of(pages[0]))


def test_surveys_of_many_years(findings: Findings) -> None:
    surveys = tuple(replace(findings.surveys[0], year=year) for year in range(2007, 2025, 3))
    with drawn_pages() as pages:
        draw_surveys(replace(findings, surveys=surveys), voice=VOICE, source="")
    assert words_outside(pages[0]) + overlapping(pages[0]) == []


def test_a_low_first_column_and_thin_tiers(findings: Findings) -> None:
    tiers = findings.classification
    assert tiers is not None
    first, *middle, last = tiers.snapshots
    low = replace(first, counts=replace(first.counts, none=1))
    thin = replace(last, counts=replace(last.counts, dasar=290, berkembang=1, mandiri=1, berkelanjutan=1, none=1))
    with drawn_pages() as pages:
        draw_tier_flow(replace(tiers, snapshots=(low, *middle, thin)), voice=VOICE, source="")
    assert words_outside(pages[0]) + overlapping(pages[0]) == []


def test_names_beside_near_marks_stand_apart() -> None:
    points = [(0.5, 0.5), (0.51, 0.5), (0.52, 0.52), (0.98, 0.5)]
    with style(), drawn_pages() as pages:
        page = Page(height=2.6)
        names = [(f"Sidomulyo {n}", point) for n, point in enumerate(points)]
        write_beside(page.panels[0], names, colours=["#123456"] * 4, size=8, mark=7)
        page.to_svg()
    assert words_outside(pages[0]) + overlapping(pages[0]) == []


def test_a_name_crosses_no_line_where_another_side_is_free() -> None:
    with style(), drawn_pages() as pages:
        page = Page(height=2.6)
        level = [(0.0, 0.52), (1.0, 0.52)]  # through the names left and right of the mark, below one above it
        write_beside(page.panels[0], [("Muarafajar", (0.5, 0.5))], colours=["#123456"], size=8, mark=7, lines=[level])
        page.to_svg()
    (heights,) = ([y for _, y in found.corners()] for found in words_of(pages[0]) if found.text == "Muarafajar")
    _, crossing = page.panels[0].on_page((0.5, 0.52))
    assert not min(heights) < crossing < max(heights)


def test_a_text_is_shortened_to_its_room_and_no_more() -> None:
    assert fit("Blora", 9, 100) == "Blora"
    short = fit(LONG, 9, 100)
    assert width_of(short, 9) <= 100 < width_of(LONG[: len(short) + 2] + "…", 9)
