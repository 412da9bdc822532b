"""``manifest.json``: when and with what a batch was made, and the hash of every file of it.

Beside the logs the only file of a batch that holds the time: every other one is the same when the batch runs again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbkit.dataset.metadata import FILE_NAME as DATASET_FILE
from kbkit.parameters import BatchParameters
from kbkit.run.fingerprint import file_hash, packages
from kbkit.run.placement import relative_path
from kbkit.run.record import FILE_NAME as BUILD_FILE
from kbkit.run.record import read_build

if TYPE_CHECKING:
    from kbkit.run.batch import BatchResult

FILE_NAME = "manifest.json"


def build_manifest(
    parameters: BatchParameters, *, result: BatchResult, summaries: Sequence[str], began: dt.datetime
) -> str:
    """Return the text of ``manifest.json``. Call it when every other file of the batch is in place."""
    ended = dt.datetime.now(dt.UTC)
    everything = (*result.outcomes, *result.summaries)
    seconds = {outcome.code: outcome.seconds for outcome in everything if outcome.seconds is not None}
    manifest = {
        "began": began.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": {code: round(duration, 2) for code, duration in seconds.items()},
        "ran": list(result.ran),
        "unchanged": list(result.unchanged),
        "parameters": _portable(parameters),
        "sources": {
            "dataset": file_hash(parameters.dataset / DATASET_FILE),
            "notebook": file_hash(parameters.notebook),
        },
        "packages": packages(),
        "files": _hashes(result, summaries),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _portable(parameters: BatchParameters) -> dict[str, Any]:
    """Return the parameters with paths relative to the batch's folder: no name of a machine or person in them."""
    places = {name: value for name, value in parameters if isinstance(value, Path)}
    relative = {name: relative_path(place, start=parameters.folder) for name, place in places.items()}
    return parameters.model_dump(mode="json") | relative


def _hashes(result: BatchResult, summaries: Sequence[str]) -> dict[str, str]:
    """Return the hash of every file; those of a report are in its own record."""
    hashes = {name: file_hash(result.folder / name) for name in summaries}
    for outcome in (*result.outcomes, *result.summaries):
        build = read_build(result.folder / outcome.code) if outcome.files else None
        if build is not None:
            hashes |= {f"{outcome.code}/{name}": known for name, known in build.files.items()}
            own = f"{outcome.code}/{BUILD_FILE}"
            hashes[own] = file_hash(result.folder / own)
    return dict(sorted(hashes.items()))
