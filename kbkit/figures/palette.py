"""Colours: safe for colour-blind readers, apart in grey print, and never alone in saying anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#1f2a30"
QUIET: Final = "#5b6770"
RULE: Final = "#c9d1d6"
GRID: Final = "#e6eaec"
CRUDE: Final = "#8a949b"
ADJUSTED: Final = "#0b5c66"
TIER_FILL: Final = {
    "dasar": "#d5e8e8",
    "berkembang": "#93c3c4",
    "mandiri": "#3f8f94",
    "berkelanjutan": "#0a4a54",
}
"""Light to dark along the ladder; the darkest differ by lightness alone, so that grey print keeps them apart."""
ABOVE: Final = "#8a3b12"
BELOW: Final = "#0b5c66"
"""Above and below a line. Their greys are near each other: a mark's shape says it too."""
MANY: Final = ("#fbeed9", "#f2c98c", "#dd9350", "#ab5523", "#5f260a")
"""Few to many, for what is unwelcome; falling in lightness by equal steps, so that grey print keeps the order."""
MUCH: Final = ("#e9f1f6", "#bcd3e2", "#86abc6", "#467ba1", "#173f60")
"""Little to much, for what is welcome."""


@dataclass(frozen=True, kw_only=True)
class Fill:
    """How an area is filled.

    Attributes:
        face: colour of the area.
        edge: colour of its border and of its hatching.
        width: points of the border.
        hatch: matplotlib's hatching, empty for none.
    """

    face: str
    edge: str = "white"
    width: float = 1.0
    hatch: str = ""


UNKNOWN: Final = Fill(face="white", edge="#aab4ba", hatch="////")
"""What nobody said is hatched, not coloured: it is neither there nor absent."""


def fill_tier(name: str | None) -> Fill:
    """Return the fill of a tier. Villages without one are hatched: they stand on no rung of the ladder."""
    return UNKNOWN if name is None else Fill(face=TIER_FILL[name])


def shades(*, lightest: str, share: float) -> str:
    """Return the colour at a share between 0 and 1 of the way from the lightest along the ladder's colours."""
    stops = [lightest, *TIER_FILL.values()]
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    start = min(int(place), len(stops) - 2)
    pairs = zip(_channels(stops[start]), _channels(stops[start + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * (place - start)):02x}" for low, high in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
