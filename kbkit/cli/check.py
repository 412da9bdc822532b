"""``kbkit check``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import UNUSABLE, Screen
from kbkit.parameters import check_parameters
from kbkit.text import Language


def add_check(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_check"), cls=make.command)
    def check(
        parameters: Annotated[Path, make.argument(help_key="parameters", metavar="PARAMETERS.yaml")],
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        with screen.reporting_errors():
            faults = check_parameters(parameters)
        screen.faults(faults)
        if faults:
            screen.say("cli.faults_found", count=len(faults), found=str(len(faults)))
            raise typer.Exit(UNUSABLE)
        screen.say("cli.no_faults", file=str(parameters))
