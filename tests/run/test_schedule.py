"""Who dies costs its own report; limits of time and memory hold; nothing is left behind."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from kbkit.parameters import BatchParameters
from kbkit.run import BatchResult, Outcome, run_batch
from tests.run.chaos import strike_at_random
from tests.run.conftest import make_parameters
from tests.run.same_bytes import STARTS, reports_of

pytestmark = pytest.mark.slow

SPAWNED = os.environ.get("KBKIT_START") == "spawn" or sys.platform != "linux"


def batch_in_which(folder: Path, action: str, **changes: Any) -> BatchParameters:
    """Return a batch of three regencies, the second of which does something."""
    parameters = make_parameters(folder, regencies=("13.77", "21.05", "76.04"), formats=("html",), **changes)
    text = parameters.notebook.read_text(encoding="utf-8").replace("1 / 0", action)
    parameters.notebook.write_text(text, encoding="utf-8")
    return parameters


def endings(result: BatchResult) -> list[Outcome]:
    return [outcome.ending.outcome for outcome in result.outcomes]


@pytest.mark.skipif(SPAWNED, reason="without a fork server the parent of a worker is the batch itself")
def test_a_cell_that_ends_the_fork_server_takes_no_other_report_with_it(tmp_path: Path) -> None:
    result = run_batch(batch_in_which(tmp_path, "os.kill(os.getppid(), signal.SIGKILL); time.sleep(9)", workers=3))
    assert endings(result) == [Outcome.RENDERED, Outcome.KILLED, Outcome.RENDERED]
    assert not [each for each in psutil.Process().children() if "spawn_main" in " ".join(each.cmdline())]


def test_a_cell_that_wants_too_much_memory_is_ended_with_its_reason(tmp_path: Path) -> None:
    action = "x = str(1) * 900_000_000; time.sleep(30)"
    result = run_batch(batch_in_which(tmp_path, action, memory_megabytes=700))
    assert endings(result) == [Outcome.RENDERED, Outcome.KILLED, Outcome.RENDERED]
    assert "emory" in result.outcomes[1].ending.diagnostic


def test_fail_fast_ends_with_the_first_failure_and_keeps_what_is_whole(tmp_path: Path) -> None:
    result = run_batch(batch_in_which(tmp_path, "1 / 0", workers=1), fail_fast=True)
    assert result.failed == ("21.05",)
    assert result.ran == ("13.77", "21.05")
    assert result.index.is_file()


DRAWING = "import numpy, matplotlib.pyplot as plt\nplt.plot(numpy.random.random(3)); plt.title(random.random())\n"
MESS = """\
if regency == "21.05":
    numpy.random.seed(7); random.seed(7); plt.rc("font", size=40); plt.figure(); os.chdir("/")
    warnings.simplefilter("ignore"); os.environ["LANG"] = "C"; sys.path.clear(); dataset = None
"""


def test_a_report_has_the_same_bytes_alone_and_last_from_a_fork_and_from_a_used_worker(tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path, regencies=("13.77", "21.05"), formats=("html",))
    notebook = json.loads(parameters.notebook.read_text(encoding="utf-8"))
    sources = {cell["id"]: cell for cell in notebook["cells"]}
    sources["dataset"]["source"] += DRAWING
    sources["ending"]["source"] = MESS
    parameters.notebook.write_text(json.dumps(notebook), encoding="utf-8")
    found = reports_of(parameters, "13.77", ways=[(STARTS[0], "alone"), *((start, "last") for start in STARTS)])
    first, *rest = found.items()
    for way, files in rest:
        assert [name for name in first[1] if files.get(name) != first[1][name]] == [], way
    assert b"image/png" in first[1]["notebook.ipynb"]


def test_a_batch_that_is_struck_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    """The long run is a command: ``python -m tests.run.chaos``."""
    points = list(strike_at_random(tmp_path, points=1, seed=5, formats=("html",)))
    assert all(point.survived for point in points), points
