"""Every way a regency's run can end, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kbkit.errors import Fault


class Outcome(StrEnum):
    """How a regency ended. Title and advice are in the catalogues: ``run.<value>`` and ``run.<value>_advice``."""

    RENDERED = "rendered"
    """Every format that was asked for is there."""
    UNCHANGED = "unchanged"
    """Nothing that the report is made from has changed: what is there holds. Said of a run, never kept in a record."""
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
        return self not in (Outcome.RENDERED, Outcome.UNCHANGED, Outcome.WITHHELD)


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

    @classmethod
    def of_system(cls, error: OSError) -> Ending:
        """Return how a report ends that the system kept from being written.

        No room on a disk, no right to write, or a document of the older folder is open. The system's own words name no
        place of this machine.
        """
        return cls(outcome=Outcome.FAILED_RENDER, diagnostic=f"{type(error).__name__}: {error.strerror}")


@dataclass(frozen=True, kw_only=True)
class RegencyOutcome:
    """What became of one regency.

    Attributes:
        code: Kemendagri code.
        name: official name.
        ending: how its run ended.
        files: what stands in the regency's folder, relative to it, in order.
        summary: the key numbers that its notebook left; empty where it left none.
        seconds: duration; none where the outcome was read back, for it is not part of the record.
    """

    code: str
    name: str
    ending: Ending
    files: tuple[str, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = field(default=None, compare=False)

    @property
    def is_summary(self) -> bool:
        """Whether this is a summary over regencies, in whose code there is no dot."""
        return "." not in self.code

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
