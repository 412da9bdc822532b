"""Every way a regency's run can end, in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kbkit.errors import Fault

FILE_NAME: Final = "outcomes.json"


class Outcome(StrEnum):
    """How a regency ended. Title and advice are in the catalogues: ``run.<value>`` and ``run.<value>_advice``."""

    RENDERED = "rendered"
    """Every format that was asked for is there."""
    WITHHELD = "withheld"
    """The notebook withheld the report and said why."""
    BAD_DATA = "bad_data"
    """A cell refused its input; the faults say what and where."""
    FAILED_CELL = "failed_cell"
    """A cell raised another error."""
    FAILED_RENDER = "failed_render"
    """The notebook ran; a document could not be made or put in place."""
    TIMED_OUT = "timed_out"
    """The regency took longer than the parameters allow."""
    KILLED = "killed"
    """The kernel or its worker died: no memory, or ended from outside."""

    @property
    def is_failure(self) -> bool:
        """Whether the batch ends with exit code 1. A report withheld for a stated reason is no failure."""
        return self not in (Outcome.RENDERED, Outcome.WITHHELD)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a run ended, and where and why where it stopped.

    Attributes:
        outcome: the way it ended.
        cell: number of the cell at which it stopped, as Jupyter prints it (``In [4]``).
        faults: what was wrong with the input, where a cell said so.
        diagnostic: what the program said, without places of this machine.
    """

    outcome: Outcome
    cell: int | None = None
    faults: tuple[Fault, ...] = ()
    diagnostic: str = ""


@dataclass(frozen=True, kw_only=True)
class RegencyOutcome:
    """What became of one regency.

    Attributes:
        code: Kemendagri code.
        name: official name.
        ending: how its run ended.
        files: what stands in the regency's folder, relative to it, in order.
        seconds: duration; none where the outcome was read back, for it is not part of the record.
    """

    code: str
    name: str
    ending: Ending
    files: tuple[str, ...] = ()
    seconds: float | None = field(default=None, compare=False)

    @property
    def is_failure(self) -> bool:
        """Whether this regency failed."""
        return self.ending.outcome.is_failure

    def as_dict(self) -> dict[str, Any]:
        """Return the record: plain values, the same for the same run."""
        return {
            "code": self.code,
            "name": self.name,
            "outcome": self.ending.outcome.value,
            "cell": self.ending.cell,
            "faults": [fault.as_dict() for fault in self.ending.faults],
            "diagnostic": self.ending.diagnostic,
            "files": list(self.files),
        }


def dump_outcomes(outcomes: Iterable[RegencyOutcome]) -> str:
    """Return the text of ``outcomes.json``: the outcomes in the order of the parameters."""
    records = {"regencies": [outcome.as_dict() for outcome in outcomes]}
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def read_outcomes(folder: Path) -> Mapping[str, RegencyOutcome]:
    """Return the outcomes of an earlier run of a batch by code; none where there is no record that can be read."""
    try:
        records = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["regencies"]
        outcomes = [_restored(record) for record in records]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {outcome.code: outcome for outcome in outcomes}


def _restored(record: dict[str, Any]) -> RegencyOutcome:
    ending = Ending(
        outcome=Outcome(record["outcome"]),
        cell=record["cell"],
        faults=tuple(Fault(**fault) for fault in record["faults"]),
        diagnostic=record["diagnostic"],
    )
    return RegencyOutcome(code=record["code"], name=record["name"], ending=ending, files=tuple(record["files"]))
