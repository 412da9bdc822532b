"""The processes that make documents, while workers run the next notebooks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from kbkit.parameters import Format
from kbkit.run.messages import Executed, Finished
from kbkit.run.processes import end_process, start_process
from kbkit.run.workers import GROWTH


@dataclass(eq=False)
class Finisher:
    """One process, with what it is at and since when.

    Attributes:
        connection: brings a :class:`~kbkit.run.messages.Finished`, or ends where the process died.
        process: the process.
        at: what it is finishing; none while it is idle.
        begun: when it began with that, by the clock that only goes forward.
    """

    connection: Connection
    process: BaseProcess
    at: Executed | None = None
    begun: float = 0.0
    _first_memory: int = 0

    @classmethod
    def start(cls, formats: Sequence[Format]) -> Finisher:
        """Start a process that will make documents of some formats."""
        process, connection = start_process("kbkit.run.finishing:serve_finishing", tuple(formats))
        return cls(connection=connection, process=process)

    def finish(self, executed: Executed) -> None:
        """Give it something to finish.

        Raises:
            OSError: it has died.
        """
        self.at, self.begun = executed, time.monotonic()
        self.connection.send(executed)

    def has_grown(self, said: Finished) -> bool:
        """Whether the process holds much more than after its first report, and should be replaced."""
        self._first_memory = self._first_memory or said.memory
        return said.memory > self._first_memory + GROWTH

    def end(self) -> None:
        """End the process at once."""
        end_process(self.process, self.connection)
