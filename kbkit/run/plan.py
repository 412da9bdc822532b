"""Which reports of a batch are made in a run, and what each of them is made from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel

from kbkit.dataset.metadata import Metadata, province_of
from kbkit.errors import Fault, InputError
from kbkit.parameters import BatchParameters, RegencyReportParameters
from kbkit.parameters.notebook import declared_names
from kbkit.parameters.targets import value_of
from kbkit.run.fingerprint import file_hash, fingerprint, regency_data
from kbkit.run.inputs import files_beside
from kbkit.run.job import Job
from kbkit.run.outcomes import Outcome
from kbkit.run.placement import relative_path
from kbkit.run.record import FINDINGS, Build, changed_files, read_build
from kbkit.text import Catalogue

PROVINCE: Final = "province"
"""Folder of the summary over all regencies of a batch, and the name of its notebook's beginning."""

_LASTING: Final = (Outcome.RENDERED, Outcome.WITHHELD)
"""Endings that the same inputs bring about again. Every other one is tried anew."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which regencies of a batch a run is about.

    Attributes:
        only: their codes; none for all.
        retry: ``failed`` for those alone whose last run failed.
        shard: which part of how many, from 1: the batch is dealt out evenly over several machines.
        force: make reports anew of which nothing has changed.
    """

    only: Collection[str] | None = None
    retry: Literal["failed"] | None = None
    shard: tuple[int, int] | None = None
    force: bool = False


def chosen_codes(parameters: BatchParameters, choice: Choice) -> tuple[str, ...]:
    """Return the codes that a run is about, in the order of the parameters.

    Raises:
        InputError: a code is not in the batch.
    """
    codes = _named(parameters, choice.only)
    if choice.shard is not None:
        number, count = choice.shard
        codes = codes[number - 1 :: count]
    if choice.retry == "failed":
        codes = tuple(code for code in codes if _has_failed(parameters.folder / code))
    return codes


def _named(parameters: BatchParameters, only: Collection[str] | None) -> tuple[str, ...]:
    if only is None:
        return parameters.regencies
    foreign = [code for code in only if code not in parameters.regencies]
    if foreign:
        allowed = ", ".join(parameters.regencies)
        raise InputError(
            [Fault(code="parameters.not_in_batch", column="--regency", found=code, allowed=allowed) for code in foreign]
        )
    return tuple(code for code in parameters.regencies if code in only)


def _has_failed(folder: Path) -> bool:
    build = read_build(folder)
    return build is not None and build.outcome.is_failure


def is_current(job: Job, build: Build | None) -> bool:
    """Whether the folder of a job is what the job would make."""
    return (
        build is not None
        and build.outcome.ending.outcome in _LASTING
        and build.parts == job.parts
        and not changed_files(job.folder, build)
    )


def regency_job(parameters: BatchParameters, *, code: str, metadata: Metadata, build: Build | None) -> Job:
    """Return the job of one regency.

    Args:
        parameters: of the batch.
        code: of the regency.
        metadata: of the dataset.
        build: the record of the regency's folder; none where there is none.
    """
    folder = parameters.folder / code
    values = RegencyReportParameters(
        dataset=relative_path(parameters.dataset, start=folder),
        regency=code,
        language=parameters.language,
        out=".",
        office=parameters.office,
        level=parameters.level,
        boundaries="" if parameters.boundaries is None else relative_path(parameters.boundaries, start=folder),
        plan="" if parameters.plan is None else relative_path(parameters.plan, start=folder),
        priorities="" if parameters.priorities is None else relative_path(parameters.priorities, start=folder),
        logo="" if parameters.logo is None else relative_path(parameters.logo, start=folder),
        edition=parameters.edition,
        target=value_of(parameters.target, regency=code),
        target_year=int(value_of(parameters.target_year, regency=code) or 0),
    )
    job = Job(
        code=code,
        name=metadata.regencies[code],
        folder=folder,
        notebook=parameters.notebook,
        parameters=values.model_dump(),
        secret=secret_names(values),
        language=parameters.language,
        formats=parameters.formats,
        timeout_seconds=parameters.timeout_seconds,
        memory_megabytes=parameters.memory_megabytes,
    )
    before = {} if build is None else build.parts.get("data", {})
    data = regency_data(parameters.dataset, code=code, metadata=metadata, before=before)
    beside = {name: file_hash(file) for name, file in files_beside(parameters, code=code).items()}
    return replace(job, parts=fingerprint(job, data=data | beside))


def summary_codes(regencies: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of a batch's summaries: each province's, where there are several, then that over all."""
    provinces = sorted({province_of(code) for code in regencies})
    return (*(provinces if len(provinces) > 1 else ()), PROVINCE)


def summary_job(parameters: BatchParameters, *, code: str, metadata: Metadata, members: Sequence[str]) -> Job | None:
    """Return the job of a summary over regencies; none where fewer than two have findings, or nobody wrote it.

    Args:
        parameters: of the batch.
        code: of a province, or :data:`PROVINCE` for all regencies.
        metadata: of the dataset, which has the provinces' names.
        members: codes of the regencies of the batch whose folders hold findings of a whole report.
    """
    catalogue = Catalogue(parameters.language)
    name = catalogue.say("run.province")
    if code != PROVINCE:
        members = [member for member in members if province_of(member) == code]
        name = catalogue.say("run.province_named", province=metadata.provinces.get(code, code))
    notebook = parameters.notebook.with_name(f"{PROVINCE}_report.ipynb")
    declared = declared_names(notebook) if notebook.is_file() else None
    if declared is None or len(members) < 2:
        return None
    values = {
        "batch": "..",
        "province": "" if code == PROVINCE else code,
        "regencies": list(members),
        "out": ".",
        "language": parameters.language,
        "level": parameters.level,
    }
    job = Job(
        code=code,
        name=name,
        folder=parameters.folder / code,
        notebook=notebook,
        parameters={key: value for key, value in values.items() if key in declared},
        language=parameters.language,
        formats=parameters.formats,
        timeout_seconds=parameters.timeout_seconds,
        memory_megabytes=parameters.memory_megabytes,
    )
    data = {member: file_hash(parameters.folder / member / FINDINGS) for member in members}
    return replace(job, parts=fingerprint(job, data=data))


def secret_names(values: BaseModel) -> frozenset[str]:
    """Return the parameters that their model marks as secret (``json_schema_extra={"secret": True}``)."""
    fields = type(values).model_fields
    return frozenset(
        name
        for name, field in fields.items()
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("secret") is True
    )
