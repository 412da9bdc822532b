"""What a worker needs to make the folder of one regency, or of the province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kbkit.parameters import Format
from kbkit.run.placement import staging_folder
from kbkit.text import Language


@dataclass(frozen=True, kw_only=True)
class Job:
    """One notebook with the parameters of one report.

    Attributes:
        code: Kemendagri code of the regency; ``province`` for the summary over regencies.
        name: official name.
        folder: the folder that is made.
        notebook: the notebook to run.
        parameters: values for the notebook's cell tagged ``parameters``, paths relative to ``folder``.
        secret: names of parameters whose values no log may hold.
        language: of the reason that stands in the folder where there is no report.
        formats: documents to make.
        timeout_seconds: longest time for the notebook.
        memory_megabytes: most memory for the notebook; none for no limit.
        parts: what the folder is made from, as :mod:`kbkit.run.fingerprint` says it.
    """

    code: str
    name: str
    folder: Path
    notebook: Path
    parameters: Mapping[str, Any]
    secret: frozenset[str] = frozenset()
    language: Language
    formats: tuple[Format, ...]
    timeout_seconds: int
    memory_megabytes: int | None = None
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def staging(self) -> Path:
        """Folder in which the report is made before it is put in place."""
        return staging_folder(self.folder)

    @property
    def log(self) -> Path:
        """File for what the run says beside the notebook."""
        return self.folder.parent / "logs" / f"{self.code}.log"
