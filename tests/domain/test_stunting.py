"""Bands, targets, periods, codes."""

from __future__ import annotations

import datetime as dt

import pytest

from kbkit.domain.periods import last_day, months_between, period_of
from kbkit.domain.regions import RegionCode, village_kind
from kbkit.domain.stunting import SURVEY_YEARS, Severity, severity_band


@pytest.mark.parametrize(
    ("prevalence", "band"),
    [
        (0.0, "very_low"),
        (0.0249, "very_low"),
        (0.025, "low"),
        (0.0999, "low"),
        (0.10, "medium"),
        (0.1999, "medium"),
        (0.20, "high"),
        (0.2999, "high"),
        (0.30, "very_high"),
        (1.0, "very_high"),
    ],
)
def test_bands_of_de_onis_2019(prevalence: float, band: str) -> None:
    assert severity_band(prevalence) == Severity(band)


def test_percent_is_not_a_proportion() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        severity_band(21.6)


def test_there_was_no_ssgi_in_2023() -> None:
    assert SURVEY_YEARS[2023] == "SKI"


def test_periods() -> None:
    assert period_of(dt.date(2024, 1, 17)) == "2024-01"
    assert last_day("2024-02") == dt.date(2024, 2, 29)
    assert months_between(dt.date(2022, 6, 13), dt.date(2024, 1, 31)) == 19
    with pytest.raises(ValueError, match="2024-13"):
        last_day("2024-13")


def test_codes_have_levels_and_parents() -> None:
    village = RegionCode("33.16.01.2001")
    assert village.level == "village"
    assert village.parent("regency") == RegionCode("33.16")
    assert village_kind("14.71.01.1001") == "kelurahan"
    with pytest.raises(ValueError, match="above"):
        RegionCode("33.16").parent("village")


@pytest.mark.parametrize("text", ["3316", "33.16.01.4001", "33.16.010", "33.1", "3316012001"])
def test_undotted_text_is_not_a_kemendagri_code(text: str) -> None:
    with pytest.raises(ValueError, match="dotted"):
        RegionCode(text)
