"""What a worker does for one report: run its notebook, with the process's own output in the report's log."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from kbkit.run.cleaning import scrub
from kbkit.run.execution import execute_notebook
from kbkit.run.job import Job
from kbkit.run.loading import load_for
from kbkit.run.messages import Begun, Done
from kbkit.run.outcomes import Ending, Outcome
from kbkit.run.placement import start_folder


def work(job: Job) -> Done:
    """Run the notebook of a job. Whatever happens costs this report and not the batch."""
    try:
        with _output_to_log(job):
            ending = _execute(job)
    except OSError as error:
        ending = Ending.of_system(error)
    return Done(ending=ending, memory=psutil.Process().memory_info().rss)


def _execute(job: Job) -> Ending:
    try:
        return execute_notebook(job, folder=start_folder(job.folder))
    except OSError:
        raise
    # Whatever papermill or nbformat may raise besides.
    except Exception as error:
        traceback.print_exc()
        return Ending(outcome=Outcome.KILLED, diagnostic=scrub(f"{type(error).__name__}: {error}"))


@contextlib.contextmanager
def _output_to_log(job: Job) -> Iterator[None]:
    """Send what C libraries and subprocesses write to this process's output to the end of the job's log."""
    sys.stdout.flush()
    sys.stderr.flush()
    job.log.parent.mkdir(parents=True, exist_ok=True)
    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        with job.log.open("ab") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)


def serve_jobs(connection: Connection) -> None:
    """Do one job after the other until the connection ends: the main function of a spawned worker."""
    loaded: set[Path] = set()
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        if job.notebook not in loaded:
            # What a module sets when it is loaded belongs to the state in which every report starts.
            load_for(job.notebook)
            loaded.add(job.notebook)
        connection.send(Begun())
        connection.send(work(job))
