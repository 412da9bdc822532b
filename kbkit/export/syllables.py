"""Where an Indonesian word may be cut.

Typst has no hyphenation patterns for Indonesian, and soft hyphens in every word would stand in the text that a PDF
gives to a search or a screen reader. So words are cut only where they would run out of their column.

Rules: Ejaan Bahasa Indonesia yang Disempurnakan, Edisi V (2022), Pemenggalan Kata: before a consonant between vowels
(``la-wan``), between two consonants (``man-di``, ``Ap-ril``), after the first of three (``in-fra``); ng, ny, sy and kh
are one sound. Suffixes stay whole (``makan-an``), which letters alone do not show: nothing is cut within the last three
sounds, nor after fewer than three letters (``ber-asosiasi``). Vowels are never parted.
"""

from __future__ import annotations

import re

_SOUND = re.compile(r"ng|ny|sy|kh|[a-z]", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z]{8,}")
_VOWELS = frozenset("aeiouAEIOU")
_FEWEST_LETTERS_BEFORE = 3
_FEWEST_SOUNDS_AFTER = 4


def cut(word: str) -> tuple[str, ...]:
    """Return a word of letters in the pieces between which a line may break."""
    sounds = _SOUND.findall(word)
    pieces, piece = [], ""
    for position, sound in enumerate(sounds):
        if len(piece) >= _FEWEST_LETTERS_BEFORE and _opens_syllable(sounds, position):
            pieces.append(piece)
            piece = ""
        piece += sound
    return (*pieces, piece)


def _opens_syllable(sounds: list[str], position: int) -> bool:
    """Whether a syllable starts at a sound, by the kinds of its neighbours."""
    if position == 0 or len(sounds) - position < _FEWEST_SOUNDS_AFTER or _is_vowel(sounds[position]):
        return False
    if _is_vowel(sounds[position - 1]):
        return _is_vowel(sounds[position + 1])
    return position >= 2 and _is_vowel(sounds[position - 2])


def _is_vowel(sound: str) -> bool:
    return sound in _VOWELS


def long_words(text: str) -> set[str]:
    """Return the words of a text that are long enough to be cut."""
    return set(_LETTERS.findall(text))
