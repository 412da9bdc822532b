"""Findings of one regency: every number that its report shows, at full precision, after disclosure control.

Tables, figures, sentences and the batch's index are drawn from these values and from nothing else, so that languages
and formats cannot disagree. Proportions are 0-1. What was not measured is ``None``; what may not be shown or cannot be
estimated is :class:`~kbkit.results.estimates.Undefined`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from kbkit.results.association import Association
from kbkit.results.classification import Classification
from kbkit.results.estimates import Undefined
from kbkit.results.families import FamiliesAtRisk
from kbkit.results.geography import RegencyMap
from kbkit.results.priorities import Priorities
from kbkit.results.programme import Programme
from kbkit.results.provenance import Provenance, Regency, Timing
from kbkit.results.quality import Quality
from kbkit.results.small_areas import SmallAreas
from kbkit.results.stunting import Stunting, SurveyValue, TierProfile
from kbkit.results.targets import LocalTarget, TargetGap
from kbkit.results.villages import Village, VillageCoverage

SCHEMA_VERSION: Final = 1
FILE_NAME: Final = "findings.json"


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
    edition: Literal["public", "strict", "internal"]
    provenance: Provenance
    timing: Timing
    coverage: VillageCoverage
    quality: Quality
    classification: Classification | None
    stunting: Stunting | None
    small_areas: SmallAreas | Undefined
    geography: RegencyMap | None
    surveys: tuple[SurveyValue, ...]
    targets: tuple[TargetGap, ...]
    programme: Programme
    families: FamiliesAtRisk | None
    priorities: Priorities
    profiles: tuple[TierProfile, ...]
    association: Association
    villages: tuple[Village, ...]
    summary: Summary
    local_target: LocalTarget | None = None
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


@dataclass(frozen=True, kw_only=True)
class RegencyResult:
    """Those parts of a regency's findings that a summary over regencies reads: 514 of them fit into memory."""

    regency: Regency
    level: float
    edition: Literal["public", "strict", "internal"]
    provenance: Provenance
    coverage: VillageCoverage
    stunting: Stunting | None
    association: Association


_results: TypeAdapter[RegencyResult] = TypeAdapter(RegencyResult)


def read_batch(folder: str | Path, *, province: str = "", regencies: Collection[str] = ()) -> tuple[RegencyResult, ...]:
    """Read the results of the regencies of a batch's folder, by code; folders still being made are left out.

    Args:
        folder: of the batch.
        province: code of the province whose regencies are read; empty for all.
        regencies: codes of those that are read: a folder may hold reports that its batch no longer makes. Empty for
            all.

    Raises:
        pydantic.ValidationError: a file holds something else.
    """
    found = sorted(Path(folder).glob(f"{province}*/{FILE_NAME}"))
    codes = {path.parent.name: path for path in found if not path.parent.name.startswith(".")}
    return tuple(
        _results.validate_json(path.read_bytes()) for code, path in codes.items() if not regencies or code in regencies
    )


def read_findings(path: str | Path) -> Findings:
    """Read findings back.

    Raises:
        pydantic.ValidationError: the file holds something else.
    """
    return _findings.validate_json(Path(path).read_bytes())
