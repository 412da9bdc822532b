"""Files read several at a time, in processes of their own; what comes back has the order of the files.

A folder of a few files is read faster in one process than a second one starts. What one file gives depends on no other,
so that the number of processes changes nothing but the time.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

FILES_A_WORKER: Final = 20
"""Files for which a further process is worth its start: a second or two, as long as twenty files take."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def map_in_order(read: Callable[[_Task], _Result], tasks: Sequence[_Task], *, workers: int) -> Iterator[_Result]:
    """Yield what a function makes of each task, in the order of the tasks.

    Args:
        read: a function of a module, so that another process can call it.
        tasks: what it is called with; they are sent one by one, and a process holds one at a time.
        workers: most processes. They are spawned: a script needs ``if __name__ == "__main__":`` for more than one.
    """
    workers = min(workers, len(tasks) // FILES_A_WORKER)
    done = 0
    if workers > 1:
        try:
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as executor:
                for result in executor.map(read, tasks):
                    yield result
                    done += 1
        except BrokenProcessPool:
            # A process was killed, mostly for want of memory. One at a time needs less of it.
            pass
    yield from map(read, tasks[done:])


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed: it would wait for its next file for ever."""
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
