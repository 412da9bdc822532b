"""Findings of one regency: every number that its report shows, at full precision, after disclosure control.

Tables, figures, sentences and the batch's index are drawn from these values and from nothing else, so that languages
and formats cannot disagree. Proportions are 0-1. What was not measured is ``None``; what may not be shown or cannot be
estimated is :class:`~kbkit.results.estimates.Undefined`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from kbkit.results.association import Association
from kbkit.results.estimates import Estimated, Undefined

SCHEMA_VERSION: Final = 1
FILE_NAME: Final = "findings.json"

Count = int | Undefined | None
"""A count; ``None`` where nothing was reported, ``Undefined("suppressed")`` where the cell is too small to show."""


@dataclass(frozen=True, kw_only=True)
class Regency:
    """The regency that is reported on."""

    code: str
    name: str
    province_code: str
    province_name: str


@dataclass(frozen=True, kw_only=True)
class SourceUse:
    """A file behind the findings."""

    file: str
    layout: str
    sha256: str
    dated: str | None
    rows_read: int
    rows_kept: int
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What the findings were made from, and with."""

    tool_version: str
    register_name: str
    register_vintage: str
    data_status: Literal["actual", "simulated", "mixed"]
    sources: tuple[SourceUse, ...]
    plan_hash: str


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Dates of tiers and measurements.

    ``tier_age_months`` counts from the snapshot that is joined to the latest period to the end of that period;
    ``later_snapshots`` were taken after the last measurement and are not joined to any.
    """

    snapshot_dates: tuple[dt.date, ...]
    periods: tuple[str, ...]
    latest_snapshot: dt.date | None
    latest_period: str | None
    tier_age_months: int | None
    later_snapshots: tuple[dt.date, ...]


@dataclass(frozen=True, kw_only=True)
class VillageCoverage:
    """Villages from the register to the analysis; the flow of a STROBE diagram."""

    villages: int
    desa: int
    kelurahan: int
    districts: int
    with_kampung_kb: int
    with_measurement: int
    with_both: int
    target_zero: int
    zero_cases: int


@dataclass(frozen=True, kw_only=True)
class ChildCoverage:
    """Children of a group of villages in one period.

    ``coverage`` is measured over target in the villages where both are known; ``None`` where no target is.
    """

    villages: int
    villages_measured: int
    children_target: int | None
    children_measured: int | None
    children_stunted: Count
    children_severely_stunted: Count
    coverage: float | None
    prevalence: Estimated
    design_effect: float | None


@dataclass(frozen=True, kw_only=True)
class TierChildren:
    """Children in the villages of one tier (``None``: villages without Kampung KB)."""

    tier: str | None
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class DistrictChildren:
    """Children in the villages of one district."""

    district_code: str
    district_name: str
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class PeriodChildren:
    """Children of the regency in one period."""

    period: str
    children: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class TierCounts:
    """Villages by tier; ``none`` has no Kampung KB."""

    dasar: int
    berkembang: int
    mandiri: int
    berkelanjutan: int
    none: int


@dataclass(frozen=True, kw_only=True)
class DistrictTiers:
    """Villages of one district by tier."""

    district_code: str
    district_name: str
    counts: TierCounts


@dataclass(frozen=True, kw_only=True)
class SnapshotTiers:
    """Villages of the regency by tier at one snapshot, and how they moved since the one before."""

    snapshot_date: dt.date
    counts: TierCounts
    rose: int | None
    fell: int | None
    stayed: int | None


@dataclass(frozen=True, kw_only=True)
class Classification:
    """Tiers at the latest snapshot.

    ``recomputed_equal`` and ``recomputed_different`` compare the printed tier with the rule; ``nothing_entered`` are
    Kampung KB with all twelve scores at their lowest; ``unmet_need_artefact`` those whose contraception record looks
    filled with zeros and so scores best on unmet need.
    """

    total: TierCounts
    districts: tuple[DistrictTiers, ...]
    snapshots: tuple[SnapshotTiers, ...]
    rubric_version: str
    recomputed_equal: int
    recomputed_different: int
    nothing_entered: int
    unmet_need_artefact: int
    several_kampung_kb: int


@dataclass(frozen=True, kw_only=True)
class Stunting:
    """Children by tier, district and period, from the registry."""

    latest: ChildCoverage
    tiers: tuple[TierChildren, ...]
    districts: tuple[DistrictChildren, ...]
    periods: tuple[PeriodChildren, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyValue:
    """A survey's prevalence for the regency; never joined to the registry's series."""

    survey: str
    year: int
    prevalence: float
    lower: float | None
    upper: float | None
    publisher: str | None
    band: str


@dataclass(frozen=True, kw_only=True)
class QualityItem:
    """One check of the data: its code, how grave, how many rows."""

    code: str
    severity: Literal["error", "warning", "note"]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Quality of the regency's data, shown before any result."""

    items: tuple[QualityItem, ...]
    unmatched_rows: int
    unmatched_children_measured: int
    matched_by: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class TierProfile:
    """What differs between tiers before any child is measured: disadvantage and measuring coverage.

    Shares and index are unweighted means over villages of the latest period; ``None`` where no village has a value.
    """

    tier: str
    villages: int
    idm: float | None
    water_unimproved: float | None
    toilet_unimproved: float | None
    coverage: float | None


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village of the register: tier and indices at the latest snapshot, measuring in the latest period."""

    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    tier: str | None
    index_input: float | None
    index_process: float | None
    index_output: float | None
    children_target: int | None
    children_measured: int | None
    coverage: float | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The three values that a batch's index shows."""

    prevalence: float | None
    coverage: float | None
    comparison: Literal["made", "withheld"]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything that a regency's report says."""

    regency: Regency
    office: str
    level: float
    provenance: Provenance
    timing: Timing
    coverage: VillageCoverage
    quality: Quality
    classification: Classification | None
    stunting: Stunting | None
    surveys: tuple[SurveyValue, ...]
    profiles: tuple[TierProfile, ...]
    association: Association
    villages: tuple[Village, ...]
    summary: Summary
    schema_version: int = SCHEMA_VERSION

    def to_json(self) -> str:
        """Return the findings as JSON text, numbers at full precision, ending in a newline."""
        return _findings.dump_json(self, indent=2).decode("utf-8") + "\n"

    def save(self, folder: str | Path) -> Path:
        """Write ``findings.json`` whole into a folder and return its path."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        aside = place / f".{FILE_NAME}.partial"
        aside.write_text(self.to_json(), encoding="utf-8", newline="\n")
        return aside.replace(place / FILE_NAME)


_findings: TypeAdapter[Findings] = TypeAdapter(Findings)


def read_batch(folder: str | Path) -> tuple[Findings, ...]:
    """Read the findings of every regency of a batch's folder, by code.

    Raises:
        pydantic.ValidationError: a file holds something else.
    """
    return tuple(read_findings(path) for path in sorted(Path(folder).glob(f"*/{FILE_NAME}")))


def read_findings(path: str | Path) -> Findings:
    """Read findings back.

    Raises:
        pydantic.ValidationError: the file holds something else.
    """
    return _findings.validate_json(Path(path).read_bytes())
