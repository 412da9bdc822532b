"""Starting and ending the processes of a batch."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

import psutil

from kbkit.run.environment import worker_environment
from kbkit.run.loading import load_nbformat
from kbkit.run.orphans import end_with_parent

_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)
_END_SECONDS: Final = 10
_PATIENCE_SECONDS: Final = 0.5


def start_process(main: str, *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start a fresh Python; return it and our end of a connection to it.

    A fresh interpreter on every system: a fork of a process with threads may hang, and Windows has none.

    Args:
        main: the function it runs, as ``module:name``, so that only the new process loads that module.
        arguments: what the function is called with, after its end of the connection.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with worker_environment():
        process = context.Process(target=_run_main, args=(main, theirs, *arguments))
        process.start()
    theirs.close()
    return process, ours


def _run_main(main: str, *arguments: Any) -> None:
    end_with_parent()
    load_nbformat()
    module, _, name = main.partition(":")
    getattr(importlib.import_module(module), name)(*arguments)


def end_process(process: BaseProcess, connection: Connection) -> None:
    """End a process and take it away: it ends by itself when its connection does, and is killed if it cannot."""
    connection.close()
    process.join(_PATIENCE_SECONDS)
    process.kill()
    process.join(_END_SECONDS)


def end_group(number: int) -> None:
    """End a process that leads a group, and the group with it."""
    with contextlib.suppress(OSError):
        os.killpg(number, _KILL)


def memory_of(number: int) -> int:
    """Return the bytes that a process holds; none where it is gone."""
    try:
        return int(psutil.Process(number).memory_info().rss)
    except psutil.Error:
        return 0
