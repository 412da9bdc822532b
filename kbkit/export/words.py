"""The few words that an exporter itself prints, where the report does not bring them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def words_of(language: str) -> dict[str, str]:
    """Return the words in a language, in English where the language has none.

    Args:
        language: BCP 47 code; only its first part counts (``"id-ID"`` is ``"id"``).
    """
    catalogue = _catalogue()
    return dict(catalogue.get(language.split("-")[0].lower(), catalogue["en"]))
