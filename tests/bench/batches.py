"""Many reports: what a batch costs beyond its analysis.

``python -m tests.bench.batches [--reports 1 8 64] [--naive 4] [--rounds 1]``

Ways, once a round each: the chain of commands that people use (papermill, nbconvert, nbconvert), the same through
Python with a kernel a report, kbkit without documents, kbkit with HTML and PDF by one and by two workers, and the
floor: the same analysis and drawings by a warm function, with no notebook and no documents. A batch of kbkit ends with
a report over all regencies and an index, which the others do not make. The naive ways set their PDF with kbkit's
exporter, since neither LaTeX nor a driver for a browser is among the packages: their own would cost more (4.2 s a
report by chromium through nbconvert, 8.5 s by XeLaTeX, on a machine of two cores). Each of their reports costs the
same, so that they may make fewer. All ways must leave the same findings and figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tests.bench.batch_table import (
    API,
    EXECUTION,
    FLOOR,
    NAIVE,
    ONE,
    TWO,
    marginal,
    per_report,
    print_table,
    same_outputs,
)
from tests.bench.measuring import PROJECT, Measured, Work, as_records, interleave, write_results

NOTEBOOK: Final = PROJECT / "notebooks" / "regency_report.ipynb"
_LIKE: Final = ("33.16", "14.71", "13.77", "14.06", "21.05")
"""Regencies of the demo, which those of the benchmark are copies of."""


def prepare(folder: Path, *, reports: int) -> None:
    """Write the demo's dataset with as many regencies as there shall be reports."""
    from kbkit.dataset.schema import PARTITION
    from kbkit.demo import write_demo
    from kbkit.prepare import prepare_dataset

    prepare_dataset(sources=[write_demo(out=folder / "demo").exports], out=folder / "dataset")
    about = json.loads((folder / "dataset" / "dataset.json").read_text(encoding="utf-8"))
    for number, code in enumerate(codes(reports)):
        like = _LIKE[number % len(_LIKE)]
        about["regencies"][code] = about["regencies"][like]
        for place in (folder / "dataset").glob(f"*/{PARTITION}={like}"):
            shutil.copytree(place, place.with_name(f"{PARTITION}={code}"))
    (folder / "dataset" / "dataset.json").write_text(json.dumps(about), encoding="utf-8")


def codes(reports: int) -> list[str]:
    """Return codes that no regency has."""
    return [f"{90 + number // 99}.{number % 99 + 1:02d}" for number in range(reports)]


def values(folder: str, code: str) -> dict[str, Any]:
    """Return the parameters of one report, run in a folder two below that of the benchmark's ways."""
    return {"dataset": str(Path(folder, "dataset")), "regency": code, "out": "."}


def run_commands(folder: str, reports: str) -> dict[str, Any]:
    """Run three commands a report."""
    place = _new_place(folder, NAIVE)
    for code in codes(int(reports)):
        out = place / code
        out.mkdir(parents=True)
        options = [part for name, value in values(folder, code).items() for part in ("-r", name, value)]
        _python("papermill", str(NOTEBOOK), str(out / "notebook.ipynb"), *options, "--cwd", str(out))
        for form in ("html", "kbkit-pdf"):
            _python("nbconvert", "--to", form, str(out / "notebook.ipynb"), "--output", "report")
    return {"outputs": outputs(place)}


def run_api(folder: str, reports: str) -> dict[str, Any]:
    """Run papermill and nbconvert from one process, with a kernel a report."""
    import nbformat
    import papermill
    from nbconvert.exporters import get_exporter

    place = _new_place(folder, API)
    exporters = {form: get_exporter(form)() for form in ("html", "kbkit-pdf")}  # type: ignore[no-untyped-call]
    for code in codes(int(reports)):
        out = place / code
        out.mkdir(parents=True)
        name = str(out / "notebook.ipynb")
        papermill.execute_notebook(
            str(NOTEBOOK), name, parameters=values(folder, code), cwd=out, progress_bar=False, kernel_name="python3"
        )
        notebook = nbformat.read(name, as_version=4)  # type: ignore[no-untyped-call]
        for form, exporter in exporters.items():
            body, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": code}})
            content = body if isinstance(body, bytes) else body.encode()
            (out / f"report.{form}").write_bytes(content)
    return {"outputs": outputs(place)}


def run_kbkit(folder: str, reports: str, workers: str) -> dict[str, Any]:
    """Run a batch of kbkit; also tell how soon the first report was there, and the median of all from begin to end."""
    from kbkit.run import run_batch

    place = _new_place(folder, f"kbkit{workers}")
    began = time.perf_counter()
    ended: list[tuple[float, float]] = []
    result = run_batch(
        _parameters(folder, reports, out=place, workers=workers),
        progress=lambda outcome: ended.append((time.perf_counter() - began, outcome.seconds or 0.0)),
    )
    assert not result.has_failures, result.outcomes
    typical = statistics.median(seconds for _, seconds in ended)
    return {"outputs": outputs(place / "batch"), "first_report": ended[0][0], "typical_report": typical}


def run_execution(folder: str, reports: str) -> dict[str, Any]:
    """Run the notebooks as a batch of kbkit does, and make no documents."""
    from kbkit.dataset.metadata import read_metadata
    from kbkit.run.outcomes import Outcome
    from kbkit.run.plan import regency_job
    from kbkit.run.schedule import run_jobs

    place = _new_place(folder, EXECUTION)
    parameters = _parameters(folder, reports, out=place, workers="1")
    parameters.folder.mkdir(parents=True)
    metadata = read_metadata(parameters.dataset)
    jobs = [regency_job(parameters, code=code, metadata=metadata, build=None) for code in parameters.regencies]
    for outcome in run_jobs([replace(job, formats=()) for job in jobs], workers=1, last=lambda: ()):
        assert outcome.ending.outcome == Outcome.RENDERED, outcome
    return {"outputs": outputs(parameters.folder)}


def _parameters(folder: str, reports: str, *, out: Path, workers: str) -> Any:
    from kbkit.parameters import BatchParameters

    return BatchParameters(
        batch="batch",
        dataset=Path(folder, "dataset"),
        regencies=tuple(codes(int(reports))),
        out=out,
        notebook=NOTEBOOK,
        workers=int(workers),
    )


def run_floor(folder: str, reports: str) -> dict[str, Any]:
    """Analyse and draw in this process; the first report, which loads everything, is made twice and counted once."""
    import kbkit

    place = _new_place(folder, FLOOR)
    wanted = codes(int(reports))
    spent = 0.0
    for number, code in enumerate([wanted[0], *wanted]):
        began = time.process_time()
        findings = kbkit.analyse_regency(kbkit.read_regency(Path(folder, "dataset"), regency=code))
        kbkit.compose_report(findings, language="id").save(place / code)
        spent += (time.process_time() - began) * bool(number)
    return {"outputs": outputs(place), "warm_cpu": spent}


def outputs(place: Path) -> dict[str, str]:
    """Return for every report a hash over its findings and figures: the ways must agree in them."""
    return {folder.name: _hash(folder) for folder in sorted(place.glob("[0-9]*"))}


def _hash(folder: Path) -> str:
    made = hashlib.sha256(usedforsecurity=False)
    for path in (folder / "findings.json", *sorted(folder.glob("figures/*.svg"))):
        made.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return made.hexdigest()


def _new_place(folder: str, name: str) -> Path:
    place = Path(folder, "ways", name)
    shutil.rmtree(place, ignore_errors=True)
    return place


def _python(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, capture_output=True)


def works(folder: str, *, reports: int, naive: int) -> list[Work]:
    """Return the ways.

    Args:
        folder: with the dataset.
        reports: how many the ways of kbkit and the floor make.
        naive: how many the naive ways make at most; 0 leaves them out.
    """
    module, all_, few = "tests.bench.batches", (folder, str(reports)), (folder, str(min(naive, reports)))
    chains = [
        Work(name=NAIVE, function=f"{module}:run_commands", arguments=few),
        Work(name=API, function=f"{module}:run_api", arguments=few),
    ]
    return [
        *(chains if naive else []),
        Work(name=EXECUTION, function=f"{module}:run_execution", arguments=all_),
        Work(name=ONE, function=f"{module}:run_kbkit", arguments=(*all_, "1")),
        Work(name=TWO, function=f"{module}:run_kbkit", arguments=(*all_, "2")),
        Work(name=FLOOR, function=f"{module}:run_floor", arguments=all_),
    ]


def main() -> None:
    """Measure, print a table a size, write ``outputs/bench/batches.json``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1, 8, 64], help="sizes of the batch")
    parser.add_argument("--naive", type=int, default=4, help="most reports of the naive ways; 0 for none")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    # Sums over several threads differ in their last digit, and all ways must agree in every one.
    os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
    sizes: dict[int, list[Measured]] = {}
    runs = []
    with tempfile.TemporaryDirectory(prefix="kbkit-bench-") as name:
        prepare(Path(name), reports=max(given.reports))
        for reports in sorted(set(given.reports)):
            measured = interleave(works(name, reports=reports, naive=given.naive), rounds=given.rounds)
            sizes[reports] = per_report(measured)
            runs.append({"reports": reports, "same_outputs": same_outputs(measured), "runs": as_records(measured)})
            print_table(sizes[reports], reports=reports, rounds=given.rounds)
    more = {name: marginal(sizes, name) for name in (EXECUTION, ONE, TWO, FLOOR)}
    floor = more[FLOOR]
    if floor:
        told = ", ".join(f"{name} {cpu:.2f} ({cpu / floor:.2f} x floor)" for name, cpu in more.items() if cpu)
        print(f"\nCPU seconds for one report more: {told}")
    print(f"same findings and figures from all ways: {all(run['same_outputs'] for run in runs)}")
    write_results("batches", {"sizes": runs, "cpu_for_one_more": more})


if __name__ == "__main__":
    main()
