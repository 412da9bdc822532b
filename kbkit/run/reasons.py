"""Why a regency has no report, in words."""

from __future__ import annotations

from typing import Final, Protocol

from kbkit.errors import Fault
from kbkit.run.outcomes import Outcome
from kbkit.text import Catalogue, Language, describe_fault

REASON_FILES: Final = {Outcome.WITHHELD: "withheld.txt"}
FAILURE_FILE: Final = "failure.txt"


class Ended(Protocol):
    """What has an outcome and its reason."""

    @property
    def outcome(self) -> Outcome: ...  # noqa: D102
    @property
    def cell(self) -> int | None: ...  # noqa: D102
    @property
    def faults(self) -> tuple[Fault, ...]: ...  # noqa: D102
    @property
    def diagnostic(self) -> str: ...  # noqa: D102


def describe_outcome(ended: Ended, *, language: Language) -> tuple[str, ...]:
    """Return the lines a person needs: what happened and where, what was wrong, what to do."""
    catalogue = Catalogue(language)
    title = catalogue.say(f"run.{ended.outcome}")
    if ended.cell is not None:
        title = f"{title}: {catalogue.say('run.at_cell', cell=str(ended.cell))}"
    said = [describe_fault(fault, language=language) for fault in ended.faults] or [ended.diagnostic]
    return tuple(line for line in (title, *said, catalogue.say(f"run.{ended.outcome}_advice")) if line)
