"""A batch: one notebook over many regencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from kbkit.dataset.metadata import Metadata, read_metadata
from kbkit.errors import Fault, InputError
from kbkit.parameters import BatchParameters, RegencyReportParameters
from kbkit.run.index import render_index
from kbkit.run.manifest import build_manifest
from kbkit.run.outcomes import FILE_NAME, RegencyOutcome, dump_outcomes, read_outcomes
from kbkit.run.placement import relative_path, write_whole
from kbkit.run.regency import Job
from kbkit.run.workers import run_jobs

Progress = Callable[[RegencyOutcome], None]


@dataclass(frozen=True, kw_only=True)
class BatchResult:
    """What became of a batch.

    Attributes:
        folder: the batch's folder.
        index: the page to open.
        outcomes: one for each regency of the index, in the order of the parameters.
        ran: codes of the regencies that ran this time.
    """

    folder: Path
    index: Path
    outcomes: tuple[RegencyOutcome, ...]
    ran: tuple[str, ...]

    @property
    def has_failures(self) -> bool:
        """Whether a regency that ran this time failed."""
        return any(outcome.is_failure for outcome in self.outcomes if outcome.code in self.ran)


def run_batch(
    parameters: BatchParameters, *, only: Collection[str] | None = None, progress: Progress = lambda _outcome: None
) -> BatchResult:
    """Report on every regency of a batch, and write its index.

    A regency that fails takes nothing from the others. Where ``only`` names some of the regencies, the others keep the
    folders and the places in the index that they have.

    Workers are spawned: a script that calls this needs ``if __name__ == "__main__":``.

    Args:
        parameters: of the batch.
        only: codes of the regencies to run; none for all.
        progress: is called with every outcome as it comes.

    Raises:
        InputError: ``only`` names a regency that is not in the batch.
        DatasetError: the dataset cannot be read.
    """
    codes = _chosen(parameters, only)
    metadata = read_metadata(parameters.dataset)
    folder = parameters.folder
    began = dt.datetime.now(dt.UTC)
    found = dict(read_outcomes(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in run_jobs([_job(parameters, code, metadata) for code in codes], workers=parameters.workers):
        found[outcome.code] = outcome
        progress(outcome)
    outcomes = tuple(found[code] for code in parameters.regencies if code in found)
    write_whole(folder / FILE_NAME, dump_outcomes(outcomes))
    write_whole(folder / "index.html", render_index(parameters, outcomes=outcomes, data_status=metadata.data_status))
    write_whole(folder / "manifest.json", build_manifest(parameters, outcomes=outcomes, began=began))
    return BatchResult(folder=folder, index=folder / "index.html", outcomes=outcomes, ran=codes)


def _chosen(parameters: BatchParameters, only: Collection[str] | None) -> tuple[str, ...]:
    if only is None:
        return parameters.regencies
    foreign = [code for code in only if code not in parameters.regencies]
    if foreign:
        allowed = ", ".join(parameters.regencies)
        raise InputError(
            [Fault(code="parameters.not_in_batch", column="--regency", found=code, allowed=allowed) for code in foreign]
        )
    return tuple(code for code in parameters.regencies if code in only)


def _job(parameters: BatchParameters, code: str, metadata: Metadata) -> Job:
    folder = parameters.folder / code
    return Job(
        name=metadata.regencies[code],
        folder=folder,
        notebook=parameters.notebook,
        parameters=RegencyReportParameters(
            dataset=relative_path(parameters.dataset, start=folder),
            regency=code,
            language=parameters.language,
            out=".",
            office=parameters.office,
            level=parameters.level,
        ),
        formats=parameters.formats,
        timeout_seconds=parameters.timeout_seconds,
    )
