"""Which files the reports of a batch read: their hashes say whether a report holds, and a cluster gets them sent."""

from __future__ import annotations

from pathlib import Path

from kbkit.dataset.metadata import FILE_NAME as DATASET_FILE
from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.geography import boundary_file, files_of
from kbkit.parameters import BatchParameters
from kbkit.run.job import Job
from kbkit.run.record import FINDINGS


def files_beside(parameters: BatchParameters, *, code: str) -> dict[str, Path]:
    """Return the files that the report of a regency reads beside its dataset, by what they are.

    Raises:
        InputError: the boundaries are nowhere.
    """
    drawn = None if parameters.boundaries is None else boundary_file(parameters.boundaries, regency=code)
    boundaries = [] if drawn is None else list(files_of(drawn))
    named = {"boundaries" if part == drawn else f"boundaries{part.suffix}": part for part in boundaries}
    return named | _named_once(parameters)


def _named_once(parameters: BatchParameters) -> dict[str, Path]:
    files = {"plan": parameters.plan, "priorities": parameters.priorities, "logo": parameters.logo}
    return {name: file for name, file in files.items() if file is not None}


def shared_inputs(parameters: BatchParameters) -> tuple[Path, ...]:
    """Return the files and empty folders that the report of every regency reads."""
    given = parameters.boundaries
    boundaries = () if given is None else (given,) if given.is_dir() else tuple(files_of(given))
    return (
        parameters.notebook,
        parameters.dataset / DATASET_FILE,
        *_named_once(parameters).values(),
        *boundaries,
    )


def own_inputs(parameters: BatchParameters, job: Job) -> tuple[Path, ...]:
    """Return the files that a job reads, without those that every regency's report does."""
    if job.code not in parameters.regencies:
        return (job.notebook, *(parameters.folder / member / FINDINGS for member in job.parts["data"]))
    places = (parameters.dataset / table / f"{PARTITION}={job.code}" for table in TABLES)
    partition = (file for place in places for file in sorted(place.glob("*.parquet")))
    shared = shared_inputs(parameters)
    beside = files_beside(parameters, code=job.code).values()
    return (*partition, *(file for file in beside if file not in shared))
