"""A command that cannot be understood, in the language of its user."""

from __future__ import annotations

from typing import Final

import typer

from kbkit.text import Catalogue, Language

_SENTENCES: Final = {
    "NoSuchOption": "cli.no_such_option",
    "MissingParameter": "cli.missing_argument",
    "BadOptionUsage": "cli.bad_option",
}
"""Name of the error in typer's parser -> sentence."""


def describe_usage_error(error: typer.TyperException, *, language: Language) -> str:
    """Return one message with the name of what was not understood, and the nearest valid names.

    typer's own messages are English; its error types are not public, but their names and fields are those of click.
    """
    catalogue = Catalogue(language)
    key = _SENTENCES.get(type(error).__name__, "cli.bad_usage")
    parameter = getattr(error, "param", None)
    name = (
        getattr(error, "option_name", None)
        or getattr(parameter, "metavar", None)
        or getattr(parameter, "name", None)
        or "–"
    )
    sentence = catalogue.say(key, name=name, found=error.format_message())
    nearest = getattr(error, "possibilities", None)
    if nearest:
        sentence = f"{sentence} {catalogue.say('places.nearest', nearest=', '.join(sorted(nearest)))}"
    context = getattr(error, "ctx", None)
    command = "kbkit" if context is None else context.command_path
    return f"{sentence} {catalogue.say('cli.see_help', command=command)}"
