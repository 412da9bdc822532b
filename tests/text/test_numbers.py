"""Numbers and dates as each language writes them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from kbkit.results import Contrast, Estimate, Undefined
from kbkit.text import LANGUAGES, Language, Style, Voice


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "id",
            ("14.961", "3,40", "21,6%", "−2,1", "+0,3", "19,8–23,5%", "< 0,001", "26 September 2022", "Agustus 2024"),
        ),
        (
            "en",
            ("14,961", "3.40", "21.6%", "−2.1", "+0.3", "19.8–23.5%", "< 0.001", "26 September 2022", "August 2024"),
        ),
    ],
)
def test_golden(language: Language, written: tuple[str, ...]) -> None:
    style = Style(language)
    assert written == (
        style.count(14961),
        style.decimal(3.4),
        style.percent(0.21621),
        style.points(-0.0211),
        style.points(0.003),
        style.interval(0.198, 0.2349),
        style.p_value(0.0002).replace("\u202f", " "),
        style.date(dt.date(2022, 9, 26)),
        style.period("2024-08"),
    )


@example(549755813888.273, 4, "id")
@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.sampled_from(LANGUAGES))
def test_numbers_are_written_as_babel_writes_them(value: float, digits: int, language: Language) -> None:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    locale = {"id": "id_ID", "en": "en_GB"}[language]
    expected = format_decimal(round(value, digits) + 0.0, format=pattern, locale=locale)
    assert Style(language).decimal(value, digits) == expected.replace("-", "−")


def test_a_number_of_an_array_is_a_number() -> None:
    assert Style("id").decimal(np.float64(1234.5), 1) == "1.234,5"


def test_missing_is_a_dash_and_zero_is_zero() -> None:
    style = Style("id")
    assert (style.count(None), style.percent(None), style.points(None)) == ("–", "–", "–")
    assert (style.count(0), style.percent(0.0), style.points(-0.0001)) == ("0", "0,0%", "0,0")


def test_units_are_whole_words() -> None:
    assert Style("id").points_with_unit(-0.021) == "−2,1 poin persentase"
    assert Style("en").points_with_unit(-0.021) == "−2.1 percentage points"


def test_hidden_and_undefined_look_different() -> None:
    voice = Voice("id")
    assert voice.prevalence(Undefined(reason="suppressed")) == "[c]"
    assert voice.prevalence(Undefined(reason="too_few_measured")) == "–"
    assert voice.count(Undefined(reason="suppressed")) == "[c]"
    estimate = Estimate(estimate=0.2, lower=0.15, upper=0.25, method="m")
    assert (voice.prevalence(estimate), voice.interval(estimate)) == ("20,0%", "15,0–25,0%")
    contrast = Contrast(estimate=-0.02, lower=-0.04, upper=0.003, method="m", term="t")
    assert voice.difference_interval(contrast) == "−4,0 s.d. +0,3"
