"""``build.json`` in the folder of a report: how it ended, what it was made from, and what it holds.

It is written last and comes into place with the folder, so that it is there only where the folder is whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kbkit.errors import Fault
from kbkit.run.fingerprint import Parts, file_hash
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.placement import list_files, write_whole

FILE_NAME: Final = "build.json"

FINDINGS: Final = "findings.json"
"""File in which the notebook of a regency leaves its numbers."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """A folder as it was made.

    Attributes:
        outcome: how it ended.
        parts: what it was made from.
        files: file -> SHA-256, every file of the folder but the record itself.
    """

    outcome: RegencyOutcome
    parts: Parts
    files: Mapping[str, str]


def write_build(folder: Path, *, outcome: RegencyOutcome, parts: Parts) -> RegencyOutcome:
    """Write the record into a folder that is otherwise finished; return the outcome with its files and key numbers.

    The key numbers stand in the record, too: who lists 514 regencies need not read all their findings.
    """
    hashes = {name: file_hash(folder / name) for name in list_files(folder) if name != FILE_NAME}
    summary = _summary(folder / FINDINGS)
    record = {**outcome.as_dict(), "summary": summary, "parts": parts, "files": hashes}
    write_whole(folder / FILE_NAME, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return replace(outcome, files=tuple(sorted([*hashes, FILE_NAME])), summary=summary)


def _summary(path: Path) -> dict[str, Any]:
    """Return the key numbers that a notebook left; nothing where it left none."""
    try:
        summary = json.loads(path.read_text(encoding="utf-8")).get("summary")
    except (OSError, ValueError, AttributeError):
        return {}
    return summary if isinstance(summary, dict) else {}


def read_build(folder: Path) -> Build | None:
    """Read the record of a folder; none where there is none that can be read."""
    try:
        record = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return _restored(record)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def changed_files(folder: Path, build: Build) -> tuple[str, ...]:
    """Return the files of a folder that are not as its record says: others, missing ones, and further ones.

    A file that is not younger than the record is as it was when the record was written, and only the others are read.
    """
    there = set(list_files(folder))
    written = (folder / FILE_NAME).stat().st_mtime_ns if FILE_NAME in there else 0
    changed = there ^ set(build.outcome.files)
    for name in there & set(build.files):
        path = folder / name
        if path.stat().st_mtime_ns > written and file_hash(path) != build.files[name]:
            changed.add(name)
    return tuple(sorted(changed))


def _restored(record: dict[str, Any]) -> Build:
    ending = Ending(
        outcome=Outcome(record["outcome"]),
        cell=record["cell"],
        faults=tuple(Fault(**fault) for fault in record["faults"]),
        diagnostic=record["diagnostic"],
    )
    files = tuple(sorted([*record["files"], FILE_NAME]))
    outcome = RegencyOutcome(
        code=record["code"], name=record["name"], ending=ending, files=files, summary=record["summary"]
    )
    return Build(outcome=outcome, parts=record["parts"], files=record["files"])
