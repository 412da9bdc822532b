"""Workers: one process each, one regency at a time, so that a death takes no other regency with it."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from typing import Final

from kbkit.run.cleaning import scrub
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.regency import Job, close_stopped, report_regency

_GRACE_SECONDS: Final = 60
"""Time that a worker has beyond the notebook's, to make the documents, before it is ended from outside."""


def run_jobs(jobs: Sequence[Job], *, workers: int) -> Iterator[RegencyOutcome]:
    """Yield the outcome of every job as it comes.

    Args:
        jobs: one a regency, with different folders.
        workers: processes that work at the same time.
    """
    lanes = [_Lane() for _ in range(max(1, min(workers, len(jobs))))]
    with _ignoring_interrupts():
        for lane in lanes:
            lane.start()
    free: SimpleQueue[_Lane] = SimpleQueue()
    for lane in lanes:
        free.put(lane)

    def run(job: Job) -> RegencyOutcome:
        lane = free.get()
        try:
            return lane.run(job)
        finally:
            free.put(lane)

    with ThreadPoolExecutor(max_workers=len(lanes)) as threads:
        futures = [threads.submit(run, job) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            for lane in lanes:
                lane.stop()
            raise
        finally:
            for lane in lanes:
                lane.close()


class _Lane:
    """A worker process that is replaced when it dies.

    Each lane has an executor of its own: a pool of several processes breaks whole when one of them dies, and cannot
    say which regency was the cause.
    """

    def __init__(self) -> None:
        self._executor: ProcessPoolExecutor | None = None
        self._process: int | None = None
        self._stopped = False

    def run(self, job: Job) -> RegencyOutcome:
        """Run one job; a death or a hang of the worker becomes its outcome."""
        begun = time.monotonic()
        try:
            executor = self.start()
            if self._process is None:
                self._process = executor.submit(os.getpid).result()
            return executor.submit(report_regency, job).result(timeout=job.timeout_seconds + _GRACE_SECONDS)
        except TimeoutError:
            ending = Ending(outcome=Outcome.TIMED_OUT)
        except BrokenProcessPool:
            ending = Ending(outcome=Outcome.KILLED)
        except OSError as error:
            # No room on the disk, no right to write, or a document of the older folder is open.
            ending = Ending(outcome=Outcome.FAILED_RENDER, diagnostic=f"{type(error).__name__}: {error.strerror}")
        except Exception as error:
            # Whatever papermill, Jupyter or nbformat may raise besides: it costs one regency, not the batch.
            ending = Ending(outcome=Outcome.KILLED, diagnostic=scrub(f"{type(error).__name__}: {error}"))
        self._end()
        if self._stopped:
            raise KeyboardInterrupt
        return close_stopped(job, ending, seconds=time.monotonic() - begun)

    def stop(self) -> None:
        """End the worker at once, because the whole batch is given up."""
        self._stopped = True
        self._end()

    def close(self) -> None:
        """Let the worker go when it has nothing left to do."""
        if self._executor is not None:
            self._executor.shutdown(wait=True)
            self._executor = None

    def start(self) -> ProcessPoolExecutor:
        """Start the worker where there is none; it loads while others are started."""
        if self._executor is None:
            # A fresh interpreter on every system: a fork of a process with threads may hang, and Windows has none.
            spawn = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=_prepare_worker)
            self._executor.submit(os.getpid)  # the process begins with the first task
        return self._executor

    def _end(self) -> None:
        """End the worker's process; the kernel it started sees that and ends itself."""
        executor, process = self._executor, self._process
        self._executor = self._process = None
        if process is not None:
            with contextlib.suppress(OSError):
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C for a moment, and in the processes started meanwhile from their first instant."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _prepare_worker() -> None:
    # Ctrl-C reaches every process of a terminal; only the one that talks to the person answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What matters to the person is in the outcome; what papermill and nbconvert log would break their screen.
    logging.disable(logging.CRITICAL)
