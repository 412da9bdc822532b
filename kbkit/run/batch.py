"""A batch: one notebook over many regencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from kbkit.dataset.metadata import Metadata, read_metadata
from kbkit.errors import Fault, InputError
from kbkit.parameters import BatchParameters
from kbkit.run.index import render_index
from kbkit.run.job import Job
from kbkit.run.lock import lock_folder
from kbkit.run.manifest import build_manifest
from kbkit.run.outcomes import Ending, Outcome, RegencyOutcome
from kbkit.run.placement import mend_batch, write_whole
from kbkit.run.plan import Choice, chosen_codes, is_current, regency_job, summary_codes, summary_job
from kbkit.run.record import FINDINGS, Build, read_build
from kbkit.run.schedule import run_jobs
from kbkit.run.summaries import summarise

Progress = Callable[[RegencyOutcome], None]

_INSTALL: Final = 'pip install "kbkit[cluster]"'

EVERYTHING: Final = Choice()
"""All regencies, those alone made anew of which something has changed."""


@dataclass(frozen=True, kw_only=True)
class BatchResult:
    """What became of a batch.

    Attributes:
        folder: the batch's folder.
        index: the page to open.
        outcomes: how the report of each regency of the index ended when it was made, in the order of the parameters.
        summaries: the same of the summaries: of each province, where there are several, and of all regencies.
        ran: codes of the reports that were made this time in the order in which they ended, summaries among them.
        unchanged: codes of the reports that were looked at this time and hold.
    """

    folder: Path
    index: Path
    outcomes: tuple[RegencyOutcome, ...]
    summaries: tuple[RegencyOutcome, ...]
    ran: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        """Codes of the reports that failed this time."""
        everything = (*self.outcomes, *self.summaries)
        return tuple(outcome.code for outcome in everything if outcome.is_failure and outcome.code in self.ran)

    @property
    def has_failures(self) -> bool:
        """Whether a report that was made this time failed."""
        return bool(self.failed)


def run_batch(
    parameters: BatchParameters,
    *,
    choice: Choice = EVERYTHING,
    fail_fast: bool = False,
    wait: bool = False,
    scheduler: str | None = None,
    progress: Progress = lambda _outcome: None,
) -> BatchResult:
    """Report on the regencies of a batch, where something has changed, then on all together, and write the index.

    A regency that fails takes nothing from the others. Those that are not chosen keep their folders and their places in
    the index. A run may be killed at any time: what was whole stays, and the next run does the rest.

    Processes are spawned: a script that calls this needs ``if __name__ == "__main__":``.

    Args:
        parameters: of the batch.
        choice: which regencies.
        fail_fast: end with the first that fails.
        wait: wait where another run works on the same folder, instead of refusing.
        scheduler: address of the scheduler of a Dask cluster, ``tcp://host:port``, whose workers make the reports; none
            for this machine.
        progress: is called with every outcome as it comes.

    Raises:
        InputError: the choice names a regency that is not in the batch, another run works on its folder, or the
            cluster cannot be used.
        DatasetError: the dataset cannot be read.
    """
    codes = chosen_codes(parameters, choice)
    make = _maker(parameters, scheduler=scheduler)
    metadata = read_metadata(parameters.dataset)
    parameters.folder.mkdir(parents=True, exist_ok=True)
    with lock_folder(parameters.folder, wait=wait):
        mend_batch(parameters.folder)
        return _Run(parameters, metadata, choice, progress, make, fail_fast=fail_fast).run(codes)


class _Maker(Protocol):
    """Makes reports: yields the outcome of every job as it comes, then those of the last ones."""

    def __call__(self, jobs: Sequence[Job], /, *, last: Callable[[], Sequence[Job]]) -> Generator[RegencyOutcome]: ...


def _maker(parameters: BatchParameters, *, scheduler: str | None) -> _Maker:
    if scheduler is None:
        return partial(run_jobs, workers=parameters.workers)
    try:
        from kbkit.run.cluster import run_on_cluster  # loads distributed, which is an extra
    except ImportError as error:
        raise InputError([Fault(code="cluster.missing", allowed=_INSTALL)]) from error
    return partial(run_on_cluster, parameters=parameters, scheduler=scheduler)


class _Run:
    """One run of a batch, while its folder is locked."""

    def __init__(
        self,
        parameters: BatchParameters,
        metadata: Metadata,
        choice: Choice,
        progress: Progress,
        make: _Maker,
        *,
        fail_fast: bool,
    ) -> None:
        self._parameters = parameters
        self._metadata = metadata
        self._choice = choice
        self._progress = progress
        self._make = make
        self._fail_fast = fail_fast
        self._began = dt.datetime.now(dt.UTC)
        self._summaries = summary_codes(parameters.regencies)
        self._builds = {
            code: read_build(parameters.folder / code) for code in (*parameters.regencies, *self._summaries)
        }
        self._found = {code: build.outcome for code, build in self._builds.items() if build is not None}
        self._ran: list[str] = []
        self._unchanged: list[str] = []

    def run(self, codes: tuple[str, ...]) -> BatchResult:
        jobs = [job for code in codes if self._is_due(job := self._regency_job(code))]
        with closing(self._make(jobs, last=self._summary_jobs)) as outcomes:
            for outcome in outcomes:
                self._found[outcome.code] = outcome
                self._ran.append(outcome.code)
                self._progress(outcome)
                if self._fail_fast and outcome.is_failure:
                    break
        return self._close()

    def _regency_job(self, code: str) -> Job:
        return regency_job(self._parameters, code=code, metadata=self._metadata, build=self._builds[code])

    def _is_due(self, job: Job) -> bool:
        """Whether a report is to be made; one that holds is told at once."""
        build = self._builds[job.code]
        if self._choice.force or not is_current(job, build):
            return True
        self._unchanged.append(job.code)
        self._progress(_unchanged(build, job))
        return False

    def _summary_jobs(self) -> list[Job]:
        """Return the jobs of the summaries that are due, once every regency has ended."""
        members = [code for code in self._parameters.regencies if self._has_findings(code)]
        made = {
            code: summary_job(self._parameters, code=code, metadata=self._metadata, members=members)
            for code in self._summaries
        }
        for code in [code for code, job in made.items() if job is None]:
            self._found.pop(code, None)
        return [job for job in made.values() if job is not None and self._is_due(job)]

    def _has_findings(self, code: str) -> bool:
        outcome = self._found.get(code)
        return outcome is not None and outcome.ending.outcome == Outcome.RENDERED and FINDINGS in outcome.files

    def _close(self) -> BatchResult:
        """Write what is said about the whole batch."""
        parameters, folder = self._parameters, self._parameters.folder
        outcomes = tuple(self._found[code] for code in parameters.regencies if code in self._found)
        summaries = tuple(self._found[code] for code in self._summaries if code in self._found)
        texts = summarise(outcomes, summaries=summaries, batch=parameters.batch, language=parameters.language)
        texts["index.html"] = render_index(parameters, outcomes=outcomes, summaries=summaries, metadata=self._metadata)
        for name, text in texts.items():
            write_whole(folder / name, text)
        result = BatchResult(
            folder=folder,
            index=folder / "index.html",
            outcomes=outcomes,
            summaries=summaries,
            ran=tuple(self._ran),
            unchanged=tuple(self._unchanged),
        )
        manifest = build_manifest(parameters, result=result, summaries=sorted(texts), began=self._began)
        write_whole(folder / "manifest.json", manifest)
        return result


def _unchanged(build: Build | None, job: Job) -> RegencyOutcome:
    files = () if build is None else build.outcome.files
    ending = Ending(outcome=Outcome.UNCHANGED)
    return replace(RegencyOutcome(code=job.code, name=job.name, ending=ending, seconds=0.0), files=files)
