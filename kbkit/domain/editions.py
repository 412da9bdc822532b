"""Editions of a report: how small a number of people may be shown to those for whom it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Edition = Literal["public", "strict", "internal"]
"""``public`` for everybody, ``strict`` where an office asks for more, ``internal`` for those who hold the data."""

DEFAULT_EDITION: Final[Edition] = "public"


@dataclass(frozen=True, kw_only=True)
class SmallCells:
    """What an edition hides.

    Attributes:
        edition: its name.
        smallest: the smallest number of cases that is shown; zero is shown too, where at least as many were counted.
        width: values that a hidden number must be able to take for somebody who knows all that is shown. Of two,
            either guess is right half the time.
    """

    edition: Edition
    smallest: int
    width: int

    def hides(self, number: int) -> bool:
        """Whether a number must be hidden for its own sake."""
        return 0 < number < self.smallest


SMALL_CELLS: Final[Mapping[Edition, SmallCells]] = {
    "public": SmallCells(edition="public", smallest=5, width=3),
    "strict": SmallCells(edition="strict", smallest=10, width=5),
    "internal": SmallCells(edition="internal", smallest=1, width=1),
}
"""Five is what area health reports commonly use, ten what offices ask for that publish for small communities."""
