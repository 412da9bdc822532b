"""Findings over the regencies of a batch: one line a regency, and the slopes pooled."""

from __future__ import annotations

from dataclasses import dataclass

from kbkit.results.association import Verdict
from kbkit.results.estimates import Contrasted, Estimated, Undefined


@dataclass(frozen=True, kw_only=True)
class RegencyLine:
    """What a province sees of one regency.

    ``adjusted_p`` is the bootstrap p-value of the slope, adjusted by Holm over the regencies that were tested.
    """

    code: str
    name: str
    villages: int
    coverage: float | None
    prevalence: Estimated
    verdict: Verdict
    slope: Contrasted
    adjusted_p: float | Undefined


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Pre-specified slopes of the regencies pooled: the mean, and the range for one more regency."""

    mean: Contrasted
    tau: float
    i2: float
    prediction_lower: float
    prediction_upper: float
    regencies: int


@dataclass(frozen=True, kw_only=True)
class ProvinceFindings:
    """Everything that the summary over regencies says."""

    regencies: tuple[RegencyLine, ...]
    pooled: Pooled | Undefined
    level: float
    simulated: bool
    plan_hashes: tuple[str, ...]
