"""Names of places as keys that forgive how they are written: case, punctuation, spacing, old spelling, prefixes.

Two keys a name. The *plain* key folds what carries no meaning. The *loose* key also folds spelling reforms (*oe* for
*u*, *dj* for *j*, *tj* for *c*), numerals, abbreviations and words of kind ("Desa", "Kel.", "Kep."); it is used only
where it is the only one of its kind among the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_NOISE: Final = re.compile(r"[^A-Z0-9]+")
_APOSTROPHES: Final = re.compile(r"['`´‘’ʼ\"]")
_BRACKETS: Final = re.compile(r"\([^)]*\)")

_KINDS_OF_VILLAGE: Final = frozenset(
    {"DESA", "DS", "KELURAHAN", "KEL", "KEPENGHULUAN", "KEP", "NAGARI", "PEKON", "GAMPONG", "GP", "KAMPUNG", "KAMPONG"}
    | {"KP", "KAMP", "NEGERI", "LEMBANG", "TIYUH", "UPT", "OHOI", "ADAT"}
)
"""Words that say what kind of place a village is, where they stand first and something follows."""
_KINDS_OF_DISTRICT: Final = frozenset({"KECAMATAN", "KEC", "DISTRIK", "PUSKESMAS", "PKM", "UPT", "UPTD"})

_REFORMS: Final = (("TJ", "C"), ("DJ", "J"), ("OE", "U"))
"""Old spelling to present: *oe* became *u* in 1947 (Soewandi), *dj* and *tj* became *j* and *c* in 1972 (EYD)."""
_ABBREVIATIONS: Final = {
    "TG": "TANJUNG",
    "TJ": "TANJUNG",
    "TJG": "TANJUNG",
    "SEI": "SUNGAI",
    "GN": "GUNUNG",
    "TLK": "TELUK",
    "WT": "WATANG",
    "P": "PULAU",
    "PSR": "PASAR",
    "STM": "SINEMBAH TANJUNG MUDA",
}
_NUMERALS: Final = {
    word: value
    for value, words in enumerate(
        (
            "I SATU",
            "II DUA",
            "III TIGA",
            "IV EMPAT",
            "V LIMA",
            "VI ENAM",
            "VII TUJUH",
            "VIII DELAPAN",
            "IX SEMBILAN",
            "X SEPULUH",
            "XI SEBELAS",
            "XII",
            "XIII",
            "XIV",
            "XV",
            "XVI",
            "XVII",
            "XVIII",
            "XIX",
            "XX",
        ),
        start=1,
    )
    for word in words.split()
}


@lru_cache(maxsize=200_000)
def plain_key(name: str) -> str:
    """Return a name in capitals without spaces, accents and punctuation: ``"Bulu Mario"`` gives ``"BULUMARIO"``."""
    return "".join(words_of(name))


@lru_cache(maxsize=200_000)
def loose_key(name: str) -> str:
    """Return the plain key of a village's name without its word of kind, in present spelling, numerals in digits."""
    return _settled(name, _KINDS_OF_VILLAGE)


@lru_cache(maxsize=50_000)
def loose_district_key(name: str) -> str:
    """Return the loose key of the name of a district, or of the health centre named after it."""
    return _settled(name, _KINDS_OF_DISTRICT)


def words_of(name: str) -> list[str]:
    """Return the words of a name in capitals, without accents and punctuation."""
    text = name.upper() if name.isascii() else _without_accents(name)
    return _NOISE.sub(" ", _APOSTROPHES.sub("", text)).split()


def _without_accents(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).upper()
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _settled(name: str, kinds: frozenset[str]) -> str:
    """Fold until nothing changes, so that the key of a key is itself."""
    key = _fold(name, kinds)
    while _may_fold_further(key) and (again := _fold(key, kinds)) != key:
        key = again
    return key


def _may_fold_further(key: str) -> bool:
    """Whether a key, which is one word, holds anything that folding changes."""
    return key in _ABBREVIATIONS or key in _NUMERALS or any(old in key for old, _ in _REFORMS)


def _fold(name: str, kinds: frozenset[str]) -> str:
    words = words_of(_BRACKETS.sub(" ", name)) or words_of(name)
    while len(words) > 1 and words[0] in kinds:
        words = words[1:]
    full = " ".join(_ABBREVIATIONS.get(word, word) for word in words).split()
    key = "".join(_counted(full))
    for old, new in _REFORMS:
        key = key.replace(old, new)
    return key


def _counted(words: list[str]) -> Iterator[str]:
    """Yield the words with numbers in digits: ``DUA PULUH ENAM`` and ``DUA BELAS`` are one number each."""
    index = 0
    while index < len(words):
        value = _NUMERALS.get(words[index])
        step = words[index + 1] if index + 1 < len(words) else ""
        if value is not None and step == "BELAS":
            value, index = 10 + value, index + 1
        elif value is not None and step == "PULUH":
            ones = _NUMERALS.get(words[index + 2], 0) if index + 2 < len(words) else 0
            value, index = 10 * value + ones, index + (2 if ones else 1)
        yield words[index] if value is None else str(value)
        index += 1
