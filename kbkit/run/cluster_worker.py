"""What a cluster does for a batch: its workers keep stations that make the reports, and its scheduler ends them."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from distributed import SchedulerPlugin, WorkerPlugin, get_worker

from kbkit.run.parcel import unpack
from kbkit.run.station import Answer, Order, Station, StationLost, take_away


class Stations(WorkerPlugin):
    """The stations of one worker and one batch: as many as it has reports in work at the same time.

    They stay warm between reports, and end with the plugin. Their folders lie in that of the worker, which the cluster
    itself takes away, be it after the worker was killed.
    """

    def __init__(self, *, name: str, shared: bytes) -> None:
        """Take what every worker gets, also one that comes later.

        Args:
            name: of the folder.
            shared: archive of the files that every report reads, which need not travel with each.
        """
        self.name = name
        self._shared = shared

    def setup(self, worker: Any) -> None:
        """Begin without any station: a worker that gets no report starts none."""
        self._home = Path(worker.local_directory, self.name)
        self._numbers = itertools.count()
        self._open = True
        self._idle: list[Station] = []
        self._busy: list[Station] = []
        self._lock = threading.Lock()

    def teardown(self, worker: Any) -> None:
        """End all of them. A report that is being made ends with its station."""
        with self._lock:
            self._open = False
            for station in (*self._idle, *self._busy):
                station.end()
            take_away(self._home)

    @contextlib.contextmanager
    def lend(self) -> Iterator[Station]:
        """Yield a station.

        Raises:
            StationLost: the batch has ended meanwhile.
        """
        with self._lock:
            if not self._open:
                raise StationLost
            station = self._next()
            self._busy.append(station)
        try:
            yield station
        finally:
            with self._lock:
                self._busy.remove(station)
                if station.is_alive and self._open:
                    self._idle.append(station)
                else:
                    station.end()

    def _next(self) -> Station:
        while self._idle:
            station = self._idle.pop()
            if station.is_alive:
                return station
            station.end()  # it was killed while nobody asked it
        return self._start()

    def _start(self) -> Station:
        self._home.mkdir(mode=0o700, exist_ok=True)
        shared = self._home / "shared"
        if not shared.exists():
            aside = self._home / "shared.partial"
            unpack(self._shared, aside)
            aside.rename(shared)
        return Station(shared=shared, home=self._home / f"station-{next(self._numbers)}")


class Departure(SchedulerPlugin):
    """Takes the :class:`Stations` from all workers when their batch has gone, however it went."""

    def __init__(self, *, name: str, client: str) -> None:
        """Wait for the end of a batch.

        Args:
            name: under which its :class:`Stations` are registered.
            client: the batch, as the scheduler knows it.
        """
        self.name = f"{name}-departure"
        self._stations = name
        self._client = client

    def remove_client(self, scheduler: Any, client: str) -> None:
        """End what is the batch's where it is the client that has gone."""
        if client == self._client:
            scheduler.remove_plugin(self.name)
            if self._stations in scheduler.worker_plugins:
                scheduler.loop.add_callback(scheduler.unregister_worker_plugin, None, self._stations)


def make_report(order: Order, *, plugin: str) -> Answer:
    """Have a report made by a station of this worker: the task that a batch sends.

    Args:
        order: what is to be made.
        plugin: name under which the batch has registered its :class:`Stations`.

    Raises:
        InputError: this worker cannot make the report that the batch wants.
        StationLost: the station was killed.
    """
    stations: Any = get_worker().plugins[plugin]
    with stations.lend() as station:
        answer: Answer = station.make(order)
        return answer
