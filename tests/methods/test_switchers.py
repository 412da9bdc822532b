from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import SwitcherEffect, compare_switchers
from kbkit.results import Estimate, Undefined
from tests.methods.conftest import CLOSED

COLUMNS: dict[str, Any] = {"outcome": "y", "treatment": "d", "unit": "unit", "period": "period", "cluster": "cluster"}


def compare(panel: pd.DataFrame, **options: Any) -> SwitcherEffect:
    result = compare_switchers(panel, **(COLUMNS | options))
    assert isinstance(result, SwitcherEffect)
    return result


def value(part: object) -> float:
    assert isinstance(part, Estimate)
    return part.estimate


def panel_of(units: dict[str, tuple[list[float], list[float]]]) -> pd.DataFrame:
    """Return a panel from unit -> (steps, outcomes), every unit its own cluster."""
    return pd.DataFrame(
        [
            {"unit": unit, "period": period, "d": d, "y": y, "cluster": unit}
            for unit, (steps, outcomes) in units.items()
            for period, (d, y) in enumerate(zip(steps, outcomes, strict=True))
        ]
    )


@pytest.fixture
def panel(reference: Any) -> pd.DataFrame:
    return pd.DataFrame(reference("switchers")["panel"])


def test_estimates_are_those_of_diff_diff(panel: pd.DataFrame, reference: Any) -> None:
    expected, result = reference("switchers"), compare(panel)
    found = (value(result.effect), value(result.up), value(result.down))
    assert found == pytest.approx((expected["effect"], expected["up"], expected["down"]), rel=CLOSED)
    # There the placebo is y(t-2) less y(t-1).
    assert value(result.placebo) == pytest.approx(-expected["placebo"], rel=CLOSED)
    assert (result.n_moves, result.n_uncompared, result.n_clusters) == (expected["n_moves"], 0, 8)


def test_a_ladder_of_three_steps_by_hand() -> None:
    units = {
        "a": ([0.0, 2.0], [0.30, 0.20]),  # two steps up: -0.10
        "b": ([0.0, 0.0], [0.30, 0.28]),  # stays at 0: -0.02
        "c": ([0.0, 0.0], [0.40, 0.36]),  # stays at 0: -0.04
        "e": ([2.0, 1.0], [0.20, 0.25]),  # one step down: +0.05
        "f": ([2.0, 2.0], [0.25, 0.26]),  # stays at 2: +0.01
        "g": ([1.0, 2.0], [0.20, 0.10]),  # nobody stays at 1
    }
    result = compare(panel_of(units))
    # Up: -0.10 - (-0.03) over 2 steps; down: -(0.05 - 0.01) over 1 step; both: -(0.07 + 0.04) / 3.
    assert value(result.up) == pytest.approx(-0.07 / 2)
    assert value(result.down) == pytest.approx(-0.04)
    assert value(result.effect) == pytest.approx(-0.11 / 3)
    assert (result.n_moves, result.n_uncompared, result.n_stays) == (2, 1, 3)
    assert result.placebo == Undefined(reason="no_change_observed")


def test_the_placebo_looks_one_period_back() -> None:
    units = {
        "a": ([0.0, 0.0, 1.0], [0.30, 0.27, 0.20]),
        "b": ([0.0, 0.0, 0.0], [0.30, 0.29, 0.27]),
        "c": ([1.0, 0.0, 1.0], [0.30, 0.10, 0.20]),  # moved before: not in the placebo
        "e": ([1.0, 1.0, 1.0], [0.20, 0.20, 0.20]),
    }
    assert value(compare(panel_of(units)).placebo) == pytest.approx(-0.03 - (-0.01))


@pytest.mark.parametrize("part", ["effect", "up", "down", "placebo"])
def test_standard_error_is_that_of_the_derivatives_in_the_weights(panel: pd.DataFrame, part: str) -> None:
    weighted = panel.assign(w=1 + panel["unit"] % 3)

    def estimate(rows: pd.DataFrame) -> Any:
        return getattr(compare(rows, weight="w"), part)

    slopes = []
    for label in range(8):
        own = weighted["cluster"] == label
        ends = [estimate(weighted.assign(w=weighted["w"] * (1 + own * step))).estimate for step in (1e-5, -1e-5)]
        slopes.append((ends[0] - ends[1]) / 2e-5)
    assert estimate(weighted).std_error == pytest.approx((np.dot(slopes, slopes) * 8 / 7) ** 0.5, rel=1e-6)
    assert estimate(weighted).df == 7


def test_row_order_common_trend_and_levels_change_nothing(panel: pd.DataFrame) -> None:
    turned = panel.sample(frac=1, random_state=4)
    turned = turned.assign(y=turned["y"] + turned["unit"] + turned["period"] ** 2)
    for part in ("effect", "up", "down", "placebo"):
        ours, theirs = getattr(compare(panel), part), getattr(compare(turned), part)
        assert ours.estimate == pytest.approx(theirs.estimate, abs=1e-10)
        assert ours.std_error == pytest.approx(theirs.std_error, rel=1e-8)


def test_turning_the_ladder_flips_the_sign(panel: pd.DataFrame) -> None:
    result, turned = compare(panel), compare(panel.assign(d=1 - panel["d"]))
    assert value(turned.effect) == pytest.approx(-value(result.effect), rel=1e-9)
    assert value(turned.up) == pytest.approx(-value(result.down), rel=1e-9)


def test_rows_that_say_nothing_are_left_out(panel: pd.DataFrame) -> None:
    extra = panel.head(3).assign(unit=[90, 91, 92], d=[np.nan, 0, 0], y=[0.1, np.nan, 0.2])
    assert compare(pd.concat([panel, extra])) == compare(panel)


def test_movers_of_one_cluster_have_no_standard_error(panel: pd.DataFrame) -> None:
    movers = panel.groupby("unit")["d"].transform("nunique") > 1
    result = compare(panel.assign(cluster=panel["cluster"].where(~movers, 99)))
    assert result.effect.std_error is None
    assert result.effect.estimate == pytest.approx(value(compare(panel).effect), rel=1e-12)


def test_undefined_where_nobody_moves_or_nobody_stays(panel: pd.DataFrame) -> None:
    assert compare_switchers(panel.assign(d=1), **COLUMNS) == Undefined(reason="no_change_observed")
    assert compare_switchers(panel.assign(d=panel["period"]), **COLUMNS) == Undefined(reason="no_change_observed")
    assert compare_switchers(panel.assign(y=np.nan), **COLUMNS) == Undefined(reason="nothing_measured")
    one_period = panel[panel["period"] == 0]
    assert compare_switchers(one_period, **COLUMNS) == Undefined(reason="nothing_measured")
    one = compare_switchers(panel.assign(cluster=1), **COLUMNS)
    assert one == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: pd.concat([rows, rows.head(1)]), "two rows"),
        (lambda rows: rows.assign(cluster=range(len(rows))), "clusters"),
        (lambda rows: rows.assign(w=-1.0), "weights"),
    ],
)
def test_malformed_panels_are_refused(panel: pd.DataFrame, spoil: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compare(spoil(panel.assign(w=1.0)), weight="w")
