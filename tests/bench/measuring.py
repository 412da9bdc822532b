"""A piece of work measured in a process of its own: wall clock, CPU, peak memory, and what else the machine did.

Machines are shared and noisy. Therefore: every way of doing a thing is measured once a round before any is measured
again (:func:`interleave`), comparisons are medians of the ratios within a round, CPU time stands beside wall time, and
the load of others is written down with every figure.

Interpreter and imports are not part of the work: its module is imported before the clock starts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).resolve().parents[2]
RESULTS: Final = PROJECT / "outputs" / "bench"

_SAMPLE_SECONDS: Final = 0.1
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_LEAST_SECONDS: Final = 1e-6
_FIRST_CPU_LINE: Final = "cpu "
_IDLE_FIELDS: Final = (3, 4)
"""Idle and waiting for a disk, among the fields of the first line of ``/proc/stat``."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A piece of work.

    Attributes:
        name: of the way it is done.
        function: ``"package.module:function"``; it returns a value that JSON can hold, mostly how much was done.
        arguments: texts that it is called with.
    """

    name: str
    function: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one run took. Memory and load are ``None`` where the system does not tell them.

    Attributes:
        name: of the way.
        round: 0, 1, ...
        wall: seconds.
        cpu: seconds of the process and the children it waited for, user and system.
        imported_rss: bytes resident when the work began.
        peak_rss: most bytes resident at one time.
        peak_pss: most bytes of the process and its children, shared pages divided among those that share them.
        foreign_cores: cores that other processes kept busy meanwhile.
        load_average: of the last minute when the work ended.
        result: what the function returned.
    """

    name: str
    round: int
    wall: float
    cpu: float
    imported_rss: int | None
    peak_rss: int | None
    peak_pss: int | None
    foreign_cores: float | None
    load_average: float | None
    result: Any


def measure(work: Work, *, number: int = 0, sample_seconds: float = _SAMPLE_SECONDS) -> Measured:
    """Run a piece of work in a fresh process.

    Args:
        work: what to run.
        number: of the round.
        sample_seconds: how often memory is looked at.

    Raises:
        RuntimeError: the work failed; carries what it wrote.
    """
    command = [sys.executable, "-m", "tests.bench.measuring", work.function, *work.arguments]
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    sampler = _PssSampler(child.pid, seconds=sample_seconds)
    sampler.start()
    written, wrong = child.communicate()
    peak = sampler.stop()
    if child.returncode:
        raise RuntimeError(f"{work.name} failed:\n{wrong}")
    return Measured(name=work.name, round=number, peak_pss=peak, **json.loads(written.splitlines()[-1]))


def interleave(works: Sequence[Work], *, rounds: int) -> list[Measured]:
    """Run every piece of work once a round, the order turned by one each time."""
    measured = []
    for number in range(rounds):
        turn = number % len(works)
        measured += [measure(work, number=number) for work in (*works[turn:], *works[:turn])]
    return measured


def ratio(measured: Sequence[Measured], name: str, *, to: str) -> float:
    """Return the median over the rounds of the CPU time of one way over that of another."""
    cpu = {(item.name, item.round): item.cpu for item in measured}
    rounds = sorted({item.round for item in measured})
    return statistics.median(cpu[name, number] / max(cpu[to, number], _LEAST_SECONDS) for number in rounds)


def median_of(measured: Sequence[Measured], name: str, value: str) -> float | None:
    """Return the median of one value of a way over the rounds, ``None`` where it was not told."""
    values = [getattr(item, value) for item in measured if item.name == name]
    return None if None in values else statistics.median(values)


def write_results(subject: str, content: Mapping[str, Any]) -> Path:
    """Write the results of a subject beside what they were measured on; return the file."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    machine = {"python": sys.version.split()[0], "platform": sys.platform, "cores": os.cpu_count()}
    path = RESULTS / f"{subject}.json"
    path.write_text(
        json.dumps({"machine": machine} | dict(content), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return path


def as_records(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Return every run as plain values, for :func:`write_results`."""
    return [asdict(item) for item in measured]


class _PssSampler(threading.Thread):
    """Looks at the memory of a process and its children while they live; Linux alone tells it."""

    def __init__(self, pid: int, *, seconds: float) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._seconds = seconds
        self._over = threading.Event()
        self._peak: int | None = None

    def run(self) -> None:
        while not self._over.wait(self._seconds):
            found = [pss for pid in _family(self._pid) if (pss := _pss(pid)) is not None]
            if found:
                self._peak = max(self._peak or 0, sum(found))

    def stop(self) -> int | None:
        self._over.set()
        self.join()
        return self._peak


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        children = []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss(pid: int) -> int | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), None)


def _rss() -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def _forget_peak() -> None:
    """Let the peak begin anew, so that the imports do not count; where the system allows it."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_rss() -> int | None:
    """Return the most bytes resident at one time.

    Linux hands ``ru_maxrss`` of a parent on to its children, so that a small child of a large parent looks large; the
    high-water mark in ``/proc`` is the process's own.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return _peak_of_usage()


def _peak_of_usage() -> int | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _busy_seconds() -> float | None:
    """Return the seconds that all cores of the machine were busy since it started."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    except OSError:
        return None
    ticks = [int(value) for value in line.removeprefix(_FIRST_CPU_LINE).split()[:8]]
    return sum(value for place, value in enumerate(ticks) if place not in _IDLE_FIELDS) / _TICKS


def _own_seconds() -> float:
    # Children are told in ticks of 10 ms; the process itself, which mostly has none, in nanoseconds.
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _run(function: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Run the work in this process and return what it took."""
    module, _, name = function.partition(":")
    work = getattr(import_module(module), name)
    _forget_peak()
    imported, busy, cpu, wall = _rss(), _busy_seconds(), _own_seconds(), time.perf_counter()
    result = work(*arguments)
    wall, cpu, after = time.perf_counter() - wall, _own_seconds() - cpu, _busy_seconds()
    foreign = None if busy is None or after is None else max(0.0, (after - busy - cpu) / wall)
    return {
        "wall": wall,
        "cpu": cpu,
        "imported_rss": imported,
        "peak_rss": _peak_rss(),
        "foreign_cores": foreign,
        "load_average": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "result": result,
    }


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], sys.argv[2:])))
