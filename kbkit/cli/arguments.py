"""What commands are made of: typer's arguments and options, with their help in one language."""

from __future__ import annotations

from typing import Any

import typer

from kbkit.cli.help_words import command_classes
from kbkit.text import Catalogue


class Arguments:
    """Makes arguments and options with help from the catalogue: ``cli.help_<key>``.

    Attributes:
        command: the class of commands whose help page is in this language.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.command, _group = command_classes(catalogue)

    def option(self, name: str, *, help_key: str, **settings: Any) -> Any:
        """Return an option."""
        return typer.Option(name, help=self._catalogue.say(f"cli.help_{help_key}"), **settings)

    def argument(self, *, help_key: str, **settings: Any) -> Any:
        """Return an argument."""
        return typer.Argument(help=self._catalogue.say(f"cli.help_{help_key}"), **settings)
