"""The spelling by which words of a vocabulary are compared: capitals, punctuation and spaces do not matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NOISE: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)
def plain_words(text: str) -> str:
    """Return a text in small letters, its words parted by one space: ``"Dinas  P3A."`` is ``"dinas p3a"``."""
    return " ".join(_NOISE.sub(" ", text.casefold()).split())
