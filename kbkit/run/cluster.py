"""A batch on many machines: its jobs go to the workers of a Dask cluster, which see its folders under the same paths.

What a worker of the cluster does for a report is what a batch on one machine does for it (:mod:`kbkit.run.station`).
The cluster deals jobs out and gives those of a lost worker to another one; everything else stays with the batch.
"""

from __future__ import annotations

import contextlib
import socket
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Future, as_completed
from typing import Final

from distributed import Client
from distributed.comm.addressing import get_address_host_port

from kbkit.errors import Fault, InputError
from kbkit.run.cluster_worker import Stations, make_report
from kbkit.run.job import Job
from kbkit.run.lock import lock_holder
from kbkit.run.messages import Executed
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.placement import mend_batch
from kbkit.run.station import Order

_CONNECT_SECONDS: Final = 10

_RETRIES: Final = 1
"""How often a report is begun again whose station was killed on a worker that lives on.

One that takes workers down is begun again as often as the cluster's own setting ``allowed-failures`` says.
"""


def run_on_cluster(
    jobs: Sequence[Job], *, scheduler: str, last: Callable[[], Sequence[Job]]
) -> Generator[RegencyOutcome]:
    """Yield the outcome of every job as it comes. Where the caller stops asking, everything is ended at once.

    Args:
        jobs: one a report, with different folders in that of one batch, which this process has locked.
        scheduler: address of the cluster's scheduler, ``tcp://host:port``.
        last: gives the jobs that need all the others to have ended.

    Raises:
        InputError: the scheduler cannot be reached, or its workers cannot make these reports.
    """
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(_open_cluster(scheduler)) if jobs else None
        if cluster is not None:
            yield from cluster.run(jobs)
        if due := last():
            cluster = cluster or stack.enter_context(_open_cluster(scheduler))
            yield from cluster.run(due)


@contextlib.contextmanager
def _open_cluster(address: str) -> Iterator[_Cluster]:
    """Connect; at the end take back what is not done, and end what the batch has started on the workers."""
    with _connect(address) as client:
        cluster = _Cluster(client, address=address)
        try:
            yield cluster
        finally:
            # A cluster that is gone has nothing left to end.
            with contextlib.suppress(OSError, CancelledError):
                cluster.close()


def _connect(address: str) -> Client:
    try:
        # Asked first, since a client tells at once neither that nobody is there nor why.
        socket.create_connection(get_address_host_port(address), timeout=_CONNECT_SECONDS).close()
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError([Fault(code="cluster.unreachable", found=address)]) from error


class _Cluster:
    """What one batch has on a cluster."""

    def __init__(self, client: Client, *, address: str) -> None:
        self._client = client
        self._address = address
        self._plugin = f"kbkit-{uuid.uuid4().hex}"
        self._executor = client.get_executor(pure=False, retries=_RETRIES)
        self._given: dict[Future[RegencyOutcome], Job] = {}
        client.register_plugin(Stations(), name=self._plugin)

    def run(self, jobs: Sequence[Job]) -> Iterator[RegencyOutcome]:
        """Give jobs out and yield what becomes of them."""
        given = {self._give(job): job for job in jobs}
        self._given |= given
        for future in as_completed(given):
            yield self._outcome(future, given[future])

    def _give(self, job: Job) -> Future[RegencyOutcome]:
        order = Order(job=job, holder=lock_holder(job.folder.parent))
        future: Future[RegencyOutcome] = self._executor.submit(make_report, order, plugin=self._plugin)
        return future

    def _outcome(self, future: Future[RegencyOutcome], job: Job) -> RegencyOutcome:
        try:
            return future.result()
        except InputError:
            raise
        except CancelledError as error:
            raise InputError([Fault(code="cluster.lost", found=self._address)]) from error
        except ImportError as error:
            raise InputError([Fault(code="cluster.no_kbkit", found=self._address)]) from error
        # The station was killed, or the worker with it, as often as it may be; or whatever else a cluster may raise.
        except Exception as error:
            from kbkit.run.finishing import close_stopped  # loads what notebooks are read with, and is hardly needed

            ending = Ending(outcome=Outcome.KILLED, diagnostic=type(error).__name__)
            return close_stopped(Executed(job=job, ending=ending, seconds=0.0))

    def close(self) -> None:
        """Take jobs back that are not done, end the stations, and take away what lost workers have left half done."""
        self._executor.shutdown(wait=False)
        self._client.unregister_worker_plugin(self._plugin)
        for batch in {job.folder.parent for job in self._given.values()}:
            mend_batch(batch)
