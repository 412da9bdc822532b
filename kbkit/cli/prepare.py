"""``kbkit prepare``."""

# No postponed annotations here: typer reads them, and their help is made for one language.
import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import UNUSABLE, Screen
from kbkit.errors import Fault, InputError
from kbkit.text import Language

_CORES: Final = os.cpu_count() or 1
_UNDATED: Final = ("ingest.snapshot_date_unknown", "ingest.period_unknown", "ingest.year_unknown")
"""Faults that a date from the person mends."""


def add_prepare(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_prepare"), cls=make.command)
    def prepare(
        source: Annotated[list[Path], make.argument(help_key="sources", metavar="SOURCE...")],
        out: Annotated[Path, make.option("--out", help_key="out_prepare", metavar="DATASET")],
        snapshot_date: Annotated[
            list[str] | None, make.option("--snapshot-date", help_key="snapshot_date", metavar="FILE=YYYY-MM-DD")
        ] = None,
        decisions: Annotated[Path | None, make.option("--decisions", help_key="decisions", metavar="FILE.xlsx")] = None,
        forget_decisions: Annotated[bool, make.option("--forget-decisions", help_key="forget_decisions")] = False,
        data_types: Annotated[Path | None, make.option("--data-types", help_key="data_types", metavar="FILE")] = None,
        workers: Annotated[int, make.option("--workers", help_key="workers_prepare", metavar="N")] = _CORES,
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        # Readers load here, not for who asks for help.
        from kbkit.cli.account import show_account
        from kbkit.cli.progress import prepare_progress
        from kbkit.prepare import PrepareReport, prepare_dataset

        def prepared(given: dict[str, dt.date]) -> PrepareReport:
            with prepare_progress(screen) as progress:
                return prepare_dataset(
                    sources=source,
                    out=out,
                    snapshot_dates=given,
                    decisions=decisions,
                    forget_decisions=forget_decisions,
                    data_types=data_types,
                    today=dt.date.today(),
                    workers=workers,
                    progress=progress,
                )

        with screen.reporting_errors():
            dates = _read_dates(snapshot_date or [])
            try:
                report = prepared(dates)
                undated = _undated(report.faults)
            except InputError as error:
                undated = _undated(error.faults)
                if not undated or not sys.stdin.isatty():
                    raise
            if undated and sys.stdin.isatty():
                report = prepared(dates | {file: _ask_date(screen, file) for file in undated})
        show_account(screen, report)
        if _undated(report.faults):
            raise typer.Exit(UNUSABLE)


def _read_dates(texts: list[str]) -> dict[str, dt.date]:
    """Return the dates given as ``FILE=YYYY-MM-DD`` by name of the file.

    Raises:
        InputError: a text is not of that form; it carries all that are not.
    """
    dates: dict[str, dt.date] = {}
    faults: list[Fault] = []
    for text in texts:
        file, _, day = text.rpartition("=")
        try:
            dates[file] = dt.date.fromisoformat(day)
        except ValueError:
            file = ""
        if not file:
            faults.append(Fault(code="cli.not_a_date", column="--snapshot-date", found=text, allowed="FILE=YYYY-MM-DD"))
    if faults:
        raise InputError(faults)
    return dates


def _undated(faults: tuple[Fault, ...]) -> list[str]:
    """Return the files that were not read for want of a date, each once."""
    return list(dict.fromkeys(fault.file for fault in faults if fault.code in _UNDATED and fault.file))


def _ask_date(screen: Screen, file: str) -> dt.date:
    """Ask until the answer is a date."""
    while True:
        answer = typer.prompt(screen.catalogue.say("cli.ask_date", file=file))
        try:
            return dt.date.fromisoformat(answer.strip())
        except ValueError:
            screen.say("cli.not_a_date", found=answer, allowed="YYYY-MM-DD")
