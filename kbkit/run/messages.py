"""What the processes of a batch tell each other.

Light to load: the process that talks to the person loads nothing that reads notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass

from kbkit.run.job import Job
from kbkit.run.outcomes import Ending, RegencyOutcome


@dataclass(frozen=True)
class Begun:
    """What a worker says when it has loaded what a notebook needs, and begins."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a worker says when it is done with a notebook.

    Attributes:
        ending: ``RENDERED`` where every cell ran.
        memory: bytes that the process holds now.
    """

    ending: Ending
    memory: int


@dataclass(frozen=True, kw_only=True)
class Executed:
    """What a finisher is given: a job whose notebook has run, well or not, and for how long."""

    job: Job
    ending: Ending
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a finisher says: the outcome, and the bytes that its process holds now."""

    outcome: RegencyOutcome
    memory: int
