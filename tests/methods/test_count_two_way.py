from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import CountTwoWayFit, fit_count_two_way
from kbkit.results import Undefined

COLUMNS: dict[str, Any] = {
    "cases": "cases",
    "n": "n",
    "terms": ["reached", "covered"],
    "unit": "village",
    "period": "year",
    "cluster": "kecamatan",
}


@pytest.fixture
def panel(reference: Any) -> pd.DataFrame:
    return pd.DataFrame(reference("count_two_way")["panel"])


def fit(panel: pd.DataFrame, **options: Any) -> CountTwoWayFit:
    result = fit_count_two_way(panel, **(COLUMNS | options))
    assert isinstance(result, CountTwoWayFit)
    return result


def test_same_as_glm_refitted_without_each_cluster(panel: pd.DataFrame, reference: Any) -> None:
    expected, result = reference("count_two_way"), fit(panel)
    for column in ("estimate", "std_error", "lower"):
        assert result.table[column].to_list() == pytest.approx(expected[column], rel=1e-8), column
    assert result.covariance_matrix.loc["reached", "covered"] == pytest.approx(expected["covariance"], rel=1e-7)
    assert (result.deviance, result.dispersion) == pytest.approx((expected["deviance"], expected["dispersion"]))
    # Village 17 has no case at all.
    assert (result.n_rows, result.n_units, result.n_left_out, result.n_clusters) == (137, 35, 1, 9)
    ratio = result.ratios["reached"]
    assert ratio.estimate == pytest.approx(np.exp(expected["estimate"][0]))
    assert ratio.lower == pytest.approx(np.exp(expected["lower"][0]))


def test_two_periods_are_a_ratio_of_ratios() -> None:
    # Movers go from 10 to 30 of 100, stayers from 20 to 40 of 100: (30/10) / (40/20) = 1.5.
    rows = pd.DataFrame({"x": [10, 30, 20, 40] * 2, "k": 100, "t": [0, 1] * 4, "u": [1, 1, 2, 2, 3, 3, 4, 4]})
    rows["d"] = [0.0, 1.0, 0.0, 0.0] * 2
    result = fit_count_two_way(rows, cases="x", n="k", terms=["d"], unit="u", period="t", cluster="u")
    # No variation between the copies, but the estimate of one cluster less is the same: nothing to call an error.
    assert result == Undefined(reason="no_variance")
    rows.loc[5, "x"] = 33
    changed = fit(rows, cases="x", n="k", terms=["d"], unit="u", period="t", cluster="u")
    assert changed.ratios["d"].estimate == pytest.approx((63 / 20) / (80 / 40))


def test_order_and_scale_of_the_offset_change_nothing(panel: pd.DataFrame) -> None:
    turned = panel.sample(frac=1, random_state=3).assign(n=lambda rows: rows["n"] * 10)
    for column in ("estimate", "std_error"):
        assert fit(turned).table[column].to_numpy() == pytest.approx(fit(panel).table[column].to_numpy(), rel=1e-8)


def test_doubling_counts_leaves_the_jackknife(panel: pd.DataFrame) -> None:
    doubled = fit(panel.assign(cases=panel["cases"] * 2, n=panel["n"] * 2))
    assert doubled.table["std_error"].to_numpy() == pytest.approx(fit(panel).table["std_error"].to_numpy(), rel=1e-8)
    assert doubled.dispersion == pytest.approx(2 * fit(panel).dispersion)


def test_unmeasured_rows_are_left_out(panel: pd.DataFrame) -> None:
    unmeasured = panel.head(1).assign(year=9, n=0, cases=0)
    assert fit(pd.concat([panel, unmeasured])).table.equals(fit(panel).table)


def test_what_has_no_estimate_says_why(panel: pd.DataFrame) -> None:
    def reason(**changes: Any) -> Undefined:
        result = fit_count_two_way(panel.assign(**changes), **COLUMNS)
        assert isinstance(result, Undefined)
        return result

    still = (panel["village"] % 2).astype(float)
    assert reason(reached=still) == Undefined(reason="rank_deficient", details={"terms": "reached"})
    empty = ((panel["year"] == 2) & (panel["cases"] < 10)).astype(float)
    cases = panel["cases"].where(empty == 0, 0)
    assert reason(reached=empty, cases=cases) == Undefined(reason="separation", details={"terms": "reached"})
    assert reason(reached=panel["reached"] * (panel["kecamatan"] == 3)) == Undefined(reason="no_variance")
    assert reason(cases=0) == Undefined(reason="no_cases")
    assert reason(cases=0, n=0) == Undefined(reason="nothing_measured")
    assert reason(kecamatan=1) == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    two = fit_count_two_way(panel[panel["village"].isin([1, 2])], **COLUMNS)
    assert isinstance(two, Undefined)


@pytest.mark.parametrize("changes", [{"kecamatan": range(141)}, {"covered": np.nan}, {"n": -1.0}])
def test_malformed_panels_are_refused(panel: pd.DataFrame, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"clusters|missing|between"):
        fit(panel.assign(**changes))
