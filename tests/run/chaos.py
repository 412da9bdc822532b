"""Chaos: a batch is struck at a random moment, run again, and must end as if nothing had happened.

``python -m tests.run.chaos --points 50 --seed 1`` prints a line a point and a table at the end; the suite runs a few
points of it. Struck are the process of the batch itself, its fork server, a worker, or the process that makes documents
(SIGKILL); or the disk takes no more, or the dataset is gone for a moment. After each strike and a second run without
one: no report lost, no half file, no process left, and every byte as in an undisturbed run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from kbkit.run.record import changed_files, read_build
from tests.run.conftest import make_parameters

CODES: Final = ("13.77", "76.04", "11.01", "12.01", "14.01", "15.01")
STRIKES: Final = ("batch", "server", "worker", "finisher", "disk", "dataset")
_ORPHAN_SECONDS: Final = 10.0
_RUN_SECONDS: Final = 180
_FULL_DISK: Final = 20_000
"""Bytes past which no file may grow: what is written is cut off, as where a disk is full."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One strike and what was found after it.

    Attributes:
        strike: what was struck.
        after: seconds after the begin of the run.
        struck: whether it was still there to be struck.
        orphans: processes that outlived a killed batch.
        half: folders that are not what their record says, after the strike; and left-over files after the second run.
        different: files that differ from an undisturbed run.
    """

    strike: str
    after: float
    struck: bool
    orphans: int
    half: tuple[str, ...]
    different: tuple[str, ...]

    @property
    def survived(self) -> bool:
        """Whether nothing was lost."""
        return not (self.orphans or self.half or self.different)


class Chaos:
    """A batch in a folder, with the bytes that it must end with."""

    def __init__(self, folder: Path, *, formats: tuple[str, ...]) -> None:
        self._folder = folder
        self._parameters = self._write_parameters(formats)
        began = time.monotonic()
        assert self._run().wait(_RUN_SECONDS) == 0
        self.seconds = time.monotonic() - began
        self._wanted = self._contents()

    def strike(self, strike: str, *, after: float) -> Point:
        """Begin the batch anew, strike, let it end, run it again, and look."""
        process = self._run("--force", full_disk=strike == "disk")
        time.sleep(0 if strike == "disk" else after)
        family = [process_of(process.pid), *descendants(process.pid)]
        struck = strike == "disk" or self._hit(strike, process)
        process.wait(_RUN_SECONDS)
        orphans = _alive_after(family, seconds=_ORPHAN_SECONDS)
        half = tuple(self._half())
        assert self._run().wait(_RUN_SECONDS) == 0
        different = _differences(self._wanted, self._contents())
        return Point(
            strike=strike,
            after=after,
            struck=struck,
            orphans=orphans,
            half=(*half, *self._left_over()),
            different=different,
        )

    def _hit(self, strike: str, process: subprocess.Popen[bytes]) -> bool:
        """Strike as soon as the victim is there; say whether it ever was."""
        if strike == "dataset":
            return self._hide_dataset()
        while process.poll() is None:
            below = descendants(process.pid)
            victims = [process_of(process.pid)] if strike == "batch" else [p for p in below if _role(p) == strike]
            for victim in victims[:1]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
                    return True
        return False

    def _hide_dataset(self) -> bool:
        dataset = self._folder / "dataset"
        aside = dataset.rename(self._folder / "elsewhere")
        time.sleep(0.7)
        aside.rename(dataset)
        return True

    def _write_parameters(self, formats: tuple[str, ...]) -> Path:
        batch = make_parameters(self._folder, regencies=CODES[:2])
        metadata = json.loads((batch.dataset / "dataset.json").read_text(encoding="utf-8"))
        metadata["regencies"] |= {code: f"Kabupaten {code}" for code in CODES}
        (batch.dataset / "dataset.json").write_text(json.dumps(metadata), encoding="utf-8")
        text = batch.notebook.read_text(encoding="utf-8")
        # Every regency ends well, and takes long enough to be struck in the middle.
        text = text.replace("[regency])", ".get(regency, ''))\\ntime.sleep(0.2)")
        batch.notebook.write_text(text, encoding="utf-8")
        values: dict[str, Any] = {
            "batch": "coba",
            "dataset": "dataset",
            "regencies": list(CODES),
            "notebook": batch.notebook.name,
            "out": "outputs",
            "formats": list(formats),
            "workers": batch.workers,
        }
        path = self._folder / "batch.yaml"
        path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()), encoding="utf-8")
        return path

    def _run(self, *options: str, full_disk: bool = False) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kbkit", "run", str(self._parameters), *options]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_limit_files if full_disk else None,
            env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        )

    def _contents(self) -> dict[str, bytes]:
        batch = self._folder / "outputs" / "coba"
        return {
            path.relative_to(batch).as_posix(): _bytes_of(path)
            for path in batch.rglob("*")
            if path.is_file() and path.name != "manifest.json" and path.parent.name != "logs"
        }

    def _half(self) -> Iterator[str]:
        """Yield what stands in a regency's place and is not whole."""
        for code in CODES:
            folder = self._folder / "outputs" / "coba" / code
            if folder.exists():
                build = read_build(folder)
                if build is None or changed_files(folder, build):
                    yield code

    def _left_over(self) -> Iterator[str]:
        return (path.name for path in (self._folder / "outputs" / "coba").glob(".*"))


def _bytes_of(path: Path) -> bytes:
    """Return what a file holds, of a record without the parts: who works on kbkit meanwhile changes its code."""
    if path.name != "build.json":
        return path.read_bytes()
    return json.dumps(json.loads(path.read_bytes()) | {"parts": None}).encode()


def _limit_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL_DISK, _FULL_DISK))


def process_of(number: int) -> psutil.Process:
    """Return a process of this system."""
    return psutil.Process(number)


def descendants(number: int) -> list[psutil.Process]:
    """Return the processes below one, none where it has ended."""
    try:
        found: list[psutil.Process] = psutil.Process(number).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _role(process: psutil.Process) -> str:
    """Return what a process of a batch is for, told by its place in the family and by what it has loaded."""
    try:
        if "resource_tracker" in " ".join(process.cmdline()):
            return "tracker"
        if any("typst" in each.path for each in process.memory_maps()):
            return "finisher"  # or its fork
        parent = process.parent()
        if parent is not None and process.cmdline() == parent.cmdline():
            return "worker"  # a fork has its server's command line
        return "server" if process.children() else "worker"
    except psutil.Error:
        return "gone"


def _alive_after(family: list[psutil.Process], *, seconds: float) -> int:
    _gone, alive = psutil.wait_procs(family, timeout=seconds)
    return sum(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in alive)


def _differences(wanted: dict[str, bytes], found: dict[str, bytes]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name)))


def strike_at_random(
    folder: Path, *, points: int, seed: int, formats: tuple[str, ...] = ("html", "pdf")
) -> Iterator[Point]:
    """Strike a batch again and again.

    Args:
        folder: an empty folder to work in.
        points: how often.
        seed: of the moments and victims. The first strikes take every kind once.
        formats: documents of the batch.
    """
    chaos = Chaos(folder, formats=formats)
    chance = random.Random(seed)
    for number in range(points):
        strike = STRIKES[number % len(STRIKES)]
        yield chaos.strike(strike, after=chance.uniform(0, chaos.seconds))


def _print_table(points: Sequence[Point]) -> None:
    """Print, for every kind of strike, how often it was tried and met a running batch, and what was found after it."""
    print("| struck | tried | met a running batch | reports lost or different | half files | orphans |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for strike in STRIKES:
        found = [point for point in points if point.strike == strike]
        numbers = (
            len(found),
            sum(point.struck for point in found),
            sum(bool(point.different) for point in found),
            sum(len(point.half) for point in found),
            sum(point.orphans for point in found),
        )
        print(f"| {strike} | {' | '.join(map(str, numbers))} |")


def main() -> int:
    """Strike, print what was found, and say by the exit code whether everything was survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kbkit-chaos-"))
    found: list[Point] = []
    for point in strike_at_random(folder, points=given.points, seed=given.seed):
        found.append(point)
        told = "survived" if point.survived else f"LOST {point}"
        print(f"[{len(found)}/{given.points}] {point.strike} after {point.after:.1f} s: {told}", flush=True)
    _print_table(found)
    shutil.rmtree(folder)
    return 0 if all(point.survived for point in found) else 1


if __name__ == "__main__":
    sys.exit(main())
