"""``kbkit rakor read``: a filled workbook of the coordination meeting, checked before it joins the exports."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.help_words import command_classes
from kbkit.cli.screen import UNUSABLE, Screen
from kbkit.text import Language


def add_rakor(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)
    _command, group = command_classes(screen.catalogue)
    rakor = typer.Typer(name="rakor", cls=group, help=screen.catalogue.say("rakor.help"), add_completion=False)
    app.add_typer(rakor)

    @rakor.callback()
    def meeting() -> None:
        """A group with one command is shown as a group."""

    @rakor.command(name="read", help=screen.catalogue.say("rakor.help_read"), cls=make.command)
    def read(
        workbook: Annotated[
            Path, typer.Argument(help=screen.catalogue.say("rakor.help_workbook"), metavar="RAKOR.xlsx")
        ],
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        from kbkit.ingest import count_plan, read_exports

        with screen.reporting_errors():
            exports = read_exports([workbook])
        plans = [extract for extract in exports.extracts if extract.layout == "plan"]
        screen.faults([*exports.faults, *(fault for extract in exports.extracts for fault in extract.faults)])
        if not plans:
            screen.say("rakor.not_a_plan", file=str(workbook))
            raise typer.Exit(UNUSABLE)
        for plan in plans:
            found = count_plan(plan.table)
            screen.line(screen.catalogue.say("rakor.lines", file=plan.sheet.file, **found))
        screen.say("rakor.next")
        if any(fault.severity == "error" for plan in plans for fault in plan.faults):
            raise typer.Exit(UNUSABLE)
