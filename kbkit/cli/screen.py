"""Printing: to a terminal, a pipe or a log, on every system."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table

from kbkit.errors import Fault, InputError, KbkitError
from kbkit.text import Catalogue, Language, describe_fault

UNUSABLE: Final = 2
"""Exit code where the command or its input cannot be used."""

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells expect it and typer returns it."""


class Screen:
    """What a command prints to, in one language.

    Results go to standard output, errors to standard error. Text is never read as markup.
    """

    def __init__(self, language: Language) -> None:
        for stream in (sys.stdout, sys.stderr):
            # A console of Windows may lack a sign that a message holds; a question mark is better than a traceback.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        self.language: Language = language
        self.catalogue = Catalogue(language)
        self.output = Console(markup=False, highlight=False, soft_wrap=True)
        self.errors = Console(markup=False, highlight=False, soft_wrap=True, stderr=True)

    def say(self, key: str, *, count: float | None = None, **values: object) -> None:
        """Print a sentence of the catalogue."""
        self.line(self.catalogue.say(key, count=count, **values))

    def line(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        self.output.print(text)
        self.output.file.flush()

    def table(self, table: Table) -> None:
        """Print a table."""
        self.output.print(table, soft_wrap=False)

    def faults(self, faults: Iterable[Fault]) -> None:
        """Print faults, one a line, where errors go."""
        for fault in faults:
            self.errors.print(describe_fault(fault, language=self.language))

    @contextlib.contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """Turn an error of kbkit or of the file system into a message and exit code 2."""
        try:
            yield
        except InputError as error:
            self.faults(error.faults)
            raise typer.Exit(UNUSABLE) from error
        except KbkitError as error:
            self.errors.print(str(error))
            raise typer.Exit(UNUSABLE) from error
        except OSError as error:
            values: dict[str, Any] = {"file": error.filename or "–", "found": error.strerror or str(error)}
            self.errors.print(self.catalogue.say("cli.system_refused", **values))
            raise typer.Exit(UNUSABLE) from error
