"""A station: a process that makes whole reports, one after the other, for a process of another program.

A worker of a cluster has threads, an event loop, and often no right to have children of its own kind. So what a batch
is on one machine, workers and finisher under one loop, stands in a process of its own, which talks by its standard
input and output (:mod:`kbkit.run.station_process`). Here is the side of who starts it, light to load.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, Final

from kbkit.errors import InputError
from kbkit.run.job import Job
from kbkit.run.outcomes import RegencyOutcome

_START: Final = "from kbkit.run.station_process import serve_station; serve_station()"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a station is asked to do.

    Attributes:
        job: the report to make.
        holder: what the lock of the batch's folder says to the batch itself.
    """

    job: Job
    holder: str


class StationLost(Exception):  # noqa: N818 - what happened to it, not a fault of who asked
    """The station ended before it answered."""


class Station:
    """A station, seen from who starts it."""

    def __init__(self) -> None:
        # -P: what lies in the folder where a worker happens to run is not imported.
        command = [sys.executable, "-P", "-c", _START]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked: one that is idle for long ends."""
        return self._process.poll() is None

    def make(self, order: Order) -> RegencyOutcome:
        """Make a report and wait for it.

        Raises:
            InputError: the station does not see the batch's folder, or has another kbkit.
            StationLost: it ended, of itself or by :meth:`end`.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            say(self._process.stdin, order)
            answer = pickle.load(self._process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            raise StationLost from error
        if isinstance(answer, InputError):
            raise answer
        assert isinstance(answer, RegencyOutcome)
        return answer

    def end(self) -> None:
        """End it at once. Any thread may."""
        self._process.kill()
        self._process.wait()


def say(stream: IO[bytes], message: object) -> None:
    """Send an order or an answer."""
    pickle.dump(message, stream)
    stream.flush()
