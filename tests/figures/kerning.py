"""Kerning of the report's typeface, read from the font: ``python -m tests.figures.kerning`` renews the table."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from string import ascii_letters

from matplotlib.ft2font import FT2Font, LoadFlags

from kbkit.figures.typeface import EM, KERNING, OWN


def read_kerning(font: Path) -> dict[str, int]:
    """Return how much every pair of Latin letters moves together, in units; pairs that do not are left out."""
    face = FT2Font(str(font))
    face.set_size(EM, 72)

    def width(text: str) -> float:
        face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
        return face.get_width_height()[0] / 64

    def advance(letter: str) -> float:
        return face.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536

    # What the second letter reaches beyond its own width cancels out.
    pairs = {a + b: round(width(a + b) - width(b) - advance(a)) for a, b in product(ascii_letters, repeat=2)}
    return {pair: moved for pair, moved in pairs.items() if moved}


if __name__ == "__main__":
    lines = (f"{pair} {moved}\n" for pair, moved in read_kerning(OWN).items())
    KERNING.write_text("".join(lines), encoding="utf-8")
