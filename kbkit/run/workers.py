"""Workers: where notebooks run. Forked anew for each report, or spawned and used again.

Both run the same engine, so that a report has the same bytes from either. A fork is quicker to begin and cannot carry
anything over from the report before; where the system cannot fork safely, a spawned worker sets back what it can
(:mod:`kbkit.run.clean_state`) and is replaced when it has grown.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, Protocol

from kbkit.run.forking import wants_forks
from kbkit.run.job import Job
from kbkit.run.messages import Done
from kbkit.run.processes import end_group, end_process, memory_of, start_process

GROWTH: Final = 200 * 1024 * 1024
"""Bytes by which a process that does many reports may grow past its first one before it is replaced."""


_MOMENT: Final = 0.2
"""Seconds."""


class Worker(Protocol):
    """A process that runs one notebook.

    ``connection`` brings a :class:`~kbkit.run.messages.Done`, or ends where the process died.
    """

    connection: Connection

    def kill(self) -> None:
        """End it at once."""

    def memory(self) -> int:
        """Return the bytes it holds."""


class Crew(Protocol):
    """Where workers come from."""

    def start(self, job: Job) -> Worker:
        """Put a worker to a job."""

    def done(self, worker: Worker, said: Done | None) -> None:
        """Take a worker back: after what it said, or after its death."""

    def lost_with(self, worker: Worker) -> bool:
        """Whether a worker that died did so because all of them were taken down, and not by its own job."""

    def close(self) -> None:
        """End all processes."""


def open_crew(notebooks: Sequence[Path], *, workers: int) -> Crew:
    """Return where this system's workers come from.

    Args:
        notebooks: what the workers will run.
        workers: how many work at the same time.
    """
    if wants_forks():
        with contextlib.suppress(CannotFork):
            return ForkedCrew(notebooks)
    return SpawnedCrew(workers=workers)


class CannotFork(Exception):  # noqa: N818 - a finding about the system, not a fault
    """The fork server could not be loaded, or something that a notebook imports has started a thread in it."""


@dataclass(eq=False)
class ForkedWorker:
    """A fork of the server that does one job."""

    connection: Connection
    number: int
    generation: int

    def kill(self) -> None:
        """End it and what its cells started."""
        end_group(self.number)

    def memory(self) -> int:
        """Return the bytes it holds, with those that it shares with the server."""
        return memory_of(self.number)


class ForkedCrew:
    """Workers forked by a :mod:`~kbkit.run.fork_server`, which is started anew when it dies."""

    def __init__(self, notebooks: Sequence[Path]) -> None:
        self._notebooks = tuple(notebooks)
        self._generation = 0
        self._start_server()

    def start(self, job: Job) -> ForkedWorker:
        """Fork. Where the server has died meanwhile, start another one first."""
        try:
            return self._fork(job)
        except (OSError, EOFError):
            self.close()
            self._start_server()
            return self._fork(job)

    def done(self, worker: Worker, said: Done | None) -> None:
        """Let go of a worker that is ending."""
        worker.connection.close()

    def lost_with(self, worker: Worker) -> bool:
        """Whether the server died, and its children with it. They are told a moment before it is seen to be dead."""
        assert isinstance(worker, ForkedWorker)
        self._process.join(_MOMENT)
        return worker.generation != self._generation or not self._process.is_alive()

    def close(self) -> None:
        """End the server; its children end with it."""
        end_process(self._process, self._control)

    def _start_server(self) -> None:
        self._generation += 1
        self._process, self._control = start_process("kbkit.run.fork_server:serve_forks", self._notebooks)
        try:
            threads = self._control.recv()
        except EOFError:  # it died while it was loading
            threads = None
        if threads != 1:
            self.close()
            raise CannotFork

    def _fork(self, job: Job) -> ForkedWorker:
        here, there = socket.socketpair()
        with socket.socket(fileno=os.dup(self._control.fileno())) as channel, there:
            socket.send_fds(channel, [b"f"], [there.fileno()])
        connection = Connection(here.detach())
        number = connection.recv()
        connection.send(job)
        return ForkedWorker(connection=connection, number=number, generation=self._generation)


@dataclass(eq=False)
class SpawnedWorker:
    """A process that does one job after the other."""

    connection: Connection
    process: BaseProcess
    first_memory: int = field(default=0)

    def kill(self) -> None:
        """End it."""
        self.process.kill()

    def memory(self) -> int:
        """Return the bytes it holds."""
        return memory_of(self.process.pid or 0)


class SpawnedCrew:
    """Workers that are kept between jobs. All of them start at once, since each takes seconds to load."""

    def __init__(self, *, workers: int) -> None:
        self._idle = [self._spawn() for _ in range(workers)]
        self._busy: list[SpawnedWorker] = []

    def start(self, job: Job) -> SpawnedWorker:
        """Put an idle worker to a job, a new one where none is left alive."""
        worker = self._idle.pop() if self._idle else self._spawn()
        try:
            worker.connection.send(job)
        except OSError:  # it died while it was idle
            end_process(worker.process, worker.connection)
            return self.start(job)
        self._busy.append(worker)
        return worker

    def done(self, worker: Worker, said: Done | None) -> None:
        """Keep a worker for the next job; end one that has grown, or is dead."""
        assert isinstance(worker, SpawnedWorker)
        self._busy.remove(worker)
        if said is not None:
            worker.first_memory = worker.first_memory or said.memory
        if said is None or said.memory > worker.first_memory + GROWTH:
            end_process(worker.process, worker.connection)
        else:
            self._idle.append(worker)

    def lost_with(self, worker: Worker) -> bool:
        """Return that a worker dies alone."""
        return False

    def close(self) -> None:
        """End all workers."""
        for worker in (*self._idle, *self._busy):
            end_process(worker.process, worker.connection)

    @staticmethod
    def _spawn() -> SpawnedWorker:
        process, connection = start_process("kbkit.run.work:serve_jobs")
        return SpawnedWorker(connection=connection, process=process)
