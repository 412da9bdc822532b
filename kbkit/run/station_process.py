"""What runs in a station (:mod:`kbkit.run.station`): workers and finisher under one loop, for one report at a time.

It ends when its input does, however who started it ended, and takes everything below it with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import socket
import sys
import threading
from pathlib import Path
from typing import IO, Final

from kbkit.errors import Fault, InputError
from kbkit.run.fingerprint import changed_parts, program
from kbkit.run.job import Job
from kbkit.run.lock import lock_holder
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.schedule import Schedule
from kbkit.run.station import Order, say

_IDLE_SECONDS: Final = 120
"""After which a station ends that nobody asks for anything: its batch was killed."""

_NAMED: Final = 5
"""Packages that are named where a machine has others."""


def serve_station() -> None:
    """Answer orders until they end: the main function of the process."""
    answers = _take_output()
    orders: queue.Queue[Order] = queue.Queue()
    threading.Thread(target=_hear, args=(sys.stdin.buffer, orders), daemon=True).start()
    with contextlib.closing(_Maker()) as maker, contextlib.suppress(queue.Empty):
        while True:
            say(answers, _answer(orders.get(timeout=_IDLE_SECONDS), maker))


def _take_output() -> IO[bytes]:
    """Keep standard output for answers; what anything else prints goes to standard error."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _hear(source: IO[bytes], orders: queue.Queue[Order]) -> None:
    """Put orders into the line. Where they end, end this process, and with it all below it."""
    try:
        while True:
            orders.put(pickle.load(source))
    finally:  # whoever asked is gone, or cannot be understood
        os._exit(0)


def _answer(order: Order, maker: _Maker) -> RegencyOutcome | InputError:
    fault = refusal(order)
    return maker.make(order.job) if fault is None else InputError([fault])


def refusal(order: Order) -> Fault | None:
    """Return why a report that is made here would not be the one that the batch wants."""
    batch, machine = order.job.folder.parent, {"machine": socket.gethostname()}
    if lock_holder(batch) != order.holder:
        return Fault(code="cluster.not_shared", file=str(batch), details=machine)
    ours = program()
    wanted = {part: order.job.parts.get(part, ours[part]) for part in ours}
    different = {
        "kbkit" if part == "code" else member for part, found in changed_parts(wanted, ours).items() for member in found
    }
    if not different:
        return None
    return Fault(code="cluster.other_version", found=", ".join(sorted(different)[:_NAMED]), details=machine)


class _Maker:
    """Workers and finisher, kept warm for one notebook."""

    def __init__(self) -> None:
        self._schedule: Schedule | None = None
        self._notebook: Path | None = None

    def make(self, job: Job) -> RegencyOutcome:
        """Make one report."""
        if self._schedule is None or job.notebook != self._notebook:
            self.close()
            self._schedule, self._notebook = Schedule([job], workers=1), job.notebook
        else:
            self._schedule.add(job)
        (outcome,) = self._schedule.run()
        return outcome

    def close(self) -> None:
        """End the processes."""
        if self._schedule is not None:
            self._schedule.close()
