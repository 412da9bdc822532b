"""The environment in which reports are computed: the same bytes with any number of workers."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from typing import Final

ONE_THREAD: Final = {
    # Several threads add numbers in an order that changes from run to run, and workers already fill the processors.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    # pyarrow would start a thread when it is loaded, and only a process of one thread can be forked safely.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""Variables that keep libraries from starting threads when they are loaded."""

ROOT_VARIABLE: Final = "KBKIT_ROOT"
"""Variable with the folder that stands for the root of another machine, whose report is made here."""

_VARIABLES: Final = ONE_THREAD | {
    # The order of a set of texts follows the hash.
    "PYTHONHASHSEED": "0",
    # The debugger that every kernel loads would warn of what nobody debugs.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


@contextlib.contextmanager
def worker_environment() -> Iterator[None]:
    """Give processes that are started meanwhile the environment of reports, and no interest in Ctrl-C.

    Ctrl-C reaches every process of a terminal; only the one that talks to the person answers. The variables must be
    there when a process begins: Python reads the seed of its hashes, and a library its number of threads, only once.
    """
    before = {name: os.environ.get(name) for name in _VARIABLES}
    os.environ.update(_VARIABLES)
    handler = _ignore_interrupts()
    try:
        yield
    finally:
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _ignore_interrupts() -> signal._HANDLER:
    """Ignore Ctrl-C and return what answered it before; none where this is not the thread that may ask."""
    if threading.current_thread() is not threading.main_thread():
        return None
    return signal.signal(signal.SIGINT, signal.SIG_IGN)
