"""The widths of letters, read from the font files."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.ft2font import FT2Font, LoadFlags

from kbkit.export import column_texts
from kbkit.export.letter_widths import letter_widths

FONTS = Path(column_texts.__file__).parents[1] / "fonts"


@pytest.fixture(params=["Regular", "Semibold"])
def font(request: pytest.FixtureRequest) -> Path:
    return FONTS / f"SourceSansPro-{request.param}.otf"


def test_letters_are_as_wide_as_freetype_says(font: Path) -> None:
    face = FT2Font(str(font))
    face.set_size(1000, 72)  # at 72 dots an inch a pixel is a thousandth of the type size
    told = {
        chr(code): face.load_glyph(glyph, flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 1000
        for code, glyph in face.get_charmap().items()
    }
    assert letter_widths(font) == pytest.approx(told)


def test_digits_are_equally_wide(font: Path) -> None:
    # Columns of numbers are set with tabular digits, which these fonts have as their usual ones.
    assert len({letter_widths(font)[digit] for digit in "0123456789"}) == 1


def test_a_font_without_a_full_table_of_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="table of characters"):
        letter_widths(FONTS / "SourceSansPro-It.otf")
