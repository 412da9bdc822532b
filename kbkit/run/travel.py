"""Reports that are made elsewhere: the order goes with all that they read; what comes back is put in place whole."""

from __future__ import annotations

import contextlib
import pickle
from dataclasses import replace

from kbkit.parameters import BatchParameters
from kbkit.run.fingerprint import program
from kbkit.run.inputs import own_inputs
from kbkit.run.job import Job
from kbkit.run.log import log_begin, log_ending
from kbkit.run.messages import Executed
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.parcel import below_root, pack_inputs, unpack
from kbkit.run.placement import put_in_place, start_folder, write_whole
from kbkit.run.station import Answer, Order


def order_of(job: Job, *, parameters: BatchParameters) -> Order:
    """Return what a station needs to make a report.

    Args:
        job: the report.
        parameters: of its batch.
    """
    sent = replace(job, folder=below_root(job.folder), notebook=below_root(job.notebook))
    return Order(program=program(), job=pickle.dumps(sent), inputs=pack_inputs(own_inputs(parameters, job)))


def place_report(job: Job, answer: Answer) -> RegencyOutcome:
    """Put in place what a station has sent; the older folder stays where that cannot be done."""
    if not answer.report:
        return close_lost(job, answer.outcome.ending)
    with contextlib.suppress(OSError):  # a log that cannot be written does not fail a report
        write_whole(job.log, answer.log)
    try:
        unpack(answer.report, start_folder(job.folder))
        put_in_place(job.folder)
    except OSError as error:
        return close_lost(job, Ending.of_system(error))
    return answer.outcome


def close_lost(job: Job, ending: Ending) -> RegencyOutcome:
    """Put in place the reason why there is no report, and log it."""
    from kbkit.run.finishing import close_stopped  # loads what notebooks are read with, and is hardly needed

    with contextlib.suppress(OSError):
        log_begin(job)
    outcome = close_stopped(Executed(job=job, ending=ending, seconds=0.0))
    log_ending(job, outcome)
    return outcome


def ending_of(error: Exception) -> Ending:
    """Return how a report ends that an error kept from being made or placed."""
    if isinstance(error, OSError):
        return Ending.of_system(error)
    return Ending(outcome=Outcome.KILLED, diagnostic=type(error).__name__)
