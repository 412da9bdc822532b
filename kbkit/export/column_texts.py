"""The texts that decide how wide the columns of a table must be, chosen before it is set.

To measure every cell would take as long as setting the table. So the widest text is the one with most letters, narrow
ones counted half and wide ones once and a half, and Typst measures that alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kbkit.document import Table
from kbkit.export.letter_widths import letter_widths
from kbkit.export.table_head import spans_whole_width

_NARROW: Final = re.compile(r"[fijlrt.,:;1 ]")
_WIDE: Final = re.compile(r"[mwMW]")
_BETWEEN_WORDS: Final = re.compile(r"[\s/]")

_LONG: Final = 34
"""Letters from which on a word, mostly the name of a file, breaks at its signs: the same as in report.typ."""
_SIGNS: Final = re.compile(r"[_.:=-]")

_FONTS: Final = Path(__file__).parents[1] / "fonts"
_PLAIN: Final = _FONTS / "SourceSansPro-Regular.otf"
_STRONG: Final = _FONTS / "SourceSansPro-Semibold.otf"
_AIR: Final = 1.03
"""Pairs of letters that move apart make a line wider than its letters; by less than this."""


def widest_texts(table: Table) -> list[dict[str, str | float | None]]:
    """Return for every column its widest ``word``, whole cell (``line``), word of the ``title``, and cell ``set_off``.

    Rows that span the whole width have no part in it. Cells set off are those of totals and the like, in bold. With
    them goes how wide the ``longest`` of all cells is at most, in type sizes; none where that cannot be said: where
    the column is no narrower, every cell of it is one line.
    """
    rows = [row for row in table.rows if not spans_whole_width(row)]
    found = []
    for position, column in enumerate(table.columns):
        texts = [row.cells[position].text for row in rows]
        found.append(
            {
                "word": _widest(_words(texts)),
                "line": _widest(texts),
                "title": _widest(_words([column.title])),
                "set_off": _widest(row.cells[position].text for row in rows if row.kind != "body"),
                "longest": _longest((row.cells[position].text, row.kind != "body") for row in rows),
            }
        )
    return found


def _longest(cells: Iterable[tuple[str, bool]]) -> float | None:
    """Return at most how wide texts are in one line, in type sizes; none where one may be no single line.

    Args:
        cells: text, and whether it is set in bold.
    """
    longest = 0.0
    try:
        for text, strong in cells:
            widths = letter_widths(_STRONG if strong else _PLAIN)
            longest = max(longest, sum(map(widths.__getitem__, text)))
            if len(text) >= _LONG and any(len(word) >= _LONG for word in text.split()):
                return None
    except KeyError:  # a letter of another typeface, or the end of a line
        return None
    return round(_AIR * longest, 3)


def _words(texts: Iterable[str]) -> Iterable[str]:
    for word in (word for text in texts for word in _BETWEEN_WORDS.split(text)):
        yield from (word,) if len(word) < _LONG else _SIGNS.split(word)


def _widest(texts: Iterable[str]) -> str:
    return max(texts, key=_letters, default="")


def _letters(text: str) -> float:
    return len(text) - 0.5 * len(_NARROW.findall(text)) + 0.5 * len(_WIDE.findall(text))
