"""A station: a process that makes whole reports, one after the other, for a process of another program.

A worker of a cluster has threads, an event loop, and often no right to have children of its own kind. So what a batch
is on one machine, workers and finisher under one loop, stands in a process of its own, which talks by its standard
input and output (:mod:`kbkit.run.station_process`). Here is the side of who starts it, light to load.
"""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from kbkit.errors import InputError
from kbkit.run.outcomes import RegencyOutcome

_START: Final = "from kbkit.run.station_process import serve_station; serve_station()"

_PATIENCE: Final = (0.0, 0.1, 0.3, 1.0)
"""Seconds between attempts to take a folder away: what wrote into it may still be ending."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a station is asked to make. Its contents are in no message: a cluster logs the arguments of what fails.

    Attributes:
        program: what makes the reports of the batch, as :func:`kbkit.run.fingerprint.program` says it.
        job: the :class:`~kbkit.run.job.Job`, its paths below the root, pickled: another system or kbkit could not read
            it, and is to say so.
        inputs: archive of the files that this report reads and not every report of its batch.
    """

    program: Mapping[str, Mapping[str, str]] = field(repr=False)
    job: bytes = field(repr=False)
    inputs: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a station has made.

    Attributes:
        outcome: what became of the report.
        report: archive of its folder, the record last; empty where not even a reason could be written there.
        log: its log.
    """

    outcome: RegencyOutcome
    report: bytes = field(default=b"", repr=False)
    log: bytes = field(default=b"", repr=False)


class StationLost(Exception):  # noqa: N818 - what happened to it, not a fault of who asked
    """The station ended before it answered."""


class Station:
    """A station, seen from who starts it."""

    def __init__(self, *, shared: Path, home: Path) -> None:
        """Start it.

        Args:
            shared: folder of the files that every report reads, by their whole paths below it.
            home: folder that it may make and use; it is taken away with it.
        """
        self._home = home
        # -P: what lies in the folder where a worker happens to run is not imported.
        command = [sys.executable, "-P", "-c", _START, str(shared), str(home)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def make(self, order: Order) -> Answer:
        """Have a report made and wait for it.

        Raises:
            InputError: the station has another kbkit.
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
        assert isinstance(answer, Answer)
        return answer

    def end(self) -> None:
        """End it at once. Any thread may."""
        self._process.kill()
        self._process.wait()
        take_away(self._home)


def say(stream: IO[bytes], message: object) -> None:
    """Send an order or an answer."""
    pickle.dump(message, stream)
    stream.flush()


def take_away(folder: Path) -> None:
    """Remove a folder that processes which were just killed may be writing into."""
    for pause in _PATIENCE:
        time.sleep(pause)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
