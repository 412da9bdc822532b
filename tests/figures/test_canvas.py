"""The canvas: the session's style is left alone, and the same drawing has the same bytes."""

from __future__ import annotations

import matplotlib as mpl

from kbkit.figures import draw_described_tiers
from kbkit.figures.canvas import count_axis, new_canvas, percent_axis, points_axis, style, to_svg
from kbkit.results.findings import Findings
from kbkit.text import Voice


def test_the_style_of_the_session_is_left_alone() -> None:
    mpl.rcParams["font.size"] = 17
    with style():
        assert mpl.rcParams["font.size"] == 9
    assert mpl.rcParams["font.size"] == 17
    mpl.rcdefaults()


def test_the_style_of_the_session_does_not_change_a_drawing() -> None:
    def draw() -> str:
        with style():
            canvas, (axes,) = new_canvas(height=2)
            axes.plot([0, 1], [0, 1])
            return to_svg(canvas)

    plain = draw()
    with mpl.rc_context({"axes.facecolor": "red", "font.size": 30, "svg.hashsalt": None}):
        assert draw() == plain


def test_axes_speak_the_language() -> None:
    with style():
        _, (axes,) = new_canvas(height=2)
        percent_axis(axes.xaxis, voice=Voice("id"))
        points_axis(axes.yaxis, voice=Voice("en"))
        assert axes.xaxis.get_major_formatter()(0.125, 0) == "12,5"
        assert axes.xaxis.get_major_formatter()(0.2, 0) == "20"
        assert axes.yaxis.get_major_formatter()(-0.02, 0) == "−2"
        count_axis(axes.xaxis, voice=Voice("id"))
        axes.set_xlim(0, 3)
        assert axes.xaxis.get_major_formatter()(1200, 0) == "1.200"
        assert all(tick == round(tick) for tick in axes.xaxis.get_major_locator()())


def test_the_descriptive_figure_says_that_it_compares_nothing(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["14.71"]
    assert findings.stunting is not None
    figure = draw_described_tiers(findings, findings.stunting, voice=Voice("id"), source="")
    assert "Mandiri tidak ditampilkan" in figure.alt
    assert "perbandingan antartingkat tidak dilakukan" in figure.alt
