"""The fork server: a process of one thread that has everything loaded, and forks itself for every report (Linux).

A report then starts in some ten milliseconds instead of seconds, in a process of its own that has seen no other report,
and its memory goes back to the system with it. Nothing here starts a thread (see :mod:`~kbkit.run.forking`), and who
uses the server asks it first.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from kbkit.run.forking import reap_children, thread_count
from kbkit.run.job import Job
from kbkit.run.loading import load_for
from kbkit.run.messages import Begun
from kbkit.run.orphans import end_with_creator
from kbkit.run.work import work

_MEBIBYTE = 1024 * 1024

_COLLECT_AFTER = 50_000
"""Objects made between collections of garbage: a report makes few cycles, and its process ends soon."""


def serve_forks(control: Connection, notebooks: Sequence[Path]) -> None:
    """Load what the notebooks will need, say how many threads there are, and fork for every socket that comes in.

    Args:
        control: one end of a Unix socket. The parent sends one byte and a socket for each fork; when it closes its end
            the server ends.
        notebooks: notebooks of the batch.
    """
    signal.signal(signal.SIGCHLD, reap_children)
    for notebook in notebooks:
        load_for(notebook)
    gc.collect()
    gc.freeze()  # a collection in a child would write to every page that it shares with this process
    gc.set_threshold(_COLLECT_AFTER)
    control.send(thread_count())
    with socket.socket(fileno=os.dup(control.fileno())) as channel:
        while True:
            _message, sockets, _flags, _address = socket.recv_fds(channel, 1, 1)
            if not sockets:
                return
            _fork(sockets[0], closing=(channel.fileno(), control.fileno()))


def _fork(socket_number: int, *, closing: Sequence[int]) -> None:
    """Fork; the child does one job that comes through the socket, and ends."""
    creator = os.getpid()
    if os.fork():
        os.close(socket_number)
        return
    try:
        os.setpgid(0, 0)
        end_with_creator(creator)
        for number in closing:
            os.close(number)
        _serve_one(Connection(socket_number))
    finally:
        # What a cell may have started and left behind is in the group of this process, and ends with it.
        if os.getpgid(0) == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)


def _serve_one(connection: Connection) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection.send(os.getpid())
    job: Job = connection.recv()
    _limit_memory(job.memory_megabytes)
    connection.send(Begun())
    connection.send(work(job))


def _limit_memory(megabytes: int | None) -> None:
    """Let the system refuse memory beyond a limit, so that a cell ends with MemoryError and not the machine."""
    import resource  # Unix only, as this module is

    if megabytes is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEBIBYTE, megabytes * _MEBIBYTE))
