"""What runs in a station (:mod:`kbkit.run.station`): workers and finisher under one loop, for one report at a time.

It ends when its input does, however who started it ended, and takes everything below it with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from kbkit.errors import Fault, InputError
from kbkit.run.environment import ROOT_VARIABLE
from kbkit.run.fingerprint import Parts, changed_parts, program
from kbkit.run.job import Job
from kbkit.run.outcomes import Ending, RegencyOutcome
from kbkit.run.parcel import pack, unpack
from kbkit.run.record import FILE_NAME as RECORD
from kbkit.run.schedule import Schedule
from kbkit.run.station import Answer, Order, say, take_away

_NAMED: Final = 5
"""Packages that are named where a machine has others."""


def serve_station() -> None:
    """Answer orders until they end: the main function of the process."""
    shared, home = map(Path, sys.argv[1:])
    answers = _take_output()
    orders: queue.Queue[Order] = queue.Queue()
    threading.Thread(target=_hear, args=(sys.stdin.buffer, orders), daemon=True).start()
    maker = Maker(shared=shared, home=home)
    while True:
        say(answers, _answer(orders.get(), maker))


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


def _answer(order: Order, maker: Maker) -> Answer | InputError:
    fault = refusal(order.program)
    return maker.make(order) if fault is None else InputError([fault])


def refusal(wanted: Parts) -> Fault | None:
    """Return why a report that is made here would not be the one that the batch wants.

    Args:
        wanted: what makes the reports of the batch.
    """
    different = {
        "kbkit" if part == "code" else member
        for part, found in changed_parts(wanted, program()).items()
        for member in found
    }
    if not different:
        return None
    named = ", ".join(sorted(different)[:_NAMED])
    return Fault(code="cluster.other_version", found=named, details={"machine": socket.gethostname()})


class Maker:
    """Makes reports in a folder that stands for the root of the batch's machine; workers stay warm."""

    def __init__(self, *, shared: Path, home: Path) -> None:
        """Make the folder.

        Args:
            shared: folder of the files that every report reads.
            home: folder to make; nobody else may look into it.
        """
        home.mkdir(mode=0o700)
        self._shared = shared
        self._root = home.resolve() / "root"
        os.environ[ROOT_VARIABLE] = str(self._root)
        self._schedule: Schedule | None = None

    def make(self, order: Order) -> Answer:
        """Make one report from nothing but what was sent, and leave nothing of it."""
        job: Job = pickle.loads(order.job)
        here = replace(job, folder=self._root / job.folder, notebook=self._root / job.notebook)
        try:
            with self._inputs(order.inputs):
                return self._packed(here, self._run(here))
        except OSError as error:
            ending = Ending.of_system(error)
            return Answer(outcome=RegencyOutcome(code=job.code, name=job.name, ending=ending, seconds=0.0))

    @contextlib.contextmanager
    def _inputs(self, own: bytes) -> Iterator[None]:
        """Have there what the report reads, and take everything away after it."""
        take_away(self._root)
        try:
            # A link costs nothing, whatever the length of the file.
            shutil.copytree(self._shared, self._root, copy_function=_link)
            unpack(own, self._root)
            yield
        finally:
            take_away(self._root)

    def _run(self, job: Job) -> RegencyOutcome:
        if self._schedule is None:
            self._schedule = Schedule([job], workers=1)
        else:
            self._schedule.add(job)
        (outcome,) = self._schedule.run()
        return outcome

    def _packed(self, job: Job, outcome: RegencyOutcome) -> Answer:
        # The record is written last here as it was there: a file that is not younger is as the record says.
        files = sorted(outcome.files, key=lambda name: name == RECORD)
        report = pack((name, job.folder / name) for name in files) if files else b""
        log = job.log.read_bytes().replace(os.fsencode(self._root), b"")
        return Answer(outcome=outcome, report=report, log=log)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a system of files without links
        shutil.copy2(source, target)
