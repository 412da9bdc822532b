"""How wide the letters of a typeface are: an upper bound for the width of a line, without laying it out.

Read from the font file itself: its tables ``cmap`` (format 12), ``hhea`` and ``hmtx``, as the OpenType specification
has them. Kerning, which mostly moves letters together, is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_SEGMENTED_COVERAGE = 12


@cache
def letter_widths(font: Path) -> Mapping[str, float]:
    """Return the advance width of every character of a font, as a share of the type size.

    Raises:
        ValueError: the font has no table of characters in format 12.
    """
    file = font.read_bytes()
    tables = dict(_tables(file))
    (units,) = struct.unpack_from(">H", file, tables["head"] + 18)
    (measured,) = struct.unpack_from(">H", file, tables["hhea"] + 34)
    widths = [width / units for width, _ in struct.iter_unpack(">Hh", file[tables["hmtx"] :][: 4 * measured])]
    # Glyphs past the last that has a width of its own are as wide as that.
    return {chr(code): widths[min(glyph, measured - 1)] for code, glyph in _glyphs(file, tables["cmap"])}


def _tables(file: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name and the place of every table."""
    (count,) = struct.unpack_from(">H", file, 4)
    for name, _checksum, place, _length in struct.iter_unpack(">4sIII", file[12 : 12 + 16 * count]):
        yield name.decode("ascii"), place


def _glyphs(file: bytes, table: int) -> Iterator[tuple[int, int]]:
    """Yield every code point and its glyph."""
    (count,) = struct.unpack_from(">H", file, table + 2)
    records = struct.iter_unpack(">HHI", file[table + 4 : table + 4 + 8 * count])
    places = (table + place for _platform, _encoding, place in records)
    full = next((place for place in places if file[place : place + 2] == struct.pack(">H", _SEGMENTED_COVERAGE)), None)
    if full is None:
        raise ValueError("a font without a full table of characters")
    (groups,) = struct.unpack_from(">I", file, full + 12)
    for first, last, glyph in struct.iter_unpack(">III", file[full + 16 : full + 16 + 12 * groups]):
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
