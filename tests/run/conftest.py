"""A small dataset and a small notebook that does what a regency's notebook does, and ends as it is told to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from kbkit.parameters import BatchParameters, RegencyReportParameters
from kbkit.run import BatchResult, run_batch

PARAMETERS: Final = "".join(
    f"{name}: {field.annotation.__name__ if isinstance(field.annotation, type) else 'str'} = {field.default!r}\n"
    for name, field in RegencyReportParameters.model_fields.items()
)

DATASET: Final = """\
import json, os, pathlib, random, signal, sys, time, warnings
from IPython.display import display
from kbkit.document import MIME_TYPE, Document, Heading, Paragraph, dump_blocks, plain
from kbkit.errors import DatasetError, Fault, Withheld
assert (pathlib.Path(dataset) / "dataset.json").is_file()
object()
"""

# What changes from run to run unless the kernel is told not to: order of a set, place in memory, number of the process.
FINDINGS: Final = """\
folder = pathlib.Path(out)
(folder / "tables").mkdir(parents=True, exist_ok=True)
(folder / "tables" / "a.csv").write_text("a;b\\n", encoding="utf-8")
findings = {
    "regency": regency,
    "office": office,
    "words": list({"sangat", "pendek", "tinggi", "badan", regency}),
    "draw": random.Random(regency).random(),
    "summary": {"prevalence": 0.216, "coverage": 0.724, "comparison": "withheld"},
}
(folder / "findings.json").write_text(json.dumps(findings), encoding="utf-8")
print(findings["words"])
warnings.warn("peringatan")
sys.stdout.flush()
print("tiga")
"""

REPORT: Final = """\
blocks = (
    Document(language="id", title="Laporan " + regency, words={}),
    Heading(level=1, text="Pendahuluan"),
    Paragraph(spans=plain("Isi laporan.")),
)
display({MIME_TYPE: dump_blocks(blocks), "text/plain": ""}, raw=True)
"""

# The text of an error is all that leaves a kernel: here it is what kbkit.errors.faults_in reads back.
REFUSALS: Final = """\
fault = Fault(code="dataset.partition_unreadable", file="tiers", found="magic bytes", details={})
class DatasetError(DatasetError):
    def __str__(self):
        return json.dumps([fault.as_dict() for fault in self.faults])
class Withheld(Withheld):
    __str__ = DatasetError.__str__
"""

ENDINGS: Final = {
    "13.77": ("Kota Pariaman", ""),
    "14.06": ("Kabupaten Rokan Hulu", "raise DatasetError([fault])"),
    "14.71": ("Kota Pekanbaru", "raise Withheld([fault])"),
    "21.05": ("Kabupaten Kepulauan Anambas", "1 / 0"),
    "33.16": ("Kabupaten Blora", "time.sleep(60)"),
    "76.01": ("Kabupaten Pasangkayu", "os._exit(1)"),
    "76.02": ("Kabupaten Mamuju", "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM)); time.sleep(60)"),
    "76.03": ("Kabupaten Mamasa", "display({MIME_TYPE: [{'kind': 'unknown'}], 'text/plain': ''}, raw=True)"),
    "76.04": ("Kabupaten Polewali Mandar", ""),
}
"""Code -> name, and what the notebook does for that regency after its findings."""


def code_cell(source: str, *, name: str, tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def write_small_notebook(path: Path) -> Path:
    """Write the notebook: parameters (1, 2), dataset (3), findings (4), ending (5), report (6)."""
    actions = {code: action for code, (_, action) in ENDINGS.items()}
    ending = f"{REFUSALS}exec({actions!r}[regency])\n"
    cells = [code_cell(PARAMETERS, name="parameters", tags=("parameters",))]
    sources = {"dataset": DATASET, "findings": FINDINGS, "ending": ending, "report": REPORT}
    cells += [code_cell(source, name=name) for name, source in sources.items()]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path.write_text(text, encoding="utf-8")
    return path


def make_parameters(folder: Path, **changes: Any) -> BatchParameters:
    """Write a dataset and the notebook into a folder and return a batch over them."""
    dataset = folder / "dataset"
    dataset.mkdir(exist_ok=True)
    metadata = {
        "tool_version": "0",
        "register_name": "register",
        "register_vintage": "2025",
        "data_status": "simulated",
        "sources": [],
        "tables": {},
        "regencies": {code: name for code, (name, _) in ENDINGS.items()},
    }
    (dataset / "dataset.json").write_text(json.dumps(metadata), encoding="utf-8")
    settings: dict[str, Any] = {
        "batch": "coba",
        "dataset": dataset,
        "regencies": tuple(ENDINGS),
        "out": folder / "outputs",
        "notebook": write_small_notebook(folder / "small {regency}.ipynb"),
        "workers": int(os.environ.get("KBKIT_WORKERS", "2")),
        "office": 'Dinas "PPKB" \\ Kabupaten',
        "timeout_seconds": 60,
    }
    return BatchParameters.model_validate(settings | changes)


@pytest.fixture(scope="session")
def ended_batch(tmp_path_factory: pytest.TempPathFactory) -> BatchResult:
    """A batch in which every regency ends in a different way."""
    # The time in which a spawned worker loads everything is not part of it.
    parameters = make_parameters(tmp_path_factory.mktemp("batch"), timeout_seconds=6)
    return run_batch(parameters)
