"""Running a notebook over many regencies."""

from kbkit.run.batch import BatchResult, run_batch
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.reasons import describe_ending

__all__ = ["BatchResult", "Ending", "Outcome", "RegencyOutcome", "describe_ending", "run_batch"]
