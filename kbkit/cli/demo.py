"""``kbkit demo``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.text import Language


def add_demo(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_demo"), cls=make.command)
    def demo(
        out: Annotated[Path, make.option("--out", help_key="out_demo", metavar="DIR")] = Path("outputs/demo"),
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        # Numerical packages load here, not for who asks for help.
        from kbkit.demo import write_demo

        with screen.reporting_errors():
            report = write_demo(out=out)
        screen.say(
            "cli.demo_written", count=len(report.files), files=str(len(report.files)), folder=str(report.exports)
        )
        screen.say("cli.demo_next", folder=str(report.exports), dataset=str(out / "dataset"))
