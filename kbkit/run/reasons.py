"""Why a regency has no report, in words."""

from __future__ import annotations

from kbkit.run.outcomes import Ending, Outcome
from kbkit.text import Catalogue, Language, describe_fault


def reason_file(outcome: Outcome) -> str:
    """Return the name of the file that says why a regency has no report."""
    return "failure.txt" if outcome.is_failure else "withheld.txt"


def describe_ending(ending: Ending, *, language: Language) -> tuple[str, ...]:
    """Return the lines a person needs: what happened and where, what was wrong, what to do."""
    catalogue = Catalogue(language)
    title = catalogue.say(f"run.{ending.outcome}")
    if ending.cell is not None:
        title = f"{title}, {catalogue.say('run.at_cell', cell=str(ending.cell))}"
    said = [describe_fault(fault, language=language) for fault in ending.faults] or [ending.diagnostic]
    return tuple(line for line in (f"{title}.", *said, catalogue.say(f"run.{ending.outcome}_advice")) if line)
