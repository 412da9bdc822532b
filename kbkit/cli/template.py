"""``kbkit template``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated, Literal

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.new_file import write_new
from kbkit.cli.screen import Screen
from kbkit.text import Language

# As kbkit.template.TemplateKind; that room loads only when the command runs.
Kind = Literal["interventions", "funding", "plan"]


def add_template(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("template.help"), cls=make.command)
    def template(
        kind: Annotated[
            Kind, typer.Argument(help=screen.catalogue.say("template.help_kind"), metavar="KIND")
        ] = "interventions",
        out: Annotated[
            Path | None, typer.Option("--out", help=screen.catalogue.say("template.help_out"), metavar="FILE.xlsx")
        ] = None,
        regency: Annotated[
            str | None, typer.Option("--regency", help=screen.catalogue.say("template.help_regency"), metavar="CODE")
        ] = None,
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        from kbkit.template import places_of, write_template

        path = out or Path(screen.catalogue.say(f"template.file_{kind}"))
        with screen.reporting_errors():
            places = places_of(regency) if regency else ()
            write_new(path, write_template(kind, language=language, places=places), code="template.already_there")
        screen.say("template.written", path=str(path))
        screen.say("template.next")
