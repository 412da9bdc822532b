"""Parameters of ``notebooks/regency_report.ipynb``: the mirror of its cell tagged ``parameters``."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kbkit.domain.editions import DEFAULT_EDITION, Edition
from kbkit.domain.regions import REGENCY_PATTERN

ReportLanguage = Literal["id", "en"]

RegencyText = Annotated[str, Field(pattern=rf"^{REGENCY_PATTERN}$")]
"""Kemendagri code of a regency, dotted: ``33.16``. Text, because the number 14.10 is 14.1."""

ConfidenceLevel = Annotated[float, Field(ge=0.5, le=0.999)]
"""Confidence level of every interval of a report, 0-1."""

DEFAULT_LEVEL: Final = 0.95


class RegencyReportParameters(BaseModel):
    """Everything that the regency notebook may be told. Its defaults serve the notebook alone in JupyterLab.

    A test compares names, types and defaults with the notebook's cell, because papermill only warns of a parameter
    that a notebook does not know, and then runs with the default.

    Attributes:
        dataset: folder of the dataset, relative to the folder in which the notebook runs.
        regency: Kemendagri code, dotted text.
        language: language of the report.
        out: folder for ``findings.json``, ``figures/`` and ``tables/``, relative as ``dataset`` is.
        office: office that answers for the report, as its title page names it; empty for none.
        level: confidence level of the intervals, 0-1.
        boundaries: GeoJSON file of boundaries, or a folder with one a regency, relative as ``dataset`` is; empty for
            none.
        plan: analysis plan (TOML), relative as ``dataset`` is; empty for the pre-specified one.
        priorities: weights and benchmarks of the priority problems (TOML), relative as ``dataset`` is; empty for the
            defaults.
        logo: picture of the office's mark, relative as ``dataset`` is; empty for none.
        edition: how small a number the report may show: ``public``, ``strict``, or ``internal``, which hides nothing.
        target: the regency's own target of the prevalence of stunting in per cent, ``"18,5"``; empty for none.
        target_year: the year it is for; 0 for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    dataset: str = "../outputs/demo/dataset"
    regency: RegencyText = "33.16"
    language: ReportLanguage = "id"
    out: str = "../outputs/notebook"
    office: str = ""
    level: ConfidenceLevel = DEFAULT_LEVEL
    boundaries: str = ""
    plan: str = ""
    priorities: str = ""
    logo: str = ""
    edition: Edition = DEFAULT_EDITION
    target: str = ""
    target_year: int = 0
