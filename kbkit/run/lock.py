"""One run at a time on one output folder.

The system itself holds the lock and opens it when its holder dies, however it dies: no lock is ever stale.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kbkit.errors import Fault, InputError

FILE_NAME: Final = ".lock"
_LOOK_SECONDS: Final = 0.5


@contextlib.contextmanager
def lock_folder(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold a folder for this process.

    Args:
        folder: the folder; it exists.
        wait: wait for another run to end, instead of refusing.

    Raises:
        InputError: another run works on the folder, and ``wait`` is false.
    """
    path = folder / FILE_NAME
    file = _acquire(path)
    while file is None:
        if not wait:
            raise InputError([Fault(code="run.folder_locked", file=str(folder), found=lock_holder(folder) or "?")])
        time.sleep(_LOOK_SECONDS)
        file = _acquire(path)
    try:
        yield
    finally:
        _release(file, path)


def _acquire(path: Path) -> BinaryIO | None:
    """Return the open lock file, which this process now holds; none where another one does."""
    while True:
        file = path.open("a+b")
        if not _lock(file):
            file.close()
            return None
        if _still_there(file, path):
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            return file
        file.close()


def _still_there(file: BinaryIO, path: Path) -> bool:
    """Whether the file was not taken away by its earlier holder between our opening and our locking it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _release(file: BinaryIO, path: Path) -> None:
    if sys.platform != "win32":
        path.unlink(missing_ok=True)
        file.close()
    else:  # Windows does not take an open file away
        file.close()
        with contextlib.suppress(OSError):
            path.unlink()


def lock_holder(folder: Path) -> str:
    """Return the number of the process that holds a folder, as far as it can be read; empty where it cannot."""
    try:
        return (folder / FILE_NAME).read_text(encoding="utf-8")
    except OSError:
        return ""


if sys.platform != "win32":
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

else:
    import msvcrt

    # Far behind the number that stands in the file, which others may thus read.
    _PLACE: Final = 1 << 20

    def _lock(file: BinaryIO) -> bool:
        file.seek(_PLACE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
