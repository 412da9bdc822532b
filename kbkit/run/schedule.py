"""The batch at work: workers run notebooks, finishers make documents, and one loop watches over both.

A loop of one thread waits for what the processes say, for their deaths, and for the limits of time and memory. Whoever
dies costs its own report alone; what was lost only because it stood beside is done again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final

from kbkit.run.finishers import Finisher
from kbkit.run.job import Job
from kbkit.run.log import log_begin
from kbkit.run.messages import Begun, Done, Executed, Finished
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.workers import Crew, Worker, open_crew

_LOADING_SECONDS: Final = 300
"""Longest time for a worker to load what a notebook needs, before the limit of the report begins."""

_FINISHING_SECONDS: Final = 120
"""Longest time for the documents of one report."""

_LOOK_SECONDS: Final = 0.5
"""How often memory is looked at."""

_ATTEMPTS: Final = 2
"""How often a report is begun that is lost because another process died."""

_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class _Running:
    """A job in the hands of a worker."""

    job: Job
    worker: Worker
    begun: float
    loading: bool = True

    def overdue(self) -> Ending | None:
        """Return how it ends where it has gone past a limit."""
        if time.monotonic() > self.begun + self.job.timeout_seconds + _LOADING_SECONDS * self.loading:
            return Ending(outcome=Outcome.TIMED_OUT)
        limit = self.job.memory_megabytes
        if limit is not None and self.worker.memory() > limit * _MEBIBYTE:
            return Ending(outcome=Outcome.KILLED, diagnostic=f"memory > {limit} MB")
        return None


def run_jobs(jobs: Sequence[Job], *, workers: int, last: Callable[[], Sequence[Job]]) -> Generator[RegencyOutcome]:
    """Yield the outcome of every job as it comes. Where the caller stops asking, everything is ended at once.

    Args:
        jobs: one a report, with different folders.
        workers: notebooks that run at the same time.
        last: gives the jobs that need all the others to have ended.
    """
    schedule: Schedule | None = None
    try:
        if jobs:
            schedule = Schedule(jobs, workers=min(workers, len(jobs)))
            yield from schedule.run()
        if due := last():
            if schedule is None:
                schedule = Schedule(due, workers=min(workers, len(due)))
            else:
                for job in due:
                    schedule.add(job)
            yield from schedule.run()
    finally:
        if schedule is not None:
            schedule.close()


class Schedule:
    """What waits, what runs, and what is being finished."""

    def __init__(self, jobs: Sequence[Job], *, workers: int) -> None:
        self._waiting = deque(jobs)
        self._workers = workers
        self._executed: deque[Executed] = deque()
        self._running: dict[Connection, _Running] = {}
        self._attempts: dict[str, int] = {}
        self._formats = tuple(sorted({name for job in jobs for name in job.formats}))
        # One a worker: documents take longer than their notebook, and fewer would be what all workers wait for.
        self._finishers = [Finisher.start(self._formats) for _ in range(workers)]
        self._crew: Crew = open_crew(_notebooks(jobs), workers=workers)

    def add(self, job: Job) -> None:
        """Put one more job into the line."""
        self._waiting.append(job)

    def run(self) -> Iterator[RegencyOutcome]:
        """Work until nothing is left."""
        while self._waiting or self._running or self._executed or self._busy():
            self._assign()
            said = wait([*self._running, *(finisher.connection for finisher in self._busy())], timeout=_LOOK_SECONDS)
            for running in [self._running[each] for each in said if each in self._running]:
                del self._running[running.worker.connection]
                self._hear_worker(running)
            for finisher in [each for each in self._busy() if each.connection in said]:
                yield from self._hear_finisher(finisher)
            self._enforce_limits()

    def close(self) -> None:
        """End every process."""
        self._crew.close()
        for finisher in self._finishers:
            finisher.end()

    def _busy(self) -> list[Finisher]:
        return [finisher for finisher in self._finishers if finisher.at is not None]

    def _replace(self, finisher: Finisher) -> None:
        finisher.end()
        self._finishers[self._finishers.index(finisher)] = Finisher.start(self._formats)

    def _assign(self) -> None:
        """Give work to who is free."""
        for finisher in [each for each in self._finishers if each.at is None]:
            if self._executed:
                try:
                    finisher.finish(self._executed[0])
                    self._executed.popleft()
                except OSError:  # it died while it was idle
                    self._replace(finisher)
        while self._waiting and self._has_room():
            job = self._waiting.popleft()
            log_begin(job)
            worker = self._crew.start(job)
            self._running[worker.connection] = _Running(job, worker, time.monotonic())

    def _has_room(self) -> bool:
        """Whether the next job may begin. One that was lost before runs alone: it may be what took the others down."""
        suspects = {running.job.code for running in self._running.values()} & set(self._attempts)
        if suspects or self._waiting[0].code in self._attempts:
            return not self._running
        return len(self._running) < self._workers

    def _hear_worker(self, running: _Running) -> None:
        said = _receive(running.worker.connection)
        if isinstance(said, Begun):
            self._running[running.worker.connection] = replace(running, begun=time.monotonic(), loading=False)
            return
        assert said is None or isinstance(said, Done)
        if said is not None:
            self._conclude(running, said.ending)
        elif not (self._crew.lost_with(running.worker) and self._again(running.job)):
            self._conclude(running, Ending(outcome=Outcome.KILLED))
        self._crew.done(running.worker, said)

    def _conclude(self, running: _Running, ending: Ending) -> None:
        seconds = time.monotonic() - running.begun
        self._executed.append(Executed(job=running.job, ending=ending, seconds=seconds))

    def _again(self, job: Job) -> bool:
        """Put a job back into the line that was lost through no fault of its own; say whether it may be tried again."""
        self._attempts[job.code] = self._attempts.get(job.code, 1) + 1
        if self._attempts[job.code] > _ATTEMPTS:
            return False
        self._waiting.appendleft(job)
        return True

    def _hear_finisher(self, finisher: Finisher) -> Iterator[RegencyOutcome]:
        executed, finisher.at = finisher.at, None
        assert executed is not None
        said = _receive(finisher.connection)
        assert said is None or isinstance(said, Finished)
        if said is None or finisher.has_grown(said):
            self._replace(finisher)
        if said is not None:
            yield replace(said.outcome, seconds=executed.seconds + time.monotonic() - finisher.begun)
        # What the finisher had begun to put in place is mended when the report is begun again.
        elif not self._again(executed.job):
            from kbkit.run.finishing import close_stopped  # loads what notebooks are read with, and is hardly needed

            yield close_stopped(replace(executed, ending=_death(finisher, executed)))

    def _enforce_limits(self) -> None:
        for connection, running in list(self._running.items()):
            ending = running.overdue()
            if ending is not None and not connection.poll():
                del self._running[connection]
                running.worker.kill()
                self._conclude(running, ending)
                self._crew.done(running.worker, None)
        for finisher in self._busy():
            if time.monotonic() > finisher.begun + _FINISHING_SECONDS:
                finisher.process.kill()


def _death(finisher: Finisher, executed: Executed) -> Ending:
    late = time.monotonic() > finisher.begun + _FINISHING_SECONDS
    return Ending(outcome=Outcome.TIMED_OUT if late else Outcome.KILLED, diagnostic=executed.ending.diagnostic)


def _receive(connection: Connection) -> Any:
    """Return what a process says; none where it has died."""
    try:
        return connection.recv()
    except (EOFError, OSError):
        return None


def _notebooks(jobs: Sequence[Job]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(job.notebook for job in jobs))
