from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.document import Heading
from kbkit.export.elements import Element
from kbkit.export.numbering import letter, number, roman
from kbkit.export.words import words_of
from tests.export.conftest import figure, heading, paragraph, table

ID = words_of("id")


def labels(*elements: Element) -> list[str]:
    return [placed.label for placed in number(elements, words=ID)]


def test_chapters_sections_tables_and_figures() -> None:
    assert labels(
        heading("Ringkasan", numbering="none"),
        table(),
        heading("Satu"),
        heading("a", 2),
        heading("b", 2),
        heading("i", 3),
        table(),
        figure(),
        table(),
        heading("Dua"),
        table(),
        heading("c", 2),
        heading("Rubrik", numbering="annex"),
        heading("d", 2),
        figure(),
        heading("Log", numbering="annex"),
        table(),
    ) == [
        "",
        "Tabel 1",
        "BAB I",
        "1.1",
        "1.2",
        "1.2.1",
        "Tabel 1.1",
        "Gambar 1.1",
        "Tabel 1.2",
        "BAB II",
        "Tabel 2.1",
        "2.1",
        "Lampiran A",
        "A.1",
        "Gambar A.1",
        "Lampiran B",
        "Tabel B.1",
    ]


def test_a_report_without_a_chapter_has_no_hole() -> None:
    assert labels(heading("Satu"), heading("Antara", numbering="none"), heading("Dua")) == ["BAB I", "", "BAB II"]


def test_tables_outside_chapters_run_through() -> None:
    assert labels(table(), heading("x", numbering="none"), table()) == ["Tabel 1", "", "Tabel 2"]


def test_what_has_no_title_has_no_number() -> None:
    assert labels(heading("Satu"), table(title=""), table(), paragraph("x")) == ["BAB I", "", "Tabel 1.1", ""]


def test_a_heading_never_leaps_over_a_level() -> None:
    placed = number([heading("Satu", 2), heading("Dua", 3), heading("Tiga", 1), heading("Empat", 3)], words=ID)
    assert [p.element.level for p in placed if isinstance(p.element, Heading)] == [1, 2, 1, 2]


# By hand, from the subtractive rule (4 IV, 9 IX, 40 XL).
@pytest.mark.parametrize(
    ("value", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (84, "LXXXIV")]
)
def test_roman(value: int, numeral: str) -> None:
    assert roman(value) == numeral


@pytest.mark.parametrize(("value", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA")])
def test_letter(value: int, name: str) -> None:
    assert letter(value) == name


ELEMENTS = st.one_of(
    st.builds(
        lambda level, numbering: heading("x", level, numbering=numbering),
        st.integers(1, 3),
        st.sampled_from(["chapter", "annex", "none"]),
    ),
    st.builds(table),
    st.builds(figure),
)


@given(st.lists(ELEMENTS, max_size=40))
def test_anchors_and_labels_are_unique(elements: list[Element]) -> None:
    placed = number(elements, words=ID)
    anchors = [p.anchor for p in placed]
    shown = [p.label for p in placed if p.label]
    assert all(anchors)
    assert len(set(anchors)) == len(anchors)
    assert len(set(shown)) == len(shown)
