"""One notebook, run by papermill with the parameters of one report."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import papermill
from papermill.exceptions import PapermillExecutionError

from kbkit.errors import faults_in
from kbkit.run.cleaning import scrub
from kbkit.run.job import Job
from kbkit.run.notebooks import needs_kernel
from kbkit.run.outcomes import Ending, Outcome

JOURNAL: Final = ".cells.jsonl"
"""File in the folder of a report while it is made."""

_ENDINGS: Final = {
    # Errors by which a cell says what is wrong with its input.
    "Withheld": Outcome.WITHHELD,
    "InputError": Outcome.BAD_DATA,
    "DatasetError": Outcome.BAD_DATA,
    # The limit of memory, or the machine's.
    "MemoryError": Outcome.KILLED,
}


def execute_notebook(job: Job, *, folder: Path) -> Ending:
    """Run the cells of a job's notebook in a folder, and leave there what they showed, as :data:`JOURNAL`.

    Returns:
        ``RENDERED`` where every cell ran, else how and why it stopped.
    """
    # What papermill remarks on would stand in the log of every report.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    journal = folder / JOURNAL
    try:
        with _engine_options(job.notebook, journal=journal) as options:
            papermill.execute_notebook(
                _literal(job.notebook),
                None,
                parameters=dict(job.parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=folder,
                **options,
            )
    except PapermillExecutionError as error:
        return _stopped_by(error)
    return Ending(outcome=Outcome.RENDERED)


@contextlib.contextmanager
def _engine_options(notebook: Path, *, journal: Path) -> Iterator[Mapping[str, Any]]:
    """Yield what papermill is told about the engine that the notebook needs."""
    if not needs_kernel(notebook):
        yield {"engine_name": "kbkit", "journal": journal}
        return
    from kbkit.run.real_kernel import kernel_options  # loads what few notebooks need

    with kernel_options(journal=journal) as options:
        yield options


def _literal(path: Path) -> str:
    """Return a path for papermill, which reads braces in a path as parameters to fill in."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _stopped_by(error: PapermillExecutionError) -> Ending:
    faults = faults_in(scrub(error.evalue))
    outcome: Outcome = _ENDINGS.get(error.ename, Outcome.FAILED_CELL)
    diagnostic = "" if faults else _first_line(f"{error.ename}: {error.evalue}")
    return Ending(outcome=outcome, faults=faults, diagnostic=diagnostic)


def _first_line(text: str) -> str:
    return scrub(text.strip().splitlines()[0]) if text.strip() else ""
