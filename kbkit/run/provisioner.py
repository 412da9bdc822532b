"""The kernel provisioner ``kbkit-fork``: real Jupyter kernels that start in a tenth of a second (Linux).

Any Jupyter tool may use it, by a kernel specification with ``"metadata": {"kernel_provisioner": {"provisioner_name":
"kbkit-fork", "config": {"preload": ["numpy", "pandas"]}}}``. What is loaded before the fork works with one thread, as
only then it can be forked, and is not loaded anew before the tool ends. Where the system or the kernel is of another
kind, this is the ordinary provisioner of ``jupyter_client``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, ClassVar, Final, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from kbkit.run.environment import ONE_THREAD
from kbkit.run.forking import may_fork, wants_forks
from kbkit.run.kernel_server import Launch, serve_kernels
from kbkit.run.orphans import end_with_creator

NAME: Final = "kbkit-fork"
"""Entry point of the group ``jupyter_client.kernel_provisioners``."""

_MODULE: Final = "ipykernel_launcher"


@dataclass
class ForkedKernel:
    """A kernel that is no child of this process, as ``jupyter_client`` wants to see it: like a :class:`Popen`."""

    pid: int
    ending: int
    returncode: int | None = None
    stdin: None = field(default=None, init=False)
    stdout: None = field(default=None, init=False)
    stderr: None = field(default=None, init=False)

    def poll(self) -> int | None:
        """Return none while it lives. How it ended only its parent could know."""
        return self._wait(0)

    def wait(self) -> int:
        """Wait for its end."""
        self._wait(None)
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal, to no other process that may have its number by now."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.ending, number)  # type: ignore[attr-defined, unused-ignore]

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _wait(self, seconds: float | None) -> int | None:
        if self.returncode is None and wait([self.ending], seconds):
            os.close(self.ending)
            self.returncode = 0
        return self.returncode


class ServerLost(Exception):  # noqa: N818 - what happened to it, not a fault of who asked
    """A kernel server cannot fork: it died, or something that it loaded has started a thread."""


class KernelServer:
    """A :mod:`~kbkit.run.kernel_server`, seen from who asks it for kernels."""

    def __init__(self, connection: Connection, *, process: subprocess.Popen[bytes] | None = None) -> None:
        self._connection = connection
        self._process = process
        self._lock = threading.Lock()
        self._loaded = False

    @classmethod
    def start(cls, preload: Sequence[str]) -> KernelServer:
        """Start one that loads modules first. It ends when this process does."""
        here, there = socket.socketpair()
        command = f"from kbkit.run.kernel_server import load_and_serve as serve; serve({there.fileno()}, {preload!r})"
        with there:
            # As ipykernel starts its kernels: the debugger asks for it.
            arguments = [sys.executable, "-Xfrozen_modules=off", "-c", command]
            process = subprocess.Popen(
                arguments, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL, env=os.environ | ONE_THREAD
            )
        return cls(Connection(here.detach()), process=process)

    @classmethod
    def fork(cls) -> KernelServer:
        """Fork this process, which has one thread, into a server. It ends when this process does."""
        creator = os.getpid()
        here, there = socket.socketpair()
        if not os.fork():
            try:
                end_with_creator(creator)
                _close_all_but(there.fileno())
                serve_kernels(Connection(there.detach()))
            finally:
                os._exit(0)
        there.close()
        return cls(Connection(here.detach()))

    def launch(self, *, arguments: Sequence[str], environment: dict[str, str], folder: Path) -> ForkedKernel:
        """Fork a kernel.

        Raises:
            ServerLost: the server cannot.
        """
        wanted = Launch(arguments=tuple(arguments), environment=environment, folder=folder, own_group=self.own_groups)
        try:
            with self._lock, socket.socket(fileno=os.dup(self._connection.fileno())) as channel:
                if not self._loaded and self._connection.recv() != 1:
                    raise ServerLost
                self._loaded = True
                self._connection.send(wanted)
                number, endings, _flags, _address = socket.recv_fds(channel, 8, 1)
        except (OSError, EOFError) as error:
            raise ServerLost from error
        if not endings:
            raise ServerLost
        return ForkedKernel(pid=int.from_bytes(number, "big"), ending=endings[0])

    @property
    def own_groups(self) -> bool:
        """Whether each of its kernels leads a group of processes. Those of a fork stay in the group of this process."""
        return self._process is not None

    def close(self) -> None:
        """End it, and its kernels with it."""
        self._connection.close()
        if self._process is not None:
            self._process.wait()


def _close_all_but(kept: int) -> None:
    """Close what the parent has open beside its standard streams: who waits for its end must not wait for ours."""
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - names alone
        if number > 2 and number != kept:
            with contextlib.suppress(OSError):
                os.close(number)


class ForkProvisioner(LocalProvisioner):
    """Starts Python kernels by forking a server that is kept while this process lives."""

    preload = List(Unicode(), default_value=["numpy", "pandas", "matplotlib.pyplot"], config=True)
    """Modules that the server loads before it forks."""

    servers: ClassVar[dict[tuple[str, ...], KernelServer]] = {}
    """What was loaded first -> the server."""

    adopted: ClassVar[KernelServer | None] = None
    """The server of a batch, which all kernels of this process come from."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel; where that cannot be, start it as usual."""
        arguments = _forkable(cmd)
        if arguments is None or kwargs.get("independent"):
            return await super().launch_kernel(cmd, **kwargs)
        folder = Path(kwargs.get("cwd") or Path.cwd())
        try:
            # A server that is not there yet takes seconds to load: the event loop goes on meanwhile.
            environment = dict(kwargs.get("env") or os.environ)
            server, kernel = await asyncio.to_thread(self._fork, arguments, environment, folder)
        except ServerLost:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("subprocess.Popen[bytes]", kernel)
        self.pid = kernel.pid
        self.pgid = kernel.pid if server.own_groups else None
        self.cwd = folder
        return self.connection_info

    def _fork(
        self, arguments: Sequence[str], environment: dict[str, str], folder: Path
    ) -> tuple[KernelServer, ForkedKernel]:
        names = tuple(self.preload)
        server = self.adopted or self.servers.get(names)
        if server is None:
            server = self.servers[names] = KernelServer.start(names)
        try:
            return server, server.launch(arguments=arguments, environment=environment, folder=folder)
        except ServerLost:
            self.servers.pop(names, None)
            raise


def _forkable(command: Sequence[str]) -> tuple[str, ...] | None:
    """Return the arguments of a kernel of this very Python on a system that can fork; none for any other kernel."""
    can_fork = wants_forks() and hasattr(os, "pidfd_open")
    if not can_fork or command[0] != sys.executable or _MODULE not in command:
        return None
    return tuple(command[command.index(_MODULE) + 1 :])


@contextlib.contextmanager
def forked_kernels() -> Iterator[None]:
    """Let all kernels of this process come from a fork of it, where it can be forked; else from a server of their own.

    To be entered before anything starts a thread.
    """
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    factory.default_provisioner_name = NAME
    if may_fork():
        ForkProvisioner.adopted = KernelServer.fork()
    try:
        yield
    finally:
        factory.default_provisioner_name = before
        if ForkProvisioner.adopted is not None:
            ForkProvisioner.adopted.close()
            ForkProvisioner.adopted = None
