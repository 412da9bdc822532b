"""No process of a batch outlives the batch, however it ends."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
"""``prctl(2)``: the signal that a process gets when its parent dies."""


def end_with_parent() -> None:
    """End this spawned process when its parent dies, be it by SIGKILL.

    Linux kills it at once. Elsewhere a thread waits for the end of the parent, which every system lets a child see.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        end_with_creator(parent.pid or 0)
    else:
        threading.Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def end_with_creator(creator: int) -> None:
    """End this process when the one that forked it dies (Linux only; needs no thread).

    Args:
        creator: process number of the creator. Where it died before this call, the process ends now.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != creator:
        os._exit(1)


def _wait_and_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
