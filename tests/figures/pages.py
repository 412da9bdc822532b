"""Pages as they were drawn, and what is wrong with the places of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations, pairwise
from unittest.mock import patch

from kbkit.figures.canvas import Page
from kbkit.figures.words import Words

Corner = tuple[float, float]

TOUCH = 0.8
"""Points that two lines may share: the room of accents and descenders that are not there."""


@contextmanager
def drawn_pages() -> Iterator[list[Page]]:
    """Gather every page that is drawn meanwhile."""
    pages: list[Page] = []
    draw = Page.to_svg

    def record(page: Page) -> str:
        pages.append(page)
        return draw(page)

    with patch.object(Page, "to_svg", record):
        yield pages


def words_of(page: Page) -> list[Words]:
    return [artist for artist in page.canvas.artists if isinstance(artist, Words) and artist.text.strip()]


def words_outside(page: Page) -> list[str]:
    """Return the lines of text that reach over the edge of their page."""
    width, height = 72 * page.canvas.get_size_inches()
    return [
        words.text
        for words in words_of(page)
        if not all(-0.1 <= x <= width + 0.1 and -0.1 <= y <= height + 0.1 for x, y in words.corners())
    ]


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Return the pairs of lines of text that lie over each other."""
    placed = [(words.text, words.corners()) for words in words_of(page)]
    return [(a, b) for (a, here), (b, there) in combinations(placed, 2) if _meet(here, there)]


def _meet(here: Sequence[Corner], there: Sequence[Corner]) -> bool:
    """Tell whether two rectangles share more than :data:`TOUCH` across every direction of their sides."""
    for (x, y), (to_x, to_y) in (*pairwise(here), *pairwise(there)):
        length = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1e-9)
        across, up = (to_y - y) / length, -(to_x - x) / length
        one, two = ([px * across + py * up for px, py in corners] for corners in (here, there))
        if min(max(one), max(two)) - max(min(one), min(two)) < TOUCH:
            return False
    return True
