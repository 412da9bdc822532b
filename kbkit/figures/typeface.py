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

OWN: Final = Path(__file__).parents[1] / "fonts" / "SourceSansPro-Regular.otf"
KERNING: Final = Path(__file__).with_name("kerning.txt")
"""Pairs of Latin letters and how much they move together. FreeType alone does not read it from this kind of font, and
asking a shaping engine costs 0.1 ms a pair in every new process.
"""
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
    own = _open(OWN)
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
def _kerning() -> dict[str, int]:
    """Return how much pairs of letters move together; other pairs do not."""
    lines = (line.split() for line in KERNING.read_text(encoding="utf-8").splitlines())
    return {pair: int(moved) for pair, moved in lines}


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
    kerning, placed, x, before = _kerning(), [], 0, ""
    for character in map(_drawable, text):
        x += kerning.get(before + character, 0)
        placed.append((character, x))
        x += _advance(character)
        before = character
    return tuple(placed), x


def width_of(text: str, size: float) -> float:
    """Return the width of the longest line of a text in points, at a type size in points."""
    return max(set_line(line)[1] for line in text.split("\n")) * size / EM


def fit(text: str, size: float, room: float) -> str:
    """Return a line of text, or as much of its beginning as the room in points holds, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    shorter = (text[:length].rstrip() + "…" for length in range(len(text) - 1, 0, -1))
    return next((short for short in shorter if width_of(short, size) <= room), "…")
