from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import TwoWayFit, fit_two_way
from kbkit.results import Undefined

COLUMNS: dict[str, Any] = {
    "outcome": "prevalence",
    "terms": ["reached", "covered"],
    "unit": "village",
    "period": "year",
    "cluster": "kecamatan",
    "weight": "n",
}


@pytest.fixture
def panel(reference: Any) -> pd.DataFrame:
    return pd.DataFrame(reference("two_way")["panel"])


def fit(panel: pd.DataFrame, **options: Any) -> TwoWayFit:
    result = fit_two_way(panel, **(COLUMNS | options))
    assert isinstance(result, TwoWayFit)
    return result


def test_same_as_lm_refitted_without_each_cluster(panel: pd.DataFrame, reference: Any) -> None:
    expected, result = reference("two_way"), fit(panel)
    for column in ("estimate", "std_error", "lower"):
        assert result.table[column].to_list() == pytest.approx(expected[column], rel=1e-8), column
    assert result.covariance_matrix.loc["reached", "covered"] == pytest.approx(expected["covariance"], rel=1e-8)
    assert result.negative_weight["reached"] == pytest.approx(expected["negative_weight"], rel=1e-8)
    assert (result.deviance, result.dispersion) == pytest.approx(
        (expected["deviance"], expected["dispersion"]), rel=1e-9
    )
    assert (result.n_rows, result.n_units, result.n_clusters) == (141, 36, 9)
    assert set(result.table["df"]) == {8}


def test_two_periods_are_differences_of_means() -> None:
    # Movers change by 3 and 5, stayers by 1 and 1: 4 - 1.
    rows = pd.DataFrame(
        {"y": [0, 3, 2, 7, 5, 6, 1, 2], "u": [1, 1, 2, 2, 3, 3, 4, 4], "t": [1, 2] * 4, "d": [0, 1, 0, 1, 0, 0, 0, 0]}
    )
    result = fit(rows, outcome="y", terms=["d"], unit="u", period="t", cluster="u", weight=None)
    assert result.table["estimate"].to_list() == pytest.approx([3])
    assert result.negative_weight["d"] == 0


def test_early_movers_as_controls_can_turn_the_sign() -> None:
    # Every effect is positive and grows; two of three units move, one early: late effects of it enter with minus.
    outcome = {1: [0, 1, 9], 2: [0, 0, 1]}
    rows = pd.DataFrame(
        [
            {
                "y": outcome[kind][year] + 0.01 * copy * (year == 1),
                "u": f"{kind}{copy}",
                "t": year,
                "d": float(year >= kind),
            }
            for kind in (1, 2)
            for copy in range(3)
            for year in range(3)
        ]
    )
    result = fit(rows, outcome="y", terms=["d"], unit="u", period="t", cluster="u", weight=None)
    assert result.table["estimate"].iloc[0] < 0
    assert result.negative_weight["d"] < -0.2


def test_order_levels_and_trends_change_nothing(panel: pd.DataFrame) -> None:
    turned = panel.sample(frac=1, random_state=2)
    turned = turned.assign(prevalence=turned["prevalence"] + turned["village"] + 3 * turned["year"] ** 2)
    for column in ("estimate", "std_error"):
        assert fit(turned).table[column].to_numpy() == pytest.approx(fit(panel).table[column].to_numpy(), rel=1e-7)


def test_rows_that_say_nothing_are_left_out(panel: pd.DataFrame) -> None:
    blank = panel.head(2).assign(village=[90, 91], prevalence=[np.nan, 0.9], n=[50, 0])
    once = panel.head(1).assign(village=92, prevalence=0.9)
    extended = fit(pd.concat([panel, blank, once]))
    assert extended.n_rows == 142
    assert extended.table["estimate"].to_numpy() == pytest.approx(fit(panel).table["estimate"].to_numpy(), rel=1e-9)


def test_undefined_where_nobody_moves_or_one_cluster_carries_it_all(panel: pd.DataFrame) -> None:
    still = panel.assign(reached=(panel["village"] % 2).astype(float))
    assert fit_two_way(still, **COLUMNS) == Undefined(reason="rank_deficient", details={"terms": "reached"})
    alone = panel.assign(reached=panel["reached"] * (panel["kecamatan"] == 3))
    assert fit_two_way(alone, **COLUMNS) == Undefined(reason="no_variance")
    exact = panel.assign(prevalence=panel["reached"] + panel["covered"])
    assert fit_two_way(exact, **COLUMNS) == Undefined(reason="no_variance")
    one = fit_two_way(panel.assign(kecamatan=1), **COLUMNS)
    assert one == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    assert fit_two_way(panel.assign(prevalence=np.nan), **COLUMNS) == Undefined(reason="nothing_measured")


@pytest.mark.parametrize("changes", [{"kecamatan": range(141)}, {"covered": np.nan}, {"n": -1.0}])
def test_malformed_panels_are_refused(panel: pd.DataFrame, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"clusters|missing|weights"):
        fit(panel.assign(**changes))
