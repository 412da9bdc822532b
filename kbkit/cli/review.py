"""``kbkit review``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.new_file import write_new
from kbkit.cli.screen import Screen
from kbkit.text import Language, Style


def add_review(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_review"), cls=make.command)
    def review(
        dataset: Annotated[Path, make.argument(help_key="dataset_read", metavar="DATASET")],
        out: Annotated[Path | None, make.option("--out", help_key="out_review", metavar="FILE.xlsx")] = None,
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        # The register and Excel load here, not for who asks for help.
        from kbkit.dataset import read_metadata
        from kbkit.review import open_cases, write_review

        with screen.reporting_errors():
            metadata = read_metadata(dataset)
            cases = open_cases(dataset)
            if not cases:
                screen.say("cli.no_open_cases", dataset=str(dataset))
                return
            path = out or dataset.with_name(f"{dataset.resolve().name}_keputusan.xlsx")
            content = write_review(cases, metadata=metadata, dataset=str(dataset), language=language)
            write_new(path, content, code="review.already_there")
        count = len(cases)
        screen.say("cli.review_written", count=count, cases=Style(language).count(count), path=str(path))
        screen.say("cli.review_next", path=str(path), dataset=str(dataset))
