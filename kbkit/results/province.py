"""Findings over the regencies of a batch: one line a regency, and the slopes pooled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from kbkit.results.association import Verdict
from kbkit.results.estimates import Contrasted, Estimated, Undefined

FILE_NAME: Final = "province.json"


@dataclass(frozen=True, kw_only=True)
class TierContrast:
    """One tier against the reference in one regency; ``adjusted_p`` by Benjamini-Hochberg over all of them."""

    tier: str
    difference: Contrasted
    adjusted_p: float | Undefined


@dataclass(frozen=True, kw_only=True)
class Family:
    """P-values that were adjusted together: ``slopes`` by Holm, ``contrasts`` by Benjamini-Hochberg."""

    name: Literal["slopes", "contrasts"]
    method: Literal["holm", "bh"]
    tests: int


@dataclass(frozen=True, kw_only=True)
class RegencyLine:
    """What a province sees of one regency.

    Attributes:
        adjusted_p: bootstrap p-value of the slope, adjusted by Holm over the regencies that were tested.
        detectable: smallest true difference per step that the regency's design finds in 80 of 100 tries.
        shrunken: the slope drawn towards the mean of the regencies, for display; undefined where nothing is pooled.
        contrasts: every tier against the reference, with p-values adjusted over all contrasts of all regencies.
    """

    code: str
    name: str
    villages: int
    coverage: float | None
    prevalence: Estimated
    verdict: Verdict
    slope: Contrasted
    adjusted_p: float | Undefined
    detectable: float | Undefined
    shrunken: float | Undefined
    contrasts: tuple[TierContrast, ...]


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Pre-specified slopes of the regencies pooled: the mean, and the range for one more regency.

    ``detectable`` is the smallest true mean that these regencies find in 80 of 100 tries.
    """

    mean: Contrasted
    tau: float
    i2: float
    prediction_lower: float
    prediction_upper: float
    detectable: float | Undefined
    regencies: int


@dataclass(frozen=True, kw_only=True)
class ProvinceFindings:
    """Everything that the summary over regencies says."""

    provinces: tuple[str, ...]
    regencies: tuple[RegencyLine, ...]
    pooled: Pooled | Undefined
    families: tuple[Family, ...]
    level: float
    simulated: bool
    edition: Literal["public", "strict", "internal"]
    plan_hashes: tuple[str, ...]

    def save(self, folder: str | Path) -> Path:
        """Write ``province.json`` whole into a folder and return its path."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        aside = place / f".{FILE_NAME}.partial"
        text = _findings.dump_json(self, indent=2).decode("utf-8") + "\n"
        aside.write_text(text, encoding="utf-8", newline="\n")
        return aside.replace(place / FILE_NAME)


_findings: TypeAdapter[ProvinceFindings] = TypeAdapter(ProvinceFindings)
