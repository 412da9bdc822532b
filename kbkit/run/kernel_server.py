"""A process of one thread that has libraries loaded, and forks itself into a Jupyter kernel when asked (Linux).

The kernel is an ordinary ipykernel with its sockets, so that widgets, comms and every magic work; only the seconds in
which Python and its libraries load are spared.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from kbkit.run.forking import reap_children, thread_count
from kbkit.run.orphans import end_with_creator

KERNEL_MODULES: Final = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "kbkit.run.shell",
    # What a kernel loads while it starts, and would load each time: most of that is the debugger.
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "faulthandler",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
)
"""Modules without which no kernel starts."""


@dataclass(frozen=True, kw_only=True)
class Launch:
    """A kernel that is wanted.

    Attributes:
        arguments: of ``ipykernel_launcher``.
        environment: all variables of the kernel.
        folder: where it starts.
        own_group: whether it leads a group of processes, so that a signal to the group reaches it alone with what it
            has started; else it stays in the group of the server, and ends with it.
    """

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    own_group: bool


def load_and_serve(number: int, names: Sequence[str]) -> None:
    """Load modules, then serve: the main function of a server that is a Python of its own.

    Args:
        number: of the file that is one end of a Unix socket.
        names: modules to load; one that cannot be loaded is left to the notebooks.
    """
    for name in (*KERNEL_MODULES, *names):
        with contextlib.suppress(Exception):  # any module may raise anything while it loads
            importlib.import_module(name)
    serve_kernels(Connection(number))


def serve_kernels(connection: Connection) -> None:
    """Say how many threads there are, and fork for every :class:`Launch` that comes in, until the connection ends.

    Each is answered by the kernel's process number and a file that tells when the process ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, reap_children)
    connection.send(thread_count())
    with socket.socket(fileno=os.dup(connection.fileno())) as channel:
        while True:
            try:
                launch: Launch = connection.recv()
            except EOFError:
                return
            _fork(launch, channel=channel, connection=connection)


def _fork(launch: Launch, *, channel: socket.socket, connection: Connection) -> None:
    server = os.getpid()
    # A kernel that ends at once must not be taken away before its file is open.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    number = os.fork()
    if not number:
        try:
            channel.close()
            connection.close()
            _be_kernel(launch, server=server)
        finally:
            os._exit(1)
    ending = os.pidfd_open(number)  # type: ignore[attr-defined, unused-ignore]
    socket.send_fds(channel, [number.to_bytes(8, "big")], [ending])
    os.close(ending)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _be_kernel(launch: Launch, *, server: int) -> None:
    """Become the kernel, and end when it is shut down."""
    if launch.own_group:
        os.setsid()
    end_with_creator(server)
    _forget_the_server(launch, server=server)
    from ipykernel.kernelapp import IPKernelApp

    from kbkit.run.shell import connect_figures

    # ipykernel read the parent's number from the environment when it was loaded, which was in the server.
    app: Any = IPKernelApp.instance(parent_handle=server)
    app.initialize(list(launch.arguments))
    connect_figures(app.shell)
    with contextlib.suppress(SystemExit):
        app.start()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _forget_the_server(launch: Launch, *, server: int) -> None:
    """Set back what a fresh Python would not have from its parent."""
    atexit._clear()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(launch.environment, JPY_PARENT_PID=str(server))
    os.chdir(launch.folder)
    sys.argv[:] = ["ipykernel_launcher", *launch.arguments]
    # Python seeds its own random numbers anew in a fork; numpy does not, and all kernels would draw the same.
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
