"""Why a report would be made anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbkit.dataset.metadata import read_metadata
from kbkit.errors import Fault, InputError
from kbkit.parameters import BatchParameters
from kbkit.run.fingerprint import changed_parts
from kbkit.run.job import Job
from kbkit.run.manifest import FILE_NAME
from kbkit.run.outcomes import Outcome, RegencyOutcome
from kbkit.run.plan import regency_job, summary_codes, summary_job
from kbkit.run.record import FINDINGS, Build, changed_files, read_build

Changes = Mapping[str, Mapping[str, tuple[str | None, str | None]]]
"""Part -> member -> value when the report was made, and value now; none where it was not or is no more there."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """What speaks for making a report anew.

    Attributes:
        made: whether there is a report, or the reason of its failure, at all.
        failed: how it ended, where that was a failure.
        files: files of its folder that are not as they were made.
        changes: what it was made from and is now otherwise.
    """

    made: bool = True
    failed: RegencyOutcome | None = None
    files: tuple[str, ...] = ()
    changes: Changes

    @property
    def none(self) -> bool:
        """Whether nothing does."""
        return self.made and self.failed is None and not self.files and not self.changes


def explain_build(folder: Path, *, code: str) -> Reasons:
    """Compare what a report was made from with what stands there now.

    Args:
        folder: of the batch.
        code: of a regency of the batch, of a province, or ``province`` for the summary over all.

    Raises:
        InputError: the folder is not of a batch, or the code not in it.
        DatasetError: the dataset cannot be read.
    """
    parameters = _read_parameters(folder)
    known = (*parameters.regencies, *summary_codes(parameters.regencies))
    if code not in known:
        allowed = ", ".join(known)
        raise InputError([Fault(code="why.no_regency", file=str(folder), found=code, allowed=allowed)])
    build = read_build(folder / code)
    if build is None:
        return Reasons(made=False, changes={})
    job = _job(parameters, code=code, build=build)
    return Reasons(
        failed=build.outcome if build.outcome.ending.outcome not in (Outcome.RENDERED, Outcome.WITHHELD) else None,
        files=changed_files(folder / code, build),
        changes={} if job is None else changed_parts(build.parts, job.parts),
    )


def _job(parameters: BatchParameters, *, code: str, build: Build) -> Job | None:
    metadata = read_metadata(parameters.dataset)
    if code in parameters.regencies:
        return regency_job(parameters, code=code, metadata=metadata, build=build)
    builds = {member: read_build(parameters.folder / member) for member in parameters.regencies}
    members = [member for member, made in builds.items() if made is not None and FINDINGS in made.files]
    return summary_job(parameters, code=code, metadata=metadata, members=members)


def _read_parameters(folder: Path) -> BatchParameters:
    try:
        values: dict[str, Any] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["parameters"]
        read = BatchParameters.model_validate(values)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError([Fault(code="why.no_batch", file=str(folder))]) from error
    # Paths in a manifest are relative to its folder.
    return read.model_copy(update={name: (folder / value).resolve() for name, value in read if isinstance(value, Path)})
