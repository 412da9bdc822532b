"""``logs/CODE.log``: when a report was made, with what, and how it ended; a secret value is never in it."""

from __future__ import annotations

import contextlib
import datetime as dt

from kbkit.run.job import Job
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.reasons import describe_ending

_REDACTED = "***"


def log_begin(job: Job) -> None:
    """Begin the log of a report anew: time and parameters."""
    values = {name: _REDACTED if name in job.secret else repr(value) for name, value in job.parameters.items()}
    lines = [f"{_now()} {job.code} {job.name}", *(f"  {name} = {value}" for name, value in values.items())]
    job.log.parent.mkdir(parents=True, exist_ok=True)
    job.log.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def log_ending(job: Job, outcome: RegencyOutcome) -> None:
    """Add how the report ended. A log that cannot be written does not fail a report."""
    lines = describe_ending(outcome.ending, language=job.language)
    with contextlib.suppress(OSError), job.log.open("a", encoding="utf-8", newline="\n") as log:
        log.write(f"{_now()} {outcome.ending.outcome} ({outcome.seconds:.1f} s)\n")
        log.writelines(f"  {line}\n" for line in lines)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
