"""``kbkit map``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.errors import Fault, InputError
from kbkit.text import Language


def add_map(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(name="map", help=screen.catalogue.say("cli.help_map"), cls=make.command)
    def map_columns(
        table: Annotated[Path, make.argument(help_key="table", metavar="FILE")],
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        from kbkit.ingest import mapping_path, propose_mapping, write_mapping

        with screen.reporting_errors():
            if mapping_path(table).exists():
                # A person may have mended it: it is never written over.
                raise InputError([Fault(code="ingest.mapping_exists", file=str(mapping_path(table)))])
            mapping = propose_mapping(table)
            path = write_mapping(mapping, path=table)
        for column in mapping.columns:
            screen.say("cli.mapped_column", heading=column.heading, means=column.means)
        screen.say("cli.mapping_written", path=str(path))
