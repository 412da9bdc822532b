"""One notebook, run by papermill with the parameters of one regency."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from kbkit.errors import faults_in
from kbkit.parameters import RegencyReportParameters
from kbkit.run.cleaning import scrub
from kbkit.run.kernel import KERNEL_NAME, ReportKernelManager
from kbkit.run.outcomes import Ending, Outcome

NOTEBOOK: Final = "notebook.ipynb"

_START_SECONDS: Final = 120
"""Longest wait for a kernel. A cold disk of an office laptop takes up to a minute."""

_REFUSALS: Final = {"Withheld": Outcome.WITHHELD, "InputError": Outcome.BAD_DATA, "DatasetError": Outcome.BAD_DATA}
"""Errors by which a cell says what is wrong with its input."""


def execute_notebook(
    notebook: Path, *, folder: Path, parameters: RegencyReportParameters, timeout_seconds: int
) -> Ending:
    """Run a notebook in a folder and save it there after every cell, as :data:`NOTEBOOK`.

    Args:
        notebook: the notebook to run.
        folder: where the kernel works and the executed notebook goes.
        parameters: values for the notebook's cell tagged ``parameters``.
        timeout_seconds: longest time for all cells together.

    Returns:
        ``RENDERED`` where every cell ran, else how and why it stopped.
    """
    try:
        papermill.execute_notebook(
            _literal(notebook),
            _literal(folder / NOTEBOOK),
            parameters=parameters.model_dump(),
            cwd=folder,
            kernel_name=KERNEL_NAME,
            language="python",
            progress_bar=False,
            start_timeout=_START_SECONDS,
            kernel_manager_class=ReportKernelManager,
            timeout_func=_remaining(timeout_seconds),
            record_timing=False,
            coalesce_streams=True,
        )
    except PapermillExecutionError as error:
        return _stopped_by(error)
    except CellTimeoutError:
        return Ending(outcome=Outcome.TIMED_OUT)
    except (DeadKernelError, RuntimeError) as error:
        # jupyter_client raises a plain RuntimeError for a kernel that dies or stays silent while it starts.
        return Ending(outcome=Outcome.KILLED, diagnostic=_first_line(str(error)))
    return Ending(outcome=Outcome.RENDERED)


def _literal(path: Path) -> str:
    """Return a path for papermill, which reads braces in a path as parameters to fill in."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _remaining(seconds: int) -> Callable[[Any], int]:
    """Return a function of a cell that gives what is left of the time of the whole notebook, at least a second."""
    end = time.monotonic() + seconds
    return lambda _cell: max(1, round(end - time.monotonic()))


def _stopped_by(error: PapermillExecutionError) -> Ending:
    faults = faults_in(error.evalue)
    outcome: Outcome = _REFUSALS.get(error.ename, Outcome.FAILED_CELL)
    diagnostic = "" if faults else _first_line(f"{error.ename}: {error.evalue}")
    return Ending(outcome=outcome, faults=faults, diagnostic=diagnostic)


def _first_line(text: str) -> str:
    return scrub(text.strip().splitlines()[0]) if text.strip() else ""
