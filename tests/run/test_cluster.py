"""A batch on a Dask cluster: the same bytes, nothing lost with a worker, and one clear sentence where it cannot be."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import psutil
import pytest
from distributed import Client, LocalCluster

from kbkit.cli import main
from kbkit.errors import InputError
from kbkit.parameters import BatchParameters
from kbkit.run import BatchResult, Choice, Outcome, RegencyOutcome, run_batch
from kbkit.run import cluster as cluster_of_batch
from kbkit.run.cluster_worker import Departure, Stations
from kbkit.run.fingerprint import program
from kbkit.run.station_process import refusal
from tests.run.conftest import ENDINGS, make_parameters
from tests.run.same_bytes import contents

pytestmark = pytest.mark.slow

# Python runs this at the start of every process below a worker: what lies in the office's folder is not for them.
GUARD: Final = """\
import os, sys

def guard(event, arguments):
    if event in ("open", "os.chdir", "os.listdir", "os.mkdir", "os.rename", "os.scandir"):
        for each in arguments:
            if isinstance(each, (str, bytes)) and os.path.abspath(os.fsdecode(each)).startswith(os.environ["OFFICE"]):
                raise PermissionError(13, "lies on another machine", each)

sys.addaudithook(guard)
"""


@dataclass(frozen=True)
class Machines:
    """A cluster of two workers of one thread each, in folders of their own, and a folder that they do not see."""

    cluster: LocalCluster
    office: Path
    scratch: Path

    @property
    def address(self) -> str:
        return str(self.cluster.scheduler_address)

    @property
    def scheduler(self) -> Any:
        return self.cluster.scheduler

    def plugins(self) -> list[str]:
        """Return what batches have left on the scheduler."""
        plugins = (*self.scheduler.plugins, *self.scheduler.worker_plugins)
        return [name for name in plugins if name.startswith("kbkit-")]

    def is_clean(self) -> bool:
        """Whether nothing of any batch goes on or lies there."""
        return not (at_work() or left_in(self.scratch) or self.plugins() or self.scheduler.tasks)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    office, scratch, guard = (tmp_path_factory.mktemp(name) for name in ("office", "scratch", "guard"))
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    path = os.pathsep.join([str(guard), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {"PYTHONPATH": path, "OFFICE": str(office)}
    settings = {"dashboard_address": "127.0.0.1:0", "local_directory": str(scratch), "env": env}
    with LocalCluster(n_workers=2, threads_per_worker=1, **settings) as started:
        machines = Machines(started, office, scratch)
        with Client(started, set_as_default=False) as client:
            for number, worker in enumerate(numbers_of(machines)):
                (scratch / f"machine-{number}").mkdir()
                client.run(os.chdir, str(scratch / f"machine-{number}"), workers=[worker])
        yield machines


def numbers_of(machines: Machines) -> dict[str, int]:
    """Return the process of every worker by its address."""
    with Client(machines.cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)  # one that an earlier test killed is started anew
        return dict(client.run(os.getpid))


Batch = Callable[..., BatchParameters]


@pytest.fixture
def batch_in_which(machines: Machines, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Return what makes a batch of one regency that does something."""
    folder = machines.office / request.node.name
    folder.mkdir()

    def make(action: str) -> BatchParameters:
        monkeypatch.setitem(ENDINGS, "21.05", ("Kabupaten Kepulauan Anambas", action))
        return make_parameters(folder, regencies=("21.05",), formats=("html",))

    return make


def reports(result: BatchResult) -> dict[str, dict[str, bytes]]:
    return {outcome.code: contents(result.folder / outcome.code) for outcome in result.outcomes}


def logs(result: BatchResult) -> dict[str, str]:
    """Return the logs without the times in them."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (result.folder / "logs").iterdir()}
    return {name: re.sub(r"\S+T\S+Z?|\(\S+ s\)", "", text) for name, text in texts.items()}


def test_a_killed_worker_loses_nothing_and_every_ending_is_that_of_one_machine(
    machines: Machines, ended_batch: BatchResult
) -> None:
    folder = machines.office / "endings"
    folder.mkdir()
    parameters, numbers = make_parameters(folder, timeout_seconds=6), numbers_of(machines)
    scheduler = machines.scheduler
    struck: list[str] = []
    held: list[int] = []

    def strike(_: RegencyOutcome) -> None:
        held.append(len(scheduler.tasks))
        if not struck:
            struck.append(next(worker for worker, state in scheduler.workers.items() if state.processing))
            os.kill(numbers[struck[0]], signal.SIGKILL)

    result = run_batch(parameters, scheduler=machines.address, progress=strike)
    assert struck
    assert reports(result) == reports(ended_batch)
    assert logs(result) == logs(ended_batch)
    for name in ("index.html", "outcomes.json", "outcomes.csv", "junit.xml"):
        assert (result.folder / name).read_bytes() == (ended_batch.folder / name).read_bytes()
    assert {path.name for path in result.folder.iterdir()} == {path.name for path in ended_batch.folder.iterdir()}
    assert max(held) <= 6, "one waits for each that runs, and of those that came the last may not yet be let go"
    assert soon(machines.is_clean, seconds=30)
    again = run_batch(parameters, choice=Choice(only=("13.77",)), scheduler="tcp://127.0.0.1:1")
    assert again.unchanged == ("13.77",), "who has nothing to send needs no cluster"


def test_what_was_not_sent_is_not_read_and_the_evidence_comes_back(machines: Machines, batch_in_which: Batch) -> None:
    office = machines.office / "test_what_was_not_sent"
    action = f"print(os.getcwd(), pathlib.Path(dataset).resolve()); open({str(office / 'secret')!r})"
    result = run_batch(batch_in_which(action), scheduler=machines.address)
    (outcome,) = result.outcomes
    assert (outcome.ending.outcome, outcome.ending.cell) == (Outcome.FAILED_CELL, 5)
    assert "lies on another machine" in outcome.ending.diagnostic, "the guard stands"
    report = result.folder / "21.05"
    assert {path.name for path in report.iterdir()} == {"build.json", "failure.txt", "notebook.ipynb"}
    cells = json.loads((report / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    printed = "".join(str(each.get("text", "")) for cell in cells for each in cell.get("outputs", []))
    folder = result.folder
    assert f"{folder / '.21.05.partial'} {folder.parent.parent / 'dataset'}" in printed, "places as they are here"
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert str(machines.scratch).encode() not in everything


def test_a_report_that_takes_workers_down_ends_as_killed(
    machines: Machines, batch_in_which: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines.scheduler, "allowed_failures", 0)
    numbers = list(numbers_of(machines).values())
    strike = f"import psutil; found = {numbers}; strike = [each for each in psutil.Process().parents()"
    action = f"{strike} if each.pid in found]; strike[0].kill(); time.sleep(30)"
    result = run_batch(batch_in_which(action), scheduler=machines.address)
    assert [outcome.ending.outcome for outcome in result.outcomes] == [Outcome.KILLED]
    assert (result.folder / "21.05" / "failure.txt").is_file()
    assert "killed" in (result.folder / "logs" / "21.05.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_of_a_killed_batch_goes_on(machines: Machines, tmp_path: Path, batch_in_which: Batch) -> None:
    mark = tmp_path / "begun"
    parameters = batch_in_which(f"pathlib.Path({str(mark)!r}).touch(); time.sleep(60)")
    script = tmp_path / "batch.py"
    script.write_text(
        "from pathlib import Path, PosixPath\nfrom kbkit.parameters import BatchParameters\n"
        "from kbkit.run import run_batch\nif __name__ == '__main__':\n"
        f"    parameters = BatchParameters.model_validate({parameters.model_dump()!r})\n"
        f"    run_batch(parameters, scheduler={machines.address!r})\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)]) as batch:
        begun = soon(mark.exists, seconds=60)
        assert left_in(machines.scratch)
        batch.kill()
    assert begun
    assert soon(machines.is_clean, seconds=30)


@pytest.mark.parametrize("plugin", [Departure, Stations], ids=["scheduler", "worker"])
def test_a_machine_without_kbkit_is_one_sentence(
    machines: Machines, batch_in_which: Batch, monkeypatch: pytest.MonkeyPatch, plugin: type
) -> None:
    monkeypatch.setattr(plugin, "__reduce__", lambda _: (import_module, ("kbkit.not_installed",)), raising=False)
    with pytest.raises(InputError) as raised:
        run_batch(batch_in_which(""), scheduler=machines.address)
    assert [fault.code for fault in raised.value.faults] == ["cluster.no_kbkit"]
    assert soon(machines.is_clean, seconds=30)


def test_a_scheduler_that_goes_is_one_sentence_and_what_was_placed_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_of_batch, "_CONNECT_SECONDS", 1)  # so long a client waits for its scheduler to return
    parameters = make_parameters(tmp_path, regencies=("13.77", "76.04"), formats=("html",))
    settings = {"dashboard_address": "127.0.0.1:0", "local_directory": str(tmp_path / "scratch")}
    with LocalCluster(n_workers=1, threads_per_worker=1, **settings) as cluster:
        placed: list[str] = []

        def leave(outcome: RegencyOutcome) -> None:
            placed.append(outcome.code)
            cluster.close()

        with pytest.raises(InputError) as raised:
            run_batch(parameters, scheduler=cluster.scheduler_address, progress=leave)
    assert [fault.code for fault in raised.value.faults] == ["cluster.lost"]
    assert [(parameters.folder / code / "report.html").is_file() for code in placed] == [True]
    assert "distributed.client" not in {record.name for record in caplog.records}
    assert soon(lambda: not (at_work() or left_in(tmp_path / "scratch")), seconds=30)


def soon(happens: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until something happens; say whether it did."""
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.1)
    return happens()


def left_in(scratch: Path) -> list[str]:
    """Return the folders that batches have left on workers, while others may be going."""
    return [folder for folder, _, _ in os.walk(scratch) if "kbkit-" in Path(folder).name]


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
