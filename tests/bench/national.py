"""The whole nation: ``python -m tests.bench.national [--regencies 514] [--out DIR] [--formats html,pdf]``.

Exports of a synthetic nation (:mod:`tests.bench.nation`) are written; then, each as the command that an office would
type: they are prepared; every regency gets its report; the batch runs again with nothing to do; one village's row in a
file of a whole province is changed, and the two commands run once more. Every step is measured, and what became of the
reports is counted from the files that the batch leaves for other programs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from tests.bench.measuring import PROJECT, Measured, Work, as_records, measure, write_results
from tests.bench.nation import choose_regencies, write_nation

_BATCH: Final = "nasional"
_WORKERS: Final = 2
_SAMPLE_SECONDS: Final = 0.5
"""Memory of a long run changes slowly, and to look at seven processes takes a hundredth of a second."""
_WINDOW: Final = 64
"""Reports at the beginning and at the end whose pace is compared."""

WRITE, PREPARE, RUN, AGAIN = "exports", "prepare", "run", "run again"
PREPARE_CHANGED, RUN_CHANGED = "prepare, one row changed", "run, one row changed"


def write(folder: str, regencies: str) -> dict[str, int]:
    """Write the exports and the parameters of the batch."""
    codes = choose_regencies(int(regencies))
    villages = write_nation(Path(folder, "exports"), codes=codes, workers=_WORKERS)
    notebook = (PROJECT / "notebooks" / "regency_report.ipynb").as_posix()
    lines = (f"batch: {_BATCH}", "dataset: dataset", "regencies: semua", "out: outputs", f"notebook: {notebook}")
    Path(folder, "nation.yaml").write_text("\n".join([*lines, f"workers: {_WORKERS}", ""]), encoding="utf-8")
    return {"regencies": len(codes), "villages": villages, "bytes": size_of(Path(folder, "exports"))}


def prepare(folder: str) -> dict[str, int]:
    """Prepare the exports."""
    dataset = Path(folder, "dataset")
    _command("prepare", str(Path(folder, "exports")), "--out", str(dataset), "--workers", str(_WORKERS))
    about = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))
    rows = {name: about["tables"][name] for name in ("villages", "tiers", "stunting", "unmatched", "issues")}
    return {"regencies": len(about["regencies"]), "bytes": size_of(dataset)} | rows


def run(folder: str, formats: str) -> dict[str, Any]:
    """Run the batch, and say what became of its reports."""
    _command("run", str(Path(folder, "nation.yaml")), "--formats", formats)
    return tell_batch(Path(folder, "outputs", _BATCH))


def _command(*arguments: str) -> None:
    """Run a command of kbkit. Failed reports (exit code 1) are counted afterwards.

    Raises:
        RuntimeError: the command or its input cannot be used.
    """
    done = subprocess.run([sys.executable, "-m", "kbkit", *arguments], cwd=PROJECT, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)


def tell_batch(folder: Path) -> dict[str, Any]:
    """Return what became of a batch: endings, what was made this time, its pace, and its size."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    outcomes = json.loads((folder / "outcomes.json").read_text(encoding="utf-8"))
    regencies = outcomes["regencies"]
    ran = manifest["ran"]
    return {
        "endings": Counter(record["outcome"] for record in regencies),
        "failures": [record["code"] for record in regencies if record["outcome"] not in ("rendered", "withheld")],
        "ran": len(ran),
        "ran_first": ran[:8],
        "unchanged": len(manifest["unchanged"]),
        "seconds_a_report": _pace(folder, [code for code in ran if "." in code]),
        "files": sum(path.is_file() for path in folder.rglob("*")),
        "bytes": size_of(folder),
    }


def _pace(folder: Path, codes: list[str]) -> dict[str, float]:
    """Return wall seconds a report over the first and over the last reports, by when their records were written."""
    if len(codes) < 2 * _WINDOW:
        return {}
    ended = [(folder / code / "build.json").stat().st_mtime for code in codes]
    windows = {"first": ended[: _WINDOW + 1], "last": ended[-_WINDOW - 1 :]}
    return {name: round((times[-1] - times[0]) / _WINDOW, 2) for name, times in windows.items()}


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def change_one_row(exports: Path) -> Path:
    """Make one family more a family at risk in one village of a province's own file; return the file.

    The file holds every regency of the province: only the one of the village has other data afterwards.
    """
    path = sorted(exports.rglob("data_verval_krs_*.csv"))[0]
    head, first, *rest = path.read_text(encoding="utf-8").split("\n")
    cells = first.split(";")
    for heading, change in (("JUMLAH KRS", 1), ("JUMLAH TIDAK BERESIKO", -1)):
        place = head.split(";").index(heading)
        cells[place] = str(int(cells[place]) + change)
    path.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8", newline="\n")
    return path


def measure_nation(folder: Path, *, regencies: int, formats: str) -> list[Measured]:
    """Measure every step, and print it as it ends."""

    def step(name: str, function: str, *arguments: str) -> Measured:
        work = Work(name=name, function=f"tests.bench.national:{function}", arguments=(str(folder), *arguments))
        measured = measure(work, sample_seconds=_SAMPLE_SECONDS)
        print(_line(measured), flush=True)
        return measured

    steps = [
        step(WRITE, "write", str(regencies)),
        step(PREPARE, "prepare"),
        step(RUN, "run", formats),
        step(AGAIN, "run", formats),
    ]
    change_one_row(folder / "exports")
    return [*steps, step(PREPARE_CHANGED, "prepare"), step(RUN_CHANGED, "run", formats)]


def _line(measured: Measured) -> str:
    pss, foreign = (measured.peak_pss or 0) / 1e6, measured.foreign_cores or 0.0
    numbers = f"{measured.wall:>9.1f}{measured.cpu:>9.1f}{pss:>8.0f}{foreign:>9.1f}"
    result = ", ".join(f"{name} {value}" for name, value in measured.result.items())
    return f"{measured.name:<26}{numbers}  {result}"


def main() -> None:
    """Measure, print a table, write ``outputs/bench/national.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regencies", type=int, default=514)
    parser.add_argument("--out", type=Path, help="folder to keep; without one everything is taken away at the end")
    parser.add_argument("--formats", default="html,pdf")
    given = parser.parse_args()
    print(f"{'step':<26}{'wall s':>9}{'CPU s':>9}{'PSS MB':>8}{'foreign':>9}  result")
    place = tempfile.TemporaryDirectory(prefix="kbkit-nation-") if given.out is None else nullcontext(str(given.out))
    with place as folder:
        steps = measure_nation(Path(folder), regencies=given.regencies, formats=given.formats)
    content = {"regencies": given.regencies, "formats": given.formats, "workers": _WORKERS, "steps": as_records(steps)}
    write_results("national", content)


if __name__ == "__main__":
    main()
