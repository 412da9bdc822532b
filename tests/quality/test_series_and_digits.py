"""Rounded counts, months counted up, months copied: each with an input to catch and one to leave alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from kbkit.quality import Issue, check_digits, check_series
from kbkit.quality.digits import upper_tail

ORIGIN: dict[str, Any] = {"regency_code": "33.16", "source_file": "x", "source_sheet": None, "source_column": "JUMLAH"}


def measured(count: Callable[[int], int | None], *, villages: int = 60) -> pd.DataFrame:
    rows = [
        ORIGIN
        | {"village_code": str(index), "period": "2024-02", "children_target": None, "children_measured": count(index)}
        for index in range(villages)
    ]
    return pd.DataFrame(rows).astype({"children_target": "Int64", "children_measured": "Int64"})


@pytest.mark.parametrize(
    ("count", "caught"),
    [
        (lambda index: 100 + index, 0),  # every digit as often
        (lambda index: 100 + 5 * index, 1),
        (lambda index: 100 + (index if index % 2 else 10 * index), 1),  # half of the villages rounded
        (lambda index: 5 * (index % 5), 0),  # too few children for a last digit to mean anything
        (lambda index: None, 0),
    ],
)
def test_rounded_counts(count: Callable[[int], int | None], caught: int) -> None:
    assert [issue.code for issue in check_digits(measured(count))] == ["quality.round_counts"] * caught


def test_few_villages_say_nothing() -> None:
    assert check_digits(measured(lambda index: 100 + 5 * index, villages=49)) == []
    assert check_digits(pd.DataFrame(columns=measured(lambda index: 1).columns)) == []


def test_the_tail_is_the_binomial_one() -> None:
    """At least 1 of 2 at one fifth: 1 - 0.8 ** 2; at least 0: all."""
    assert upper_tail(1, 2) == pytest.approx(1 - 0.8**2)
    assert upper_tail(0, 50) == pytest.approx(1)
    exact = sum(math.comb(60, k) * 4 ** (60 - k) for k in range(25, 61)) / Fraction(5**60)
    assert upper_tail(25, 60) == pytest.approx(float(exact), rel=1e-12)


def monthly(value: Callable[[int, int], float], *, indicator: str, months: int = 6, villages: int = 20) -> pd.DataFrame:
    return pd.DataFrame(
        ORIGIN
        | {
            "village_code": str(village),
            "indicator": indicator,
            "period": f"2024-{month:02d}",
            "value": value(village, month),
        }
        for village in range(villages)
        for month in range(1, months + 1)
    )


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code.removeprefix("quality.") for issue in issues]


def test_a_flow_that_never_falls_is_counted_up() -> None:
    def rising(village: int, month: int) -> float:
        return village + 2 * month

    assert codes(check_series(monthly(rising, indicator="bkb_meetings"))) == ["cumulative_series"]
    assert check_series(monthly(rising, indicator="bkb_members")) == []  # a stock may grow
    assert check_series(monthly(rising, indicator="bkb_meetings", months=5)) == []
    assert check_series(monthly(rising, indicator="bkb_meetings", villages=19)) == []


def test_a_flow_that_falls_somewhere_is_monthly() -> None:
    def wavering(village: int, month: int) -> float:
        return village + (month if village > 1 else month % 3)  # 2 of 20 villages fall

    assert check_series(monthly(wavering, indicator="bkb_meetings")) == []


def test_a_month_that_repeats_the_one_before_is_told() -> None:
    (issue,) = check_series(monthly(lambda village, month: village + min(month, 4), indicator="bkb_members"))
    assert (issue.code, issue.found) == ("quality.month_carried_forward", "2024-05, 2024-06")


def test_figures_of_a_year_are_no_months() -> None:
    rows = monthly(lambda village, month: village, indicator="bkb_meetings").assign(period="2024")
    assert check_series(rows) == []
