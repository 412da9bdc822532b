"""Running a notebook over many regencies."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbkit.run.batch import BatchResult, run_batch
    from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
    from kbkit.run.plan import Choice, chosen_codes
    from kbkit.run.reasons import describe_ending
    from kbkit.run.why import Reasons, explain_build

__all__ = [
    "BatchResult",
    "Choice",
    "Ending",
    "Outcome",
    "Reasons",
    "RegencyOutcome",
    "chosen_codes",
    "describe_ending",
    "explain_build",
    "run_batch",
]

_HOMES = {
    "BatchResult": "kbkit.run.batch",
    "Choice": "kbkit.run.plan",
    "Ending": "kbkit.run.outcomes",
    "Outcome": "kbkit.run.outcomes",
    "RegencyOutcome": "kbkit.run.outcomes",
    "Reasons": "kbkit.run.why",
    "chosen_codes": "kbkit.run.plan",
    "describe_ending": "kbkit.run.reasons",
    "explain_build": "kbkit.run.why",
    "run_batch": "kbkit.run.batch",
}


def __getattr__(name: str) -> Any:
    # papermill loads kbkit's engine out of this room while it loads itself: nothing here may load papermill before.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
