"""The report's typeface as outlines and widths, both looked up once a process.

matplotlib lays text out anew for every string, size and pass, and that was most of the cost of a figure. Here a string
is the sum of its letters: advance widths and kerning of letter pairs, in thousandths of the type size.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.ft2font import FT2Font, LoadFlags

from kbkit.figures.path_data import write_path

EM: Final = 1000
"""Units in the type size."""

_OWN: Final = Path(__file__).parents[1] / "fonts" / "SourceSansPro-Regular.otf"
Line = tuple[tuple[tuple[str, int], ...], int]
"""Characters with the place where each starts, and the width of all, in units."""


@cache
def _open(path: Path) -> FT2Font:
    font = FT2Font(str(path))
    font.set_size(EM, 72)  # at 72 dots an inch a pixel is a unit
    return font


@cache
def _font_of(character: str) -> FT2Font:
    """Return the font that has a character: our own, else the one that matplotlib brings, which has most scripts."""
    own = _open(_OWN)
    return own if own.get_char_index(ord(character)) else _open(_other())


def _other() -> Path:
    return Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")


@cache
def _drawable(character: str) -> str:
    """Return the character, or the sign for an unknown one where no font has it."""
    return character if _font_of(character).get_char_index(ord(character)) else "\N{REPLACEMENT CHARACTER}"


@cache
def _advance(character: str) -> int:
    return round(_font_of(character).load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536)


@cache
def _width_as_set(letters: str) -> float:
    font = _open(_OWN)
    font.set_text(letters, 0.0, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64


@cache
def _kerning(left: str, right: str) -> int:
    """Return how much two letters move together; what the second reaches beyond its own width cancels out."""
    if _font_of(left) is not _font_of(right):
        return 0
    return round(_width_as_set(left + right) - _width_as_set(right) - _advance(left))


@cache
def outline(character: str) -> str:
    """Return a character's outline as path data, in units, from its origin on the base line, y upwards."""
    font = _font_of(character)
    font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    return write_path(vertices.round().astype(int).tolist(), codes.tolist())


@lru_cache(maxsize=8192)
def set_line(text: str) -> Line:
    """Return where each character of a line of text starts, and how wide the line is."""
    placed, x, before = [], 0, ""
    for character in map(_drawable, text):
        if before.isalpha() and character.isalpha():
            x += _kerning(before, character)
        placed.append((character, x))
        x += _advance(character)
        before = character
    return tuple(placed), x


def width_of(text: str, size: float) -> float:
    """Return the width of the longest line of a text in points, at a type size in points."""
    return max(set_line(line)[1] for line in text.split("\n")) * size / EM
