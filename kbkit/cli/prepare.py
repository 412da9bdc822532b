"""``kbkit prepare``."""

from __future__ import annotations

import typer

from kbkit.cli.screen import Screen


def add_prepare(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
