"""Many reports: what a batch costs beyond its analysis. ``python -m tests.bench.batches [--reports 8] [--rounds 1]``.

Ways, once a round each: the chain of commands that people use (papermill, nbconvert, nbconvert), the same through
Python with a kernel a report, kbkit with one and with two workers, and the floor: the same analysis and drawings by a
warm function, with no notebook and no documents. The naive ways set their PDF with kbkit's exporter, since neither
LaTeX nor a browser is at hand: their own would cost more. All ways must leave the same findings and figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.bench.measuring import PROJECT, Work, as_records, interleave, median_of, ratio, write_results

NOTEBOOK: Final = PROJECT / "notebooks" / "regency_report.ipynb"
_LIKE: Final = ("33.16", "14.71", "13.77", "14.06", "21.05")
"""Regencies of the demo, which those of the benchmark are copies of."""

NAIVE, API, ONE, TWO, FLOOR = "naive commands", "naive Python", "kbkit, 1 worker", "kbkit, 2 workers", "floor"


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


def run_commands(folder: str, reports: str) -> dict[str, str]:
    """Run three commands a report."""
    place = _new_place(folder, NAIVE)
    for code in codes(int(reports)):
        out = place / code
        out.mkdir(parents=True)
        options = [part for name, value in values(folder, code).items() for part in ("-r", name, value)]
        _python("papermill", str(NOTEBOOK), str(out / "notebook.ipynb"), *options, "--cwd", str(out))
        for form in ("html", "kbkit-pdf"):
            _python("nbconvert", "--to", form, str(out / "notebook.ipynb"), "--output", "report")
    return results(place)


def run_api(folder: str, reports: str) -> dict[str, str]:
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
    return results(place)


def run_kbkit(folder: str, reports: str, workers: str) -> dict[str, str]:
    """Run a batch of kbkit."""
    from kbkit.parameters import BatchParameters
    from kbkit.run import run_batch

    place = _new_place(folder, f"kbkit{workers}")
    parameters = BatchParameters(
        batch="batch",
        dataset=Path(folder, "dataset"),
        regencies=tuple(codes(int(reports))),
        out=place,
        notebook=NOTEBOOK,
        workers=int(workers),
    )
    outcome = run_batch(parameters)
    assert not outcome.has_failures, outcome.outcomes
    return results(place / "batch")


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
    return {"warm_cpu": spent} | results(place)


def results(place: Path) -> dict[str, str]:
    """Return a hash over the findings and one over the figures of all reports: the ways must agree in them."""
    return {name: _hash(sorted(place.glob(f"[0-9]*/{name}")), place) for name in ("findings.json", "figures/*.svg")}


def _hash(paths: list[Path], place: Path) -> str:
    made = hashlib.sha256(usedforsecurity=False)
    for path in paths:
        made.update(path.relative_to(place).as_posix().encode() + path.read_bytes())
    return made.hexdigest()


def _new_place(folder: str, name: str) -> Path:
    place = Path(folder, "ways", name)
    shutil.rmtree(place, ignore_errors=True)
    return place


def _python(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, capture_output=True)


def main() -> None:
    """Measure, print a table, write ``outputs/bench/batches.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    # Sums over several threads differ in their last digit, and all ways must agree in every one.
    os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
    with tempfile.TemporaryDirectory(prefix="kbkit-bench-") as name:
        prepare(Path(name), reports=given.reports)
        common = (name, str(given.reports))
        module = "tests.bench.batches"
        works = [
            Work(name=NAIVE, function=f"{module}:run_commands", arguments=common),
            Work(name=API, function=f"{module}:run_api", arguments=common),
            Work(name=ONE, function=f"{module}:run_kbkit", arguments=(*common, "1")),
            Work(name=TWO, function=f"{module}:run_kbkit", arguments=(*common, "2")),
            Work(name=FLOOR, function=f"{module}:run_floor", arguments=common),
        ]
        measured = interleave(works, rounds=given.rounds)
    shown = [{key: value for key, value in item.result.items() if key != "warm_cpu"} for item in measured]
    same = all(each == shown[0] for each in shown)
    floor = min(item.result["warm_cpu"] for item in measured if item.name == FLOOR) / given.reports
    print(f"{given.reports} reports, {given.rounds} round(s); seconds a report, start included")
    print(f"{'way':<18}{'wall':>8}{'CPU':>8}{'naive/it':>10}{'x floor':>9}{'PSS MB':>8}")
    for work in works:
        wall = (median_of(measured, work.name, "wall") or 0) / given.reports
        cpu = (median_of(measured, work.name, "cpu") or 0) / given.reports
        pss = (median_of(measured, work.name, "peak_pss") or 0) / 1e6
        gain = 1 / ratio(measured, work.name, to=NAIVE)
        print(f"{work.name:<18}{wall:>8.2f}{cpu:>8.2f}{gain:>10.2f}{cpu / floor:>9.2f}{pss:>8.0f}")
    print(f"warm floor: {floor:.2f} CPU s a report; same findings and figures from all ways: {same}")
    write_results(
        "batches",
        {"reports": given.reports, "same_outputs": same, "floor_cpu": floor, "runs": as_records(measured)},
    )


if __name__ == "__main__":
    main()
