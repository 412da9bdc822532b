"""A batch on many machines: its jobs travel to the workers of a Dask cluster with what they read, and reports back.

What a worker of the cluster does for a report is what a batch on one machine does for it (:mod:`kbkit.run.station`),
in a folder of its own; no machine sees a folder of another one. The cluster deals jobs out and gives those of a lost
worker to another one; the folder of the batch, its lock and its records stay with the batch.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Final

from distributed import Client
from distributed.comm.addressing import get_address_host_port

from kbkit.errors import Fault, InputError
from kbkit.parameters import BatchParameters
from kbkit.run.cluster_worker import Departure, Stations, make_report
from kbkit.run.inputs import shared_inputs
from kbkit.run.job import Job
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.parcel import pack_inputs
from kbkit.run.station import Answer
from kbkit.run.travel import close_lost, ending_of, order_of, place_report

_CONNECT_SECONDS: Final = 10

_LOOK_SECONDS: Final = 5
"""How often the workers are counted while nothing comes."""

_AHEAD: Final = 2
"""Jobs that are with the cluster for each that it can run: the next is there when one ends, and few are in memory."""

_RETRIES: Final = 1
"""How often a report is begun again whose station was killed on a worker that lives on.

One that takes workers down is begun again as often as the cluster's own setting ``allowed-failures`` says.
"""


def run_on_cluster(
    jobs: Sequence[Job], *, parameters: BatchParameters, scheduler: str, last: Callable[[], Sequence[Job]]
) -> Generator[RegencyOutcome]:
    """Yield the outcome of every job as it comes. Where the caller stops asking, everything is ended at once.

    Args:
        jobs: one a report, with different folders in that of one batch, which this process has locked.
        parameters: of the batch.
        scheduler: address of the cluster's scheduler, ``tcp://host:port``.
        last: gives the jobs that need all the others to have ended.

    Raises:
        InputError: the scheduler cannot be reached, or its workers cannot make these reports.
    """
    _refuse_other_drives(parameters)
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(_open_cluster(scheduler, parameters)) if jobs else None
        if cluster is not None:
            yield from cluster.run(jobs)
        if due := last():
            cluster = cluster or stack.enter_context(_open_cluster(scheduler, parameters))
            yield from cluster.run(due)


def _refuse_other_drives(parameters: BatchParameters) -> None:
    """Refuse files to which no relative path leads: their absolute one is none on another machine."""
    for file in shared_inputs(parameters):
        if file.absolute().anchor != parameters.folder.absolute().anchor:
            raise InputError([Fault(code="cluster.other_drive", file=str(file))])


@contextlib.contextmanager
def _open_cluster(address: str, parameters: BatchParameters) -> Iterator[_Cluster]:
    """Connect. At the end, the scheduler takes back what is not done and ends what the batch has started on workers."""
    # What it would say of a connection that breaks is said in one sentence.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with _connect(address) as client:
        yield _Cluster(client, address=address, parameters=parameters)


def _connect(address: str) -> Client:
    try:
        # Asked first, since a client tells at once neither that nobody is there nor why.
        socket.create_connection(get_address_host_port(address), timeout=_CONNECT_SECONDS).close()
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError([Fault(code="cluster.unreachable", found=address)]) from error


class _Cluster:
    """What one batch has on a cluster."""

    def __init__(self, client: Client, *, address: str, parameters: BatchParameters) -> None:
        self._client = client
        self._address = address
        self._parameters = parameters
        self._plugin = f"kbkit-{uuid.uuid4().hex}"
        self._executor = client.get_executor(pure=False, retries=_RETRIES)
        # First who ends them, so that at no moment something is there that nobody would end.
        self._register(Departure(name=self._plugin, client=client.id))
        self._register(Stations(name=self._plugin, shared=pack_inputs(shared_inputs(parameters))))

    def _register(self, plugin: Departure | Stations) -> None:
        try:
            self._client.register_plugin(plugin)
        except OSError as error:
            raise self._fault("cluster.lost") from error
        except Exception as error:
            # What a worker cannot import comes from its scheduler as text.
            if "kbkit" in str(error):
                raise self._fault("cluster.no_kbkit") from error
            raise

    def run(self, jobs: Sequence[Job]) -> Iterator[RegencyOutcome]:
        """Give jobs out, as many as the cluster can use, and yield what becomes of them.

        A report is let go where it came from as soon as it is here.
        """
        waiting = deque(jobs)
        given: dict[Future[Answer], Job] = {}
        while waiting or given:
            for _ in range(min(len(waiting), self._places() - len(given))):
                job = waiting.popleft()
                given[self._give(job)] = job
            for future in wait(given, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED).done:
                yield self._outcome(future, given.pop(future))

    def _places(self) -> int:
        """Return how many jobs may be with the cluster. Workers come and go."""
        try:
            threads: dict[str, int] = self._client.nthreads()
        except OSError as error:
            raise self._fault("cluster.lost") from error
        return _AHEAD * max(1, sum(threads.values()))

    def _give(self, job: Job) -> Future[Answer]:
        order = order_of(job, parameters=self._parameters)
        with warnings.catch_warnings():
            # The summary of a nation takes the findings of all regencies with it, which is meant.
            warnings.filterwarnings("ignore", message="Sending large graph")
            future: Future[Answer] = self._executor.submit(make_report, order, plugin=self._plugin)
        return future

    def _outcome(self, future: Future[Answer], job: Job) -> RegencyOutcome:
        try:
            answer = future.result()
        except InputError:
            raise
        except CancelledError as error:
            raise self._fault("cluster.lost") from error
        except ImportError as error:
            raise self._fault("cluster.no_kbkit") from error
        # The station was killed, or the worker with it, as often as it may be; or whatever else a cluster may raise.
        except Exception as error:
            return close_lost(job, ending_of(error))
        return place_report(job, answer)

    def _fault(self, code: str) -> InputError:
        return InputError([Fault(code=code, found=self._address)])
