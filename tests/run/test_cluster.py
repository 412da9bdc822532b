"""A batch on a Dask cluster: the same bytes, nothing lost with a worker, and one clear sentence where it cannot be."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, LocalCluster

from kbkit.cli import main
from kbkit.parameters import BatchParameters
from kbkit.run import BatchResult, Outcome, run_batch
from kbkit.run.fingerprint import program
from kbkit.run.station_process import refusal
from tests.run.conftest import ENDINGS, make_parameters
from tests.run.same_bytes import contents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and two worker processes of one thread each."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started


def workers_of(cluster: LocalCluster) -> list[int]:
    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)  # one that an earlier test killed is started anew
        return list(client.run(os.getpid).values())


Batch = Callable[..., BatchParameters]


@pytest.fixture
def batch_in_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Return what makes a batch of three regencies, the second of which does something."""

    def make(action: str, **changes: Any) -> BatchParameters:
        monkeypatch.setitem(ENDINGS, "21.05", ("Kabupaten Kepulauan Anambas", action))
        settings = {"regencies": ("13.77", "21.05", "76.04"), "formats": ("html",)} | changes
        return make_parameters(tmp_path, **settings)

    return make


def reports(result: BatchResult) -> dict[str, dict[str, bytes]]:
    return {outcome.code: contents(result.folder / outcome.code) for outcome in result.outcomes}


# Kills the worker of the cluster that it runs under, once.
STRIKE = """\
import psutil; found = pathlib.Path("{workers}"); above = {{each.pid for each in psutil.Process().parents()}}
if found.exists() and (struck := above & set(json.loads(found.read_text()))) and not pathlib.Path("{mark}").exists():
    pathlib.Path("{mark}").touch(); [os.kill(number, 9) for number in struck]; time.sleep(30)
"""


def test_a_worker_that_is_killed_loses_nothing_and_the_bytes_are_those_of_one_machine(
    cluster: LocalCluster, tmp_path: Path, batch_in_which: Batch
) -> None:
    workers, mark = tmp_path / "workers.json", tmp_path / "struck"
    parameters = batch_in_which(STRIKE.format(workers=workers, mark=mark))
    here = run_batch(parameters.model_copy(update={"out": tmp_path / "here"}))
    assert [outcome.ending.outcome for outcome in here.outcomes] == [Outcome.RENDERED] * 3
    workers.write_text(json.dumps(workers_of(cluster)), encoding="utf-8")
    there = run_batch(parameters, scheduler=cluster.scheduler_address)
    assert mark.exists(), "a worker was struck"
    assert reports(there) == reports(here)
    assert {path.name for path in there.folder.iterdir()} == {path.name for path in here.folder.iterdir()}
    again = run_batch(parameters, scheduler="tcp://127.0.0.1:1")
    assert again.unchanged == ("13.77", "21.05", "76.04"), "who has nothing to send needs no cluster"
    assert soon(lambda: not at_work(), seconds=5)


def test_a_report_that_takes_workers_down_ends_as_killed(
    cluster: LocalCluster, batch_in_which: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    strike = f"import psutil; found = {workers_of(cluster)}; strike = [each for each in psutil.Process().parents()"
    action = f"{strike} if each.pid in found]; strike[0].kill(); time.sleep(30)"
    result = run_batch(batch_in_which(action, regencies=("21.05",)), scheduler=cluster.scheduler_address)
    assert [outcome.ending.outcome for outcome in result.outcomes] == [Outcome.KILLED]
    assert (result.folder / "21.05" / "failure.txt").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_of_a_killed_batch_goes_on(cluster: LocalCluster, tmp_path: Path, batch_in_which: Batch) -> None:
    mark = tmp_path / "begun"
    parameters = batch_in_which(f"pathlib.Path({str(mark)!r}).touch(); time.sleep(60)", regencies=("21.05",))
    script = tmp_path / "batch.py"
    script.write_text(
        "from pathlib import Path, PosixPath\nfrom kbkit.parameters import BatchParameters\n"
        "from kbkit.run import run_batch\nif __name__ == '__main__':\n"
        f"    parameters = BatchParameters.model_validate({parameters.model_dump()!r})\n"
        f"    run_batch(parameters, scheduler={cluster.scheduler_address!r})\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)]) as batch:
        begun = soon(mark.exists, seconds=60)
        batch.kill()
    assert begun
    assert soon(lambda: not at_work(), seconds=10)


def soon(happens: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until something happens; say whether it did."""
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.1)
    return happens()


def at_work() -> list[psutil.Process]:
    """Return the processes below this one that make reports: stations, and what they have started."""
    return [each for each in psutil.Process().children(recursive=True) if "kbkit.run" in command_of(each)]


def command_of(process: psutil.Process) -> str:
    try:
        above = process.parent()
        return " ".join([*process.cmdline(), *(above.cmdline() if above else ())])
    except psutil.Error:
        return ""


def test_a_worker_that_has_another_program_refuses() -> None:
    assert refusal(program()) is None
    other = refusal({**program(), "packages": {**program()["packages"], "numpy": "1.0"}})
    assert other is not None
    assert (other.code, other.found) == ("cluster.other_version", "numpy")
    code = refusal({**program(), "code": {}})
    assert code is not None
    assert code.found == "kbkit"


def test_a_scheduler_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert said_by_run(tmp_path, address, capsys).startswith(f"penjadwal klaster {address} tidak dapat dihubungi.")
    assert said_by_run(tmp_path, "klaster", capsys).startswith("penjadwal klaster klaster tidak dapat dihubungi.")


def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kbkit.run.cluster", "kbkit.run.cluster_worker"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = said_by_run(tmp_path, "tcp://127.0.0.1:1", capsys)
    assert 'Pasang dengan: pip install "kbkit[cluster]"' in said


def said_by_run(folder: Path, address: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a batch by the command, which cannot be used; return its one line."""
    parameters = make_parameters(folder)
    settings = {"batch": "coba", "dataset": "dataset", "regencies": ["13.77"], "notebook": parameters.notebook.name}
    file = folder / "coba.yaml"
    file.write_text(json.dumps(settings), encoding="utf-8")
    capsys.readouterr()
    assert main(["run", str(file), "--out", str(folder / "outputs"), "--scheduler", address]) == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    return said
