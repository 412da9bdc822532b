"""The canvas: the session's style is left alone, the same drawing has the same bytes, and words have their room."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import matplotlib as mpl
import pytest

import kbkit
from kbkit.figures import draw_described_tiers, typeface
from kbkit.figures.canvas import Key, Page, style
from kbkit.figures.palette import UNKNOWN
from kbkit.figures.panel import DASHED
from kbkit.figures.scale import Scale, name_rows, span, write_counts, write_percents, write_points
from kbkit.results.findings import Findings
from kbkit.results.simulation import Rate, Simulation, Study
from kbkit.text import Voice
from tests.figures.pages import drawn_pages, overlapping, words_of, words_outside


def draw() -> str:
    """Draw something of everything."""
    with style():
        page = Page(height=2)
        panel = page.panels[0]
        panel.x = Scale(low=0, high=1, write=write_percents(Voice("id")), title="Bagian (%)")
        panel.y = name_rows(["Kecamatan Todanan", "Áé ≥ → 漢"])
        panel.boxes([(0, -0.3, 0.5, 0.6)], UNKNOWN)
        panel.lines([((0, 0), (1, 1))], colour="#123456", width=1, dashes=DASHED, opacity=0.5)
        panel.marks([(0.2, 0), (0.4, 1)], "D", colour="#123456", size=5)
        panel.write("miring", 0.5, 0.5, angle=50, box=0.75)
        page.explain([Key(label="tidak diketahui", fill=UNKNOWN), Key(label="titik", mark="o")])
        return page.to_svg()


def test_the_style_of_the_session_is_left_alone() -> None:
    mpl.rcParams["font.size"] = 17
    draw()
    assert mpl.rcParams["font.size"] == 17
    mpl.rcdefaults()


def test_the_style_of_the_session_does_not_change_a_drawing() -> None:
    plain = draw()
    hostile: Any = {
        "axes.facecolor": "red",
        "figure.facecolor": "red",
        "font.size": 30,
        "lines.linewidth": 9,
        "path.sketch": (3, 10, 2),
        "patch.linewidth": 7,
        "lines.scale_dashes": False,
        "figure.dpi": 300,
    }
    with mpl.rc_context(hostile):
        assert draw() == plain


def test_the_same_bytes_cold_warm_and_in_another_process() -> None:
    warm = [draw(), draw()]
    for cached in (typeface.set_line, typeface.outline, typeface._advance, typeface._kerning, typeface._open):
        cached.cache_clear()
    code = "import sys; from tests.figures.test_canvas import draw; sys.stdout.buffer.write(draw().encode())"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "MPLBACKEND": "pdf"}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert {*warm, draw(), other.stdout.decode()} == {warm[0]}


def test_scales_speak_the_language() -> None:
    assert write_percents(Voice("id"))(0.125) == "12,5"
    assert write_percents(Voice("id"))(0.2) == "20"
    assert write_points(Voice("en"))(-0.02) == "−2"
    counts = Scale(low=0, high=3, write=write_counts(Voice("id")), whole=True)
    assert counts.choose_ticks(along="x", size=8, room=400) == [(0, "0"), (1, "1"), (2, "2"), (3, "3")]
    assert write_counts(Voice("id"))(1200) == "1.200"


def test_numbers_beside_an_axis_do_not_meet_where_it_is_short() -> None:
    scale = Scale(low=0, high=100_000, write=write_counts(Voice("id")))
    assert len(scale.choose_ticks(along="x", size=8.5, room=400)) > len(
        scale.choose_ticks(along="x", size=8.5, room=120)
    )
    assert all(0 <= value <= 100_000 for value, _ in scale.choose_ticks(along="y", size=9, room=50))


def test_the_span_of_nothing_and_of_one_number_has_a_width() -> None:
    assert span([]) == pytest.approx((-0.05, 1.05))
    low, high = span([0.2])
    assert low < 0.2 < high


def test_the_descriptive_figure_says_that_it_compares_nothing(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["14.71"]
    assert findings.stunting is not None
    figure = draw_described_tiers(findings, findings.stunting, voice=Voice("id"), source="")
    assert "Mandiri tidak ditampilkan" in figure.alt
    assert "perbandingan antartingkat tidak dilakukan" in figure.alt


@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_words_stand_inside_their_page_and_apart(
    code: str, language: kbkit.Language, demo_findings: dict[str, Findings]
) -> None:
    with drawn_pages() as pages:
        kbkit.compose_report(demo_findings[code], language=language).questions  # noqa: B018
    assert len(pages) >= 8
    for page in pages:
        assert words_of(page)
        assert words_outside(page) == []
        assert overlapping(page) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_of_a_province_and_of_a_simulation_have_their_room(
    language: kbkit.Language, demo_findings: dict[str, Findings]
) -> None:
    from kbkit.figures import draw_slopes
    from kbkit.figures.simulation import draw_simulation

    rates = tuple(
        Rate(procedure=name, **dict.fromkeys(Rate.__dataclass_fields__.keys() - {"procedure"}, rate))
        for name, rate in (("CR2", 0.05), ("CR1S_normal", 0.34))
    )
    study = Study(name="", villages=(8,), tier_sd=0, slope=0, data_sets=1, seed=1, undefined=0, rates=rates)
    province = kbkit.analyse_province([demo_findings["33.16"]])
    with drawn_pages() as pages:
        assert draw_slopes(province, voice=Voice(language), source="") is not None
        draw_simulation(Simulation(studies=(study,), versions={}), name="x", voice=Voice(language), source="")
    assert [words_outside(page) + overlapping(page) for page in pages] == [[], []]


def test_words_outside_and_over_each_other_are_found() -> None:
    with style(), drawn_pages() as pages:
        page = Page(height=1, rows=())
        page.points.write("terlalu panjang", 440, 10)
        page.points.write("satu di atas", 10, 30)
        page.points.write("yang lain", 12, 32, angle=30)
        page.to_svg()
    assert words_outside(pages[0]) == ["terlalu panjang"]
    assert overlapping(pages[0]) == [("satu di atas", "yang lain")]
