"""Decisions of people: gathered for every source to follow; those that met nothing are told and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kbkit.errors import Fault
from kbkit.matching.decisions import Case, Decisions
from kbkit.prepare.placed import Placed
from kbkit.review import read_decisions, remembered_decisions


def gather_decisions(*, dataset: Path, given: Path | None, forget: bool) -> Decisions:
    """Return the decisions that the dataset remembers and those of a workbook, which hold where both speak.

    Args:
        dataset: folder of the dataset that is made anew.
        given: workbook of open cases, filled in.
        forget: whether to leave out those that the dataset remembers.

    Raises:
        InputError: a decision cannot be followed; carries every one.
    """
    earlier = {} if forget else remembered_decisions(dataset)
    return earlier | (read_decisions(given) if given else {})


def undecided(sources: Sequence[Placed], decisions: Decisions) -> tuple[Fault, ...]:
    """Return a fault for each decision that could not be followed, or that met no name."""
    met = frozenset[Case]().union(*(source.met for source in sources))
    faults = [fault for source in sources for fault in source.unfollowed]
    return (*faults, *_unused(decisions, met))


def _unused(decisions: Decisions, met: frozenset[Case]) -> Iterator[Fault]:
    """Yield a fault for each decision about a name that no source holds: kept, for another source may hold it."""
    for case in sorted(decisions.keys() - met):
        verdict = decisions[case]
        yield Fault(
            code="review.decision_unused",
            severity="note" if verdict.remembered else "warning",
            file=verdict.file,
            sheet=verdict.sheet,
            row=verdict.row,
            found=", ".join(text for text in (case.village, case.district, case.regency) if text),
        )
