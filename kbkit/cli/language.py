"""The language of the command line, known before its arguments are read: help is printed in it, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kbkit.text import DEFAULT_LANGUAGE, LANGUAGES, Language

OPTION: Final = "--language"
VARIABLE: Final = "KBKIT_LANGUAGE"


def find_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language that the arguments ask for, else the environment, else Indonesian."""
    for wish in (*_wishes(arguments), environment.get(VARIABLE, "")):
        for language in LANGUAGES:
            if wish == language:
                return language
    return DEFAULT_LANGUAGE


def _wishes(arguments: Sequence[str]) -> Iterator[str]:
    for position, argument in enumerate(arguments):
        if argument == OPTION:
            yield from arguments[position + 1 : position + 2]
        elif argument.startswith(f"{OPTION}="):
            yield argument.removeprefix(f"{OPTION}=")
