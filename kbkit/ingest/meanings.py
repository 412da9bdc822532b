"""What a column of a table of villages may mean: the dictionary behind a proposed mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

from kbkit.domain.indicators import INDICATORS
from kbkit.ingest.headings import normalise_heading

IGNORE: Final = "ignore"
"""Meaning of a column that is not read."""
NEEDED: Final = frozenset({"district", "village"})
"""Without these no row can be placed: names of villages repeat in a regency."""

_PLACES: Final = {
    "province": ("PROVINSI", "NAMA PROVINSI"),
    "regency": ("KABUPATEN", "KABUPATEN KOTA", "NAMA KABUPATEN", "KAB KOTA"),
    "district": ("KECAMATAN", "NAMA KECAMATAN"),
    "village": ("DESA", "KELURAHAN", "DESA KELURAHAN", "NAMA DESA", "NAMA KELURAHAN", "NAMA DESA KELURAHAN"),
    "month": ("BULAN",),
}
_YEAR: Final = {"year": ("TAHUN",)}
_NOT_MAPPED: Final = frozenset({"posyandu", "tier_counts", "eppgbm_health_centre", "age_pyramid"})
"""Registers of areas, of rows that are counted, and of a sex that no column tells."""
_SHORT: Final = {"JML": "JUMLAH", "JLH": "JUMLAH", "JUM": "JUMLAH", "KAB": "KABUPATEN", "KEC": "KECAMATAN"}


class Meanings(Mapping[str, tuple[str, ...]]):
    """Every meaning with the spellings of its heading, places first."""

    def __init__(self) -> None:
        numbers = {item.name: item.headings for item in INDICATORS.values() if item.register not in _NOT_MAPPED}
        self._numbers = frozenset(numbers) - {name for name in numbers if INDICATORS[name].kind == "presence"}
        self._spellings = _PLACES | _YEAR | numbers

    def is_number(self, name: str) -> bool:
        """Whether the cells of a column of this meaning are numbers; else they are words."""
        return name in self._numbers or name in _YEAR

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._spellings[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spellings)

    def __len__(self) -> int:
        return len(self._spellings)


MEANINGS: Final = Meanings()


def likeness(heading: str, spellings: Sequence[str]) -> float:
    """Return how like a heading is to the nearest of some spellings, 0-1, the order of words aside.

    "Jml PUS" is "JUMLAH PUS"; a word "JUMLAH" or "NAMA" before a heading changes little, another word much.
    """
    words = [_SHORT.get(word, word) for word in normalise_heading(heading).split()]
    forms = {" ".join(words), " ".join(word for word in words if word != "JUMLAH")} - {""}
    return max(
        (fuzz.token_sort_ratio(form, normalise_heading(spelling)) / 100 for form in forms for spelling in spellings),
        default=0.0,
    )
