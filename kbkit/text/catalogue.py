"""Catalogues of whole sentences, one folder a language, one TOML file a topic.

A key is ``"topic.name"``: file and entry. An entry is a sentence with ``{placeholders}``; where the grammar of numbers
asks for forms it is a table of them (``one``, ``other``), chosen by the number ``count``. Both languages have the
same keys and the same placeholders; a test says so. The caller passes text, already formatted by
:mod:`kbkit.text.numbers`.
"""

from __future__ import annotations

import string
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, get_args

from babel import Locale

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "id"

Entry = str | dict[str, str]


@cache
def read_catalogue(language: Language) -> dict[str, Entry]:
    """Return every entry of a language, keyed ``"topic.name"``."""
    folder = resources.files("kbkit.text") / language
    entries: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            topic = file.name.removesuffix(".toml")
            for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
                entries[f"{topic}.{name}"] = entry
    return entries


def placeholders(entry: Entry) -> frozenset[str]:
    """Return the names of the placeholders of an entry, over all its forms."""
    forms = [entry] if isinstance(entry, str) else list(entry.values())
    return frozenset(name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name)


class Catalogue:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._entries = read_catalogue(language)
        self._plural = Locale.parse(language).plural_form

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def say(self, key: str, /, **values: Any) -> str:
        """Return a sentence with its placeholders filled.

        Args:
            key: ``"topic.name"``.
            values: text for the placeholders; ``count``, a number, where the entry has grammatical forms.

        Raises:
            KeyError: no such sentence, or a placeholder without a value.
        """
        entry = self._entries[key]
        if isinstance(entry, dict):
            entry = entry.get(self._plural(values["count"]), entry["other"])
        return entry.format_map(values)
