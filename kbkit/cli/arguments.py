"""Arguments and options that commands share, with their help in one language."""

from __future__ import annotations

from typing import Any

import typer

from kbkit.text import Catalogue


class Arguments:
    """Makes typer's arguments and options with help from the catalogue: ``cli.help_<name>``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def option(self, *names: str, help_key: str, **settings: Any) -> Any:
        """Return an option."""
        return typer.Option(
            *names,
            help=self._catalogue.say(f"cli.help_{help_key}"),
            rich_help_panel=self._catalogue.say("cli.options"),
            **settings,
        )

    def argument(self, *, help_key: str, **settings: Any) -> Any:
        """Return an argument."""
        return typer.Argument(
            help=self._catalogue.say(f"cli.help_{help_key}"),
            rich_help_panel=self._catalogue.say("cli.arguments"),
            **settings,
        )
