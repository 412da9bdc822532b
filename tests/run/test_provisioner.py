"""Real kernels, forked: what needs one runs in a batch; other tools get ordinary kernels, sooner."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from kbkit.run import Outcome, run_batch
from kbkit.run.forking import VARIABLE, wants_forks
from kbkit.run.provisioner import NAME, ForkedKernel, ForkProvisioner
from tests.run.conftest import ENDINGS, code_cell, make_parameters

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="a notebook with %%bash")]

forked = pytest.mark.skipif(not wants_forks(), reason="where nothing is forked, kernels are started as usual")

NEEDY = {
    "bash": "%%bash\nread word <<< 'halo dunia'\necho $word",
    "comm": "from comm import create_comm\n"
    "create_comm(target_name='x', data={'a': 1})\n"
    "print(type(get_ipython().kernel).__name__, random.random(), __import__('numpy').random.random())",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
}


def test_a_notebook_that_needs_a_kernel_gets_one_in_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENDINGS, "33.16", ("Kabupaten Blora", "import subprocess; subprocess.Popen(['sleep', '97'])"))
    codes = ("13.77", "14.06", "33.16", "76.02")
    parameters = make_parameters(tmp_path, regencies=codes, formats=("html",))
    notebook = json.loads(parameters.notebook.read_text(encoding="utf-8"))
    notebook["metadata"] = {"kbkit": {"kernel": True}}
    notebook["cells"][2:2] = [code_cell(source, name=name) for name, source in NEEDY.items()]
    parameters.notebook.write_text(json.dumps(notebook), encoding="utf-8")
    result = run_batch(parameters)
    endings = [outcome.ending for outcome in result.outcomes]
    found = [Outcome.RENDERED, Outcome.BAD_DATA, Outcome.RENDERED, Outcome.KILLED]
    assert [ending.outcome for ending in endings] == found, endings
    assert [fault.code for fault in endings[1].faults] == ["dataset.partition_unreadable"]
    assert endings[3].cell == 8, "the cell that ended the kernel is known"
    shown = outputs_of(result.folder / "13.77" / "notebook.ipynb")
    assert "halo dunia" in shown["bash"]
    assert "IPythonKernel 0.8444218515250481 0.5488135039273248" in shown["comm"], "the seeds of every report"
    assert "image/png" in shown["figure"]
    assert shown["findings"].count("tiga") == 1
    assert not soon_gone(lambda each: "ipykernel" in each or "97" in each)


def outputs_of(path: Path) -> dict[str, str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: json.dumps(cell.get("outputs")) for cell in cells}


def soon_gone(is_meant: Callable[[list[str]], Any]) -> list[psutil.Process]:
    """Return the processes of this machine's user that are meant and do not end soon."""
    end = time.monotonic() + 5
    while found := [each for each in psutil.process_iter(["cmdline"]) if is_meant(each.info["cmdline"] or [])]:
        if time.monotonic() > end:
            break
        time.sleep(0.1)
    return found


@pytest.fixture
def provisioned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every kernel that is started here come from the provisioner, as an entry of a kernel specification would."""
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)
    monkeypatch.setattr(ForkProvisioner, "preload", ["numpy"])
    yield
    for server in ForkProvisioner.servers.values():
        server.close()
    ForkProvisioner.servers.clear()


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A folder with a short name: that of a socket may not be long."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def start(folder: Path, **options: Any) -> tuple[KernelManager, BlockingKernelClient]:
    """Start a kernel that talks by files in a new folder: a port that was free a moment ago may be taken."""
    place = tempfile.mkdtemp(dir=folder)
    manager = KernelManager(transport="ipc", connection_file=str(Path(place) / "k"))
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    return manager, client


def value_of(client: BlockingKernelClient, code: str) -> str:
    """Return what an expression is in a kernel, or the name of the error."""
    reply = client.execute_interactive(
        "", user_expressions={"value": code}, timeout=30, output_hook=lambda _message: None
    )
    found = reply["content"]["user_expressions"]["value"]
    return str(found["data"]["text/plain"] if found["status"] == "ok" else found["ename"])


@forked
def test_kernels_of_other_tools_are_ordinary_and_each_its_own(provisioned: None, sockets: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "KBKIT_TEST": "ya"}
    kernels = [start(sockets, cwd=str(tmp_path), env=environment) for _ in range(2)]
    try:
        assert all(isinstance(process_of(manager), ForkedKernel) for manager, _ in kernels)
        for code in (
            "__import__('random').random()",
            "__import__('numpy').random.random()",
            "__import__('os').getpid()",
        ):
            first, second = (value_of(client, code) for _, client in kernels)
            assert first != second, code
        (manager, client), (_, other) = kernels
        # One by one: a kernel breaks a long tuple over lines.
        assert value_of(client, "__import__('os').environ['KBKIT_TEST']") == repr("ya")
        assert value_of(client, "__import__('os').getcwd()") == repr(str(tmp_path))
        assert value_of(client, "'numpy' in __import__('sys').modules") == "True", "it was loaded before"
        # A request that fails makes the kernel abort what is queued behind it for a moment: it is told not to.
        message = client.execute("while True: pass", stop_on_error=False)
        time.sleep(0.5)
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=10)
        assert reply["parent_header"]["msg_id"] == message
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        before = value_of(client, "__import__('os').getpid()")
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=30)
        assert value_of(client, "__import__('os').getpid()") != before
        os.kill(int(value_of(client, "__import__('os').getpid()")), signal.SIGKILL)
        end = time.monotonic() + 5
        while manager.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
        assert not manager.is_alive()
        assert value_of(other, "6 * 7") == "42", "it dies alone"
    finally:
        for manager, client in kernels:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def process_of(manager: KernelManager) -> Any:
    provisioner: Any = manager.provisioner
    return provisioner.process


@forked
def test_a_server_that_died_gives_way_to_an_ordinary_kernel_and_then_to_a_new_server(
    provisioned: None, sockets: Path
) -> None:
    manager, client = start(sockets)
    os.kill(int(value_of(client, "__import__('os').getppid()")), signal.SIGKILL)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    kinds = []
    for _ in range(2):
        manager, client = start(sockets)
        kinds.append(isinstance(process_of(manager), ForkedKernel))
        assert value_of(client, "1 + 1") == "2"
        client.stop_channels()
        manager.shutdown_kernel()
    assert kinds == [False, True]


def test_where_nothing_is_forked_the_kernel_is_an_ordinary_one(
    provisioned: None, sockets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "spawn")
    manager, client = start(sockets)
    assert not isinstance(process_of(manager), ForkedKernel)
    assert value_of(client, "1 + 1") == "2"
    client.stop_channels()
    manager.shutdown_kernel()
