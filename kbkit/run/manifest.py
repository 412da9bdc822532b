"""``manifest.json``: when and with what a batch was made, and the hash of every file of it.

The only file of a batch that holds the time: every other one is the same when the same batch runs again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import re
from collections.abc import Sequence
from importlib.metadata import distributions, requires, version
from pathlib import Path
from typing import Any

from kbkit.dataset.metadata import FILE_NAME as DATASET_FILE
from kbkit.parameters import BatchParameters
from kbkit.run.outcomes import FILE_NAME as OUTCOMES_FILE
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.placement import relative_path


def build_manifest(parameters: BatchParameters, *, outcomes: Sequence[RegencyOutcome], began: dt.datetime) -> str:
    """Return the text of ``manifest.json``. Call it when every other file of the batch is in place."""
    ended = dt.datetime.now(dt.UTC)
    manifest = {
        "began": began.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": {outcome.code: round(outcome.seconds, 2) for outcome in outcomes if outcome.seconds is not None},
        "parameters": _portable(parameters),
        "sources": {
            "dataset": _sha256(parameters.dataset / DATASET_FILE),
            "notebook": _sha256(parameters.notebook),
        },
        "python": platform.python_version(),
        "system": platform.system(),
        "packages": _packages(),
        "files": _hashes(parameters.folder, outcomes),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _portable(parameters: BatchParameters) -> dict[str, Any]:
    """Return the parameters with paths relative to the batch's folder: no name of a machine or person in them."""
    values = parameters.model_dump(mode="json")
    for name in ("dataset", "out", "notebook"):
        values[name] = relative_path(getattr(parameters, name), start=parameters.folder)
    return values


def _packages() -> dict[str, str]:
    """Return the version of kbkit and of every package it asks for."""
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requires("kbkit") or [] if "extra ==" not in line]
    installed = {distribution.name.lower() for distribution in distributions()}
    return {name: version(name) for name in ["kbkit", *sorted(names, key=str.lower)] if name.lower() in installed}


def _hashes(folder: Path, outcomes: Sequence[RegencyOutcome]) -> dict[str, str]:
    names = ["index.html", OUTCOMES_FILE]
    names += [f"{outcome.code}/{name}" for outcome in outcomes for name in outcome.files]
    return {name: _sha256(folder / name) for name in sorted(names)}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
