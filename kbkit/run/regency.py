"""One regency from notebook to documents, in a folder that appears whole."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from kbkit.parameters import Format, RegencyReportParameters
from kbkit.run.cleaning import clean_notebook, mark_cell, number_of, stopped_at, without_markers
from kbkit.run.execution import NOTEBOOK, execute_notebook
from kbkit.run.notebooks import read_notebook, write_notebook
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.placement import list_files, put_in_place, staging_folder, start_folder, write_whole
from kbkit.run.reasons import describe_ending, reason_file
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
    ending = execute_notebook(
        job.notebook, folder=staging, parameters=job.parameters, timeout_seconds=job.timeout_seconds
    )
    if ending.outcome != Outcome.RENDERED:
        return close_stopped(job, ending, seconds=time.monotonic() - begun)
    executed = clean_notebook(read_notebook(staging / NOTEBOOK), source=read_notebook(job.notebook))
    write_notebook(executed, staging / NOTEBOOK)
    ending = render_documents(executed, folder=staging, formats=job.formats)
    return _close(job, ending, seconds=time.monotonic() - begun)


def close_stopped(job: Job, ending: Ending, *, seconds: float) -> RegencyOutcome:
    """Put in place the folder of a regency that stopped: the notebook up to its last cell, and the reason.

    Whatever else the notebook had written is left out, so that no half of a report is taken for one. Where not even
    that can be written, because the disk is full or a document of the older folder is open, the outcome has no files:
    what still lies there is not of this run.
    """
    try:
        return _close(job, _keep_notebook(job, ending), seconds=seconds)
    except OSError:
        shutil.rmtree(staging_folder(job.folder), ignore_errors=True)
        return RegencyOutcome(code=job.parameters.regency, name=job.name, ending=ending, seconds=seconds)


def _keep_notebook(job: Job, ending: Ending) -> Ending:
    """Leave only the notebook in the staging folder, marked where it stopped; return the ending with that cell."""
    staging = staging_folder(job.folder)
    saved = staging / NOTEBOOK
    notebook = without_markers(read_notebook(saved)) if saved.exists() else None
    shutil.rmtree(staging, ignore_errors=True)
    if notebook is not None:
        position = stopped_at(notebook)
        executed = clean_notebook(notebook, source=read_notebook(job.notebook))
        if position is not None:
            ending = replace(ending, cell=number_of(executed, position))
            lines = describe_ending(ending, language=job.parameters.language)
            mark_cell(executed, position=position, text="\n\n".join(lines))
        write_notebook(executed, saved)
    return ending


def _close(job: Job, ending: Ending, *, seconds: float) -> RegencyOutcome:
    """Write the reason where there is one, and swap the folder into place."""
    staging = staging_folder(job.folder)
    if ending.outcome != Outcome.RENDERED:
        lines = describe_ending(ending, language=job.parameters.language)
        write_whole(staging / reason_file(ending.outcome), "\n".join(lines) + "\n")
    put_in_place(job.folder)
    return RegencyOutcome(
        code=job.parameters.regency,
        name=job.name,
        ending=ending,
        files=list_files(job.folder),
        seconds=seconds,
    )
