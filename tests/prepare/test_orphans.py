"""Processes that read files do not outlive the command that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kbkit.ingest.reading import FILES_A_WORKER, map_in_order
from tests.conftest import PROJECT


def linger(task: tuple[str, int]) -> int:
    """Say which process this is, and take long."""
    folder, number = task
    Path(folder, str(os.getpid())).touch()
    time.sleep(0.5)
    return number


def read_slowly(folder: str) -> None:
    list(map_in_order(linger, [(folder, number) for number in range(3 * FILES_A_WORKER)], workers=2))


@pytest.mark.slow
def test_readers_end_with_a_command_that_is_killed(tmp_path: Path) -> None:
    script = f"from tests.prepare.test_orphans import read_slowly; read_slowly({str(tmp_path)!r})"
    command = subprocess.Popen([sys.executable, "-c", f"if __name__ == '__main__': {script}"], cwd=PROJECT)
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    readers = [psutil.Process(int(path.name)) for path in tmp_path.iterdir()]
    command.kill()
    command.wait()
    wait_until(lambda: not any(map(is_alive, readers)))
    assert not any(map(is_alive, readers))


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
