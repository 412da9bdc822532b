"""From the journal of a run to a folder in place: the notebook, the documents or the reason, and the record."""

from __future__ import annotations

import gc
import logging
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection

import nbformat
import psutil

from kbkit.parameters import Format
from kbkit.run.cleaning import clean_notebook, mark_cell, number_of, scrub
from kbkit.run.execution import JOURNAL
from kbkit.run.forking import call_in_fork, may_fork
from kbkit.run.job import Job
from kbkit.run.journal import read_journal
from kbkit.run.log import log_ending
from kbkit.run.messages import Executed, Finished
from kbkit.run.notebooks import read_notebook, write_notebook
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.placement import put_in_place, write_whole
from kbkit.run.reasons import describe_ending, reason_file
from kbkit.run.record import write_build
from kbkit.run.rendering import load_exporters, render_documents
from kbkit.text import LANGUAGES, Catalogue

NOTEBOOK = "notebook.ipynb"


def serve_finishing(connection: Connection, formats: Sequence[Format]) -> None:
    """Finish one report after the other until the connection ends: the main function of the process.

    Typst starts threads and keeps a hundred megabytes of every report that it sets. Where the system forks, each report
    is therefore finished in a fork, which takes both away with it; elsewhere who uses this process replaces it.

    Args:
        connection: brings what is to be finished, and takes what came of it.
        formats: documents that will be made; what makes them is loaded before the first report comes.
    """
    logging.disable(logging.CRITICAL)
    _make_ready(formats)
    gc.collect()
    gc.freeze()  # a collection in a fork would write to every page that it shares with this process
    while True:
        try:
            executed: Executed = connection.recv()
            load_exporters(executed.job.formats)
            outcome = call_in_fork(partial(finish, executed)) if may_fork() else finish(executed)
        except EOFError:  # nothing more to do, or the fork died, and this process with it
            return
        connection.send(Finished(outcome=outcome, memory=psutil.Process().memory_info().rss))


def _make_ready(formats: Sequence[Format]) -> None:
    """Load and read what every report needs, so that no fork does: exporters, sentences, what checks notebooks."""
    load_exporters(formats)
    for language in LANGUAGES:
        Catalogue(language)
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]


def finish(executed: Executed) -> RegencyOutcome:
    """Make the documents, or keep what shows why there are none, and put the folder in place."""
    try:
        outcome = _finish(executed)
    except OSError as error:
        outcome = close_stopped(replace(executed, ending=Ending.of_system(error)))
    except Exception as error:
        # Whatever nbformat may raise besides: it costs this report, not the batch.
        ending = Ending(outcome=Outcome.KILLED, diagnostic=scrub(f"{type(error).__name__}: {error}"))
        outcome = close_stopped(replace(executed, ending=ending))
    log_ending(executed.job, outcome)
    return outcome


def _finish(executed: Executed) -> RegencyOutcome:
    job, staging = executed.job, executed.job.staging
    journal = read_journal(staging / JOURNAL)
    if executed.ending.outcome != Outcome.RENDERED or journal is None:
        return close_stopped(executed)
    (staging / JOURNAL).unlink()
    notebook = clean_notebook(journal.notebook, source=read_notebook(job.notebook))
    write_notebook(notebook, staging / NOTEBOOK)
    ending = render_documents(notebook, folder=staging, formats=job.formats)
    return _close(replace(executed, ending=ending))


def close_stopped(executed: Executed) -> RegencyOutcome:
    """Put in place the folder of a report that stopped: the notebook up to its last cell, and the reason.

    Whatever else the notebook had written is left out, so that no half of a report is taken for one. Where not even
    that can be written, because the disk is full or a document of the older folder is open, the outcome has no files:
    what still lies there is not of this run.
    """
    job = executed.job
    try:
        return _close(replace(executed, ending=_keep_notebook(job, executed.ending)))
    except OSError:
        shutil.rmtree(job.staging, ignore_errors=True)
        return RegencyOutcome(code=job.code, name=job.name, ending=executed.ending, seconds=executed.seconds)


def _keep_notebook(job: Job, ending: Ending) -> Ending:
    """Leave only the notebook in the staging folder, marked where it stopped; return the ending with that cell."""
    staging = job.staging
    journal = read_journal(staging / JOURNAL)
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True, exist_ok=True)
    if journal is not None:
        notebook = clean_notebook(journal.notebook, source=read_notebook(job.notebook))
        if journal.last is not None:
            ending = replace(ending, cell=number_of(notebook, journal.last))
            mark_cell(notebook, position=journal.last, text="\n\n".join(describe_ending(ending, language=job.language)))
        write_notebook(notebook, staging / NOTEBOOK)
    return ending


def _close(executed: Executed) -> RegencyOutcome:
    """Write the reason where there is one, and the record, and swap the folder into place."""
    job, ending, staging = executed.job, executed.ending, executed.job.staging
    if ending.outcome != Outcome.RENDERED:
        lines = describe_ending(ending, language=job.language)
        write_whole(staging / reason_file(ending.outcome), "\n".join(lines) + "\n")
    outcome = RegencyOutcome(code=job.code, name=job.name, ending=ending, seconds=executed.seconds)
    outcome = write_build(staging, outcome=outcome, parts=job.parts)
    put_in_place(job.folder)
    return outcome
