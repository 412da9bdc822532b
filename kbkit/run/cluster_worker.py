"""What a worker of a Dask cluster does for a batch: it keeps stations, and has one of them make a report."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from distributed import WorkerPlugin, get_worker

from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.station import Order, Station, StationLost


class Stations(WorkerPlugin):
    """The stations of one worker and one batch: as many as it has reports in work at the same time.

    They stay warm between reports, and end with the plugin. A report that nobody wants any more, because its batch was
    stopped or killed, ends with its station.
    """

    def setup(self, worker: Any) -> None:
        """Begin without any: a worker that gets no report starts none."""
        self._open = True
        self._idle: list[Station] = []
        self._busy: dict[Any, Station] = {}
        self._lock = threading.Lock()

    def teardown(self, worker: Any) -> None:
        """End all of them."""
        with self._lock:
            self._open = False
            for station in (*self._idle, *self._busy.values()):
                station.end()

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        """End the station of a task that is taken back while it runs."""
        if start == "executing" and finish == "released":
            with self._lock:
                if key in self._busy:
                    self._busy[key].end()

    @contextlib.contextmanager
    def lend(self, key: Any) -> Iterator[Station]:
        """Yield a station for a task.

        Raises:
            StationLost: the batch has ended meanwhile.
        """
        with self._lock:
            if not self._open:
                raise StationLost
            self._idle = [each for each in self._idle if each.is_alive]
            station = self._busy[key] = self._idle.pop() if self._idle else Station()
        whole = False
        try:
            yield station
            whole = True
        finally:
            with self._lock:
                del self._busy[key]
                if whole:
                    self._idle.append(station)
                else:
                    station.end()


def make_report(order: Order, *, plugin: str) -> RegencyOutcome:
    """Make a report in a station of this worker: the task that a batch sends.

    Args:
        order: what is to be made.
        plugin: name under which the batch has registered its :class:`Stations`.

    Raises:
        InputError: this worker cannot make the report that the batch wants.
        StationLost: the station was killed.
    """
    worker = get_worker()
    stations: Any = worker.plugins[plugin]
    # Of two attempts the earlier may still be ending where its worker is no longer heard of.
    job = replace(order.job, attempt=uuid.uuid4().hex[:8])
    with stations.lend(worker.get_current_task()) as station:
        outcome: RegencyOutcome = station.make(replace(order, job=job))
        return outcome
