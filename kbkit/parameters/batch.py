"""Parameters of a batch: one notebook over many regencies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from kbkit.domain.editions import DEFAULT_EDITION, Edition
from kbkit.parameters.report import DEFAULT_LEVEL, ConfidenceLevel, RegencyText, ReportLanguage
from kbkit.parameters.targets import StatedTarget, StatedYear

Format = Literal["html", "pdf", "xlsx", "docx"]

ALL_REGENCIES: Final = ("semua", "all")
"""Words that stand for every regency of the dataset."""

MOST_WORKERS: Final = 64

# A list of YAML fits a tuple and text fits a path, but inside them nothing is converted.
_Folder = Annotated[Path, Strict(False)]
_Codes = Annotated[tuple[RegencyText, ...], Strict(False), Field(min_length=1)]
_Formats = Annotated[tuple[Format, ...], Strict(False), Field(min_length=1)]


class BatchParameters(BaseModel):
    """A parameter file, checked. The file writes paths relative to itself; here they are absolute.

    Attributes:
        batch: name of the batch and of its folder below ``out``.
        dataset: folder of the dataset.
        regencies: Kemendagri codes in the order of the index. ``semua`` or ``all`` in the file stands for every regency
            of the dataset.
        out: folder that holds the folders of batches.
        notebook: the notebook that is run for every regency.
        language: language of the reports and of the index.
        formats: what is rendered from each executed notebook.
        workers: regencies that run at the same time.
        office: office that answers for the reports; empty for none.
        level: confidence level of the intervals, 0-1.
        boundaries: GeoJSON file of boundaries, or a folder with one a regency, its code in the name; none for tiles.
        plan: analysis plan (TOML); none for the pre-specified one.
        priorities: weights and benchmarks of the priority problems (TOML); none for the defaults.
        logo: picture of the office's mark (PNG, SVG or JPEG); none for a cover without one.
        edition: how small a number the reports may show: ``public`` hides 1-4, ``strict`` 1-9, ``internal`` nothing.
        target: prevalence of stunting in per cent that a regency sets itself as its target, by code where they differ;
            none for the national targets alone.
        target_year: the year it is for, by code where they differ.
        timeout_seconds: longest time one regency may take.
        memory_megabytes: most memory one regency may take; none for no limit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    batch: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    dataset: _Folder
    regencies: _Codes
    out: _Folder = Path("../outputs")
    notebook: _Folder = Path("../notebooks/regency_report.ipynb")
    language: ReportLanguage = "id"
    formats: _Formats = ("html", "pdf")
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] = 1
    office: str = ""
    level: ConfidenceLevel = DEFAULT_LEVEL
    boundaries: _Folder | None = None
    plan: _Folder | None = None
    priorities: _Folder | None = None
    logo: _Folder | None = None
    edition: Edition = DEFAULT_EDITION
    target: StatedTarget | None = None
    target_year: StatedYear | None = None
    timeout_seconds: Annotated[int, Field(ge=1)] = 900
    memory_megabytes: Annotated[int, Field(ge=64)] | None = 4096

    @property
    def folder(self) -> Path:
        """Folder of the batch: index, manifest, and one folder a regency."""
        return self.out / self.batch
