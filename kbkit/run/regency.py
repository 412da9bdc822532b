"""One regency from notebook to documents, in a folder that appears whole."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kbkit.parameters import Format, RegencyReportParameters
from kbkit.run.cleaning import clean_notebook, mark_cell, number_of, stopped_at
from kbkit.run.execution import NOTEBOOK, execute_notebook
from kbkit.run.outcomes import Outcome, RegencyOutcome, Stop
from kbkit.run.placement import put_in_place, staging_folder, start_folder, write_whole
from kbkit.run.reasons import FAILURE_FILE, REASON_FILES, describe_outcome
from kbkit.run.rendering import render_documents


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a worker needs to make one regency's folder.

    Attributes:
        name: official name of the regency.
        folder: the regency's folder.
        notebook: the notebook to run.
        parameters: values for the notebook, paths relative to ``folder``.
        formats: documents to make.
        timeout_seconds: longest time for the notebook.
    """

    name: str
    folder: Path
    notebook: Path
    parameters: RegencyReportParameters
    formats: tuple[Format, ...]
    timeout_seconds: int


def report_regency(job: Job) -> RegencyOutcome:
    """Run the notebook, make the documents, and put the folder in place."""
    begun = time.monotonic()
    staging = start_folder(job.folder)
    stop = execute_notebook(
        job.notebook, folder=staging, parameters=job.parameters, timeout_seconds=job.timeout_seconds
    )
    if stop is not None:
        return close_stopped(job, stop, seconds=time.monotonic() - begun)
    executed = _clean(job)
    _save(executed, staging)
    stop = render_documents(executed, folder=staging, formats=job.formats)
    if stop is not None:
        _write_reason(job, stop)
    return _closed(job, stop or Stop(outcome=Outcome.RENDERED), seconds=time.monotonic() - begun)


def close_stopped(job: Job, stop: Stop, *, seconds: float) -> RegencyOutcome:
    """Put in place the folder of a regency whose notebook stopped: the notebook up to its last cell, and the reason.

    Whatever else the notebook had written is left out, so that no half of a report is taken for one.
    """
    staging = staging_folder(job.folder)
    if (staging / NOTEBOOK).exists():
        raw = nbformat.read(staging / NOTEBOOK, as_version=4)
        position = stopped_at(raw)
        executed = _clean(job)
        if position is not None:
            pass
    return _closed(job, stop, seconds=seconds)
