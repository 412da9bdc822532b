"""The backend's SVG: self-contained, without text that needs a font; path data lead where matplotlib's paths lead."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

from kbkit.figures import typeface
from kbkit.figures.canvas import style
from kbkit.figures.path_data import write_path
from kbkit.figures.typeface import set_line, width_of
from kbkit.figures.words import _properties
from tests.figures.kerning import read_kerning
from tests.figures.test_canvas import draw

M, L, Q, C, Z = (int(code) for code in (Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE4, Path.CLOSEPOLY))
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def test_a_document_is_self_contained_and_without_text() -> None:
    root = etree.fromstring(draw().encode())
    assert not list(root.iter(f"{SVG}text", f"{SVG}image", f"{SVG}style"))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    used = {str(element.get(HREF))[1:] for element in root.iter(f"{SVG}use")}
    painted = set(re.findall(r"url\(#(\w+)\)", draw()))
    assert len(names) == len(set(names))
    assert used | painted == set(names), "what is defined is used, what is used is defined"
    assert "漢" not in draw()


def test_letters_and_marks_are_defined_once() -> None:
    paths = [path.get("d") for path in etree.fromstring(draw().encode()).iterfind(f"{SVG}defs/{SVG}path")]
    assert len(paths) == len(set(paths))


points = st.tuples(st.integers(-999, 999), st.integers(-999, 999))
segment = st.one_of(
    st.tuples(st.just(L), st.lists(points, min_size=1, max_size=1)),
    st.tuples(st.just(Q), st.lists(points, min_size=2, max_size=2)),
    st.tuples(st.just(C), st.lists(points, min_size=3, max_size=3)),
)


@given(st.lists(st.tuples(points, st.lists(segment, min_size=1, max_size=6), st.booleans()), min_size=1, max_size=4))
def test_path_data_lead_through_the_points_of_the_path(
    rings: list[tuple[tuple[int, int], list[tuple[int, list[tuple[int, int]]]], bool]],
) -> None:
    vertices: list[tuple[int, int]] = []
    codes: list[int] = []
    for start, segments, closed in rings:
        vertices.append(start)
        codes.append(M)
        for code, steps in segments:
            vertices += steps
            codes += [code] * len(steps)
        if closed:
            vertices.append((0, 0))
            codes.append(Z)
    assert read_path(write_path(vertices, codes)) == [
        point for point, code in zip(vertices, codes, strict=True) if code != Z
    ]


def read_path(data: str) -> list[tuple[int, int]]:
    """Return the points that path data lead through, as SVG 1.1, section 8.3, defines the commands."""
    found: list[tuple[int, int]] = []
    x = y = 0
    for command, text in re.findall(r"([MlhvqcZz])([^A-Za-z]*)", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", text)]
        if command == "h":
            numbers = [numbers[0], 0]
        elif command == "v":
            numbers = [0, numbers[0]]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        size = {"q": 2, "c": 3}.get(command, 1)
        for at in range(0, len(pairs), size):
            base = (0, 0) if command == "M" else (x, y)
            reached = [(base[0] + dx, base[1] + dy) for dx, dy in pairs[at : at + size]]
            found += reached
            x, y = reached[-1]
    return found


@pytest.mark.parametrize("text", ["Kabupaten Kepulauan Anambas", "To AV Ta Wy", "12,5–<20 ≥ 25", "Rata-rata (Mundlak)"])
def test_a_line_is_as_wide_as_matplotlib_sets_it(text: str) -> None:
    with style():
        typeface_of_matplotlib = TextToPath()
        from matplotlib import font_manager

        font_manager.fontManager.addfont(typeface.OWN)
        width, _, _ = typeface_of_matplotlib.get_text_width_height_descent(text, _properties(9.0), False)
    assert width_of(text, 9) == pytest.approx(width, rel=0.02)


def test_letter_pairs_are_kerned_as_the_font_says() -> None:
    assert typeface._kerning() == read_kerning(typeface.OWN)
    assert width_of("To", 9) < width_of("T", 9) + width_of("o", 9)
    assert width_of("12", 9) == pytest.approx(width_of("1", 9) + width_of("2", 9))


def test_letters_stand_one_after_the_other() -> None:
    placed, width = set_line("Pekanbaru Kota")
    assert all(before < after for (_, before), (_, after) in pairwise(placed))
    assert width > placed[-1][1]


def test_a_sign_that_no_font_has_is_shown_as_unknown() -> None:
    assert set_line("漢")[0] == (("\N{REPLACEMENT CHARACTER}", 0),)
    assert set_line("\x07")[1] > 0


def test_a_text_of_several_lines_is_as_wide_as_its_longest() -> None:
    assert width_of("Dasar\n(12 desa/kel.)", 9) == width_of("(12 desa/kel.)", 9)
