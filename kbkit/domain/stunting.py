"""Stunting as a measure: who counts, from which source, against which target, in which band.

Stunted is a height for age below -2 standard deviations of the WHO 2006 standard (Permenkes 2/2020: *pendek* and
*sangat pendek*). Registry (e-PPGBM) and survey (SSGI, SKI, Riskesdas) are two measures of different things and are
never mixed in one series.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Survey(StrEnum):
    """National surveys with stunting estimates for regencies."""

    RISKESDAS = "Riskesdas"
    SSGI = "SSGI"
    SKI = "SKI"


SURVEY_YEARS: Final[dict[int, Survey]] = {
    2013: Survey.RISKESDAS,
    2018: Survey.RISKESDAS,
    2021: Survey.SSGI,
    2022: Survey.SSGI,
    2023: Survey.SKI,
    2024: Survey.SSGI,
}
"""Which survey was held in which year. "SSGI 2023" does not exist: it is SKI 2023 mislabelled."""


class Registry(StrEnum):
    """Routine registers of measured children."""

    EPPGBM = "eppgbm"


COVERAGE_LOW: Final = 0.80
"""Measured over target (D/S) below which a registry prevalence is marked as resting on few of the children."""
COVERAGE_IMPLAUSIBLE: Final = 1.10
"""D/S above which target and measured children cannot come from one population."""
COVERAGE_CLASSES: Final = (0.50, 0.65, COVERAGE_LOW, 0.95)
"""Inner limits of the classes in which a map shows D/S."""
MEASURED_MINIMUM: Final = 20
"""Measured children below which a single village's prevalence is not printed."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A published target for the prevalence of stunting (0-1) in a year."""

    year: int
    prevalence: float
    source: str


NATIONAL_TARGETS: Final = (
    Target(year=2024, prevalence=0.14, source="Perpres 72/2021"),
    Target(year=2025, prevalence=0.188, source="RPJMN 2025-2029"),
    Target(year=2029, prevalence=0.142, source="RPJMN 2025-2029"),
    Target(year=2045, prevalence=0.05, source="RPJPN 2025-2045"),
)


class Severity(StrEnum):
    """WHO-UNICEF bands of public-health significance (de Onis et al. 2019), for survey prevalences."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


SEVERITY_LIMITS: Final = (
    (0.30, Severity.VERY_HIGH),
    (0.20, Severity.HIGH),
    (0.10, Severity.MEDIUM),
    (0.025, Severity.LOW),
    (0.0, Severity.VERY_LOW),
)
"""Lower limit of each band, highest first; de Onis et al. 2019, Public Health Nutrition 22(1):175-179."""


def severity_band(prevalence: float) -> Severity:
    """Return the band of a survey prevalence (0-1); the lower limit belongs to the band.

    Source: de Onis et al. 2019, Public Health Nutrition 22(1):175-179, doi 10.1017/S1368980018002434.

    Raises:
        ValueError: the prevalence is not a proportion.
    """
    if not 0 <= prevalence <= 1:
        raise ValueError(f"a prevalence is a proportion between 0 and 1, not {prevalence}")
    return next(band for lower, band in SEVERITY_LIMITS if prevalence >= lower)
