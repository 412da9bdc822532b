"""``kbkit run``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from pathlib import Path
from typing import Annotated, Any

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.parameters import read_parameters
from kbkit.text import Language


def add_run(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_run"), cls=make.command)
    def run(
        parameters: Annotated[Path, make.argument(help_key="parameters", metavar="PARAMETERS.yaml")],
        regency: Annotated[list[str] | None, make.option("--regency", help_key="regency", metavar="CODE")] = None,
        dataset: Annotated[Path | None, make.option("--dataset", help_key="dataset", metavar="DIR")] = None,
        out: Annotated[Path | None, make.option("--out", help_key="out_run", metavar="DIR")] = None,
        workers: Annotated[int | None, make.option("--workers", help_key="workers", metavar="N")] = None,
        formats: Annotated[str | None, make.option("--formats", help_key="formats", metavar="html,pdf")] = None,
        language: Annotated[Language | None, make.option("--language", help_key="language_run")] = None,
    ) -> None:
        # The engine takes two seconds to load: only for who runs it.
        from kbkit.cli.progress import batch_progress
        from kbkit.run import run_batch

        replacing: dict[str, Any] = {
            "dataset": dataset,
            "out": out,
            "workers": workers,
            "formats": None if formats is None else [name.strip() for name in formats.split(",")],
            "language": language,
        }
        with screen.reporting_errors():
            read = read_parameters(
                parameters, replacing={key: value for key, value in replacing.items() if value is not None}
            )
            with batch_progress(screen, total=len(set(regency or read.regencies))) as progress:
                result = run_batch(read, only=regency, progress=progress)
        failed = sum(outcome.is_failure for outcome in result.outcomes if outcome.code in result.ran)
        screen.say("cli.batch_done", count=len(result.ran), ran=str(len(result.ran)), failed=str(failed))
        screen.say("cli.open", path=str(_shown(result.index)))
        if result.has_failures:
            raise typer.Exit(1)


def _shown(path: Path) -> Path:
    """Return a path as a person in this folder would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
