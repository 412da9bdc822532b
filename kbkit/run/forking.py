"""Whether processes may be forked, and one piece of work in a fork.

Only a process of one thread can be forked safely: another thread may hold a lock that nobody opens in the copy.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from typing import Any, Final

from kbkit.run.orphans import end_with_creator

VARIABLE: Final = "KBKIT_START"
"""``fork`` or ``spawn``: how processes are started, in place of what suits the system. Windows and macOS spawn."""


def wants_forks() -> bool:
    """Whether this system's processes are forked."""
    return os.environ.get(VARIABLE, "fork" if sys.platform == "linux" else "spawn") == "fork"


def thread_count() -> int:
    """Return how many threads this process has; 0 where the system does not tell."""
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 0  # noqa: PTH208 - names alone


def may_fork() -> bool:
    """Whether this process may be forked now."""
    return wants_forks() and thread_count() == 1


def reap_children(*_: object) -> None:
    """Take ended children away, so that the time they worked is counted with this process: handles ``SIGCHLD``."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def call_in_fork(work: Callable[[], Any]) -> Any:
    """Do a piece of work in a fork of this process and return its result. All that it set or took goes with the fork.

    Raises:
        EOFError: the fork died.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    creator = os.getpid()
    number = os.fork()
    if not number:
        try:
            end_with_creator(creator)
            gc.disable()  # all that would be collected goes with the fork
            theirs.send(work())
            os._exit(0)
        finally:
            os._exit(1)
    theirs.close()
    try:
        return ours.recv()
    finally:
        ours.close()
        os.waitpid(number, 0)
