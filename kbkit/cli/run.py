"""``kbkit run``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.errors import Fault, InputError
from kbkit.parameters import read_parameters
from kbkit.text import Language

if TYPE_CHECKING:  # the engine takes two seconds to load
    from kbkit.run import RegencyOutcome


def add_run(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_run"), cls=make.command)
    def run(
        parameters: Annotated[Path, make.argument(help_key="parameters", metavar="PARAMETERS.yaml")],
        regency: Annotated[list[str] | None, make.option("--regency", help_key="regency", metavar="CODE")] = None,
        dataset: Annotated[Path | None, make.option("--dataset", help_key="dataset", metavar="DIR")] = None,
        out: Annotated[Path | None, make.option("--out", help_key="out_run", metavar="DIR")] = None,
        workers: Annotated[
            int | None, make.option("--workers", help_key="workers", metavar="N", envvar="KBKIT_WORKERS")
        ] = None,
        formats: Annotated[
            str | None, make.option("--formats", help_key="formats", metavar="html,pdf,xlsx,docx")
        ] = None,
        retry: Annotated[Literal["failed"] | None, make.option("--retry", help_key="retry")] = None,
        fail_fast: Annotated[bool, make.option("--fail-fast", help_key="fail_fast")] = False,
        shard: Annotated[str | None, make.option("--shard", help_key="shard", metavar="I/N")] = None,
        force: Annotated[bool, make.option("--force", help_key="force")] = False,
        wait: Annotated[bool, make.option("--wait", help_key="wait")] = False,
        scheduler: Annotated[
            str | None, make.option("--scheduler", help_key="scheduler", metavar="tcp://HOST:PORT")
        ] = None,
        language: Annotated[Language | None, make.option("--language", help_key="language_run")] = None,
    ) -> None:
        # The engine takes two seconds to load: only for who runs it.
        from kbkit.cli.progress import batch_progress
        from kbkit.run import Choice, chosen_codes, run_batch

        replacing: dict[str, Any] = {
            "dataset": dataset,
            "out": out,
            "workers": workers,
            "formats": None if formats is None else [name.strip() for name in formats.split(",")],
            "language": language,
        }
        with screen.reporting_errors():
            choice = Choice(only=regency, retry=retry, shard=_part(shard), force=force)
            read = read_parameters(
                parameters, replacing={key: value for key, value in replacing.items() if value is not None}
            )
            with batch_progress(screen, total=len(chosen_codes(read, choice))) as progress:
                result = run_batch(
                    read, choice=choice, fail_fast=fail_fast, wait=wait, scheduler=scheduler, progress=progress
                )
        if result.unchanged:
            screen.say("cli.batch_unchanged", unchanged=str(len(result.unchanged)))
        _say_done(screen, "batch", result.outcomes, result.ran)
        if any(outcome.code in result.ran for outcome in result.summaries):
            _say_done(screen, "summaries", result.summaries, result.ran)
        screen.say("cli.open", path=str(_shown(result.index)))
        if result.has_failures:
            raise typer.Exit(1)


def _say_done(screen: Screen, key: str, outcomes: "tuple[RegencyOutcome, ...]", ran: tuple[str, ...]) -> None:
    """Say how many reports were made this time, and how many of them failed."""
    made = [outcome for outcome in outcomes if outcome.code in ran]
    failed = sum(outcome.is_failure for outcome in made)
    screen.say(f"cli.{key}_done", count=len(made), ran=str(len(made)), failed=str(failed))


def _part(shard: str | None) -> tuple[int, int] | None:
    """Return which part of how many.

    Raises:
        InputError: it is not written ``I/N`` with I from 1 to N.
    """
    if shard is None:
        return None
    found = re.fullmatch(r"([0-9]+)/([0-9]+)", shard)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise InputError([Fault(code="cli.not_a_shard", column="--shard", found=shard, allowed="I/N")])
    return int(found[1]), int(found[2])


def _shown(path: Path) -> Path:
    """Return a path as a person in this folder would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
