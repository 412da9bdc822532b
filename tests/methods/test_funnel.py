from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import FunnelLimits, funnel_limits
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED

KINDS = ("none", "multiplicative", "additive")

areas = st.lists(st.integers(5, 90).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))), min_size=2)


def funnel(cases: Any, n: Any, **options: Any) -> FunnelLimits:
    result = funnel_limits(cases=cases, n=n, **options)
    assert isinstance(result, FunnelLimits)
    return result


@pytest.fixture
def first_period(villages: pd.DataFrame) -> pd.DataFrame:
    return villages[villages["year"] == 0]


def test_without_winsorising_tau2_is_that_of_metafor(first_period: pd.DataFrame, reference: Any) -> None:
    expected = reference("small_areas")["funnel"]
    result = funnel(first_period["cases"], first_period["n"], winsorise=0)
    assert result.target == pytest.approx(expected["target"], rel=CLOSED)
    assert result.phi == pytest.approx(expected["phi_plain"], rel=CLOSED)
    assert result.tau2 == pytest.approx(expected["tau2_plain"], rel=CLOSED)


@pytest.mark.parametrize("kind", KINDS)
def test_limits_as_written_out_in_r(first_period: pd.DataFrame, reference: Any, kind: Any) -> None:
    expected = reference("small_areas")["funnel"]
    result = funnel(first_period["cases"], first_period["n"], overdispersion=kind)
    assert (result.phi, result.tau2) == pytest.approx((expected["phi"], expected["tau2"]), rel=CLOSED)
    for end in ("lower", "upper"):
        assert result.table[end].to_list() == pytest.approx(expected[kind][end], rel=CLOSED, abs=1e-12), end


def test_plain_limits_flag_many_and_adjusted_ones_few(first_period: pd.DataFrame) -> None:
    flags = {
        kind: int(funnel(first_period["cases"], first_period["n"], overdispersion=kind).table["outside"].sum())
        for kind in KINDS
    }
    assert flags["none"] >= 8
    assert flags["additive"] <= 2
    assert flags["multiplicative"] <= 2


def test_one_far_area_does_not_hide_itself() -> None:
    # Nineteen areas near 20 % and one at 80 %: unwinsorised, the one widens the funnel until it fits.
    cases, n = [20 + step % 3 - 1 for step in range(19)] + [80], [100] * 20
    assert funnel(cases, n, target=0.2).table["outside"].to_list() == [False] * 19 + [True]
    assert funnel(cases, n, target=0.2).tau2 == 0
    assert funnel(cases, n, target=0.2, winsorise=0).tau2 > 0


def test_binomial_limits_by_hand() -> None:
    result = funnel([20, 30], [100, 100], overdispersion="none", target=0.2, level=0.95)
    assert result.table["upper"].to_list() == pytest.approx([0.2 + 1.959963984540054 * 0.04] * 2)
    assert result.table["statistic"].to_list() == pytest.approx([0, 2.5])
    assert result.table["outside"].to_list() == [False, True]


def test_area_without_measured_units_has_a_blank_row(first_period: pd.DataFrame) -> None:
    cases, n = first_period["cases"].to_numpy(), first_period["n"].to_numpy()
    result = funnel(np.append(cases, 0), np.append(n, 0))
    assert result.phi == pytest.approx(funnel(cases, n).phi)
    last = result.table.iloc[-1]
    assert last[["share", "lower", "upper", "statistic"]].isna().all()
    assert not last["outside"]


def test_undefined_where_there_is_no_funnel() -> None:
    assert funnel_limits(cases=[0], n=[0]) == Undefined(reason="nothing_measured")
    one = funnel_limits(cases=[1, 0], n=[5, 0])
    assert one == Undefined(reason="too_few_units", details={"units": 1, "needed": 2})
    assert funnel_limits(cases=[0, 0], n=[5, 8]) == Undefined(reason="no_variance")
    assert isinstance(funnel_limits(cases=[0, 0], n=[5, 8], target=0.1), FunnelLimits)


@pytest.mark.parametrize("options", [{"winsorise": 0.5}, {"target": 20}, {"level": 99.8}])
def test_percentages_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"winsorise|level"):
        funnel_limits(cases=[1, 2], n=[5, 8], **options)


@given(rows=areas, kind=st.sampled_from(KINDS))
def test_adjusted_limits_are_never_inside_the_plain_ones(rows: list[tuple[int, int]], kind: Any) -> None:
    cases, n = (np.array(column) for column in zip(*rows, strict=True))
    plain, adjusted = funnel(cases, n, overdispersion="none"), funnel(cases, n, overdispersion=kind)
    assert (adjusted.table["lower"] <= plain.table["lower"]).all()
    assert (adjusted.table["upper"] >= plain.table["upper"]).all()
    assert ((adjusted.table["lower"] >= 0) & (adjusted.table["upper"] <= 1)).all()
    mirrored = funnel(n - cases, n, overdispersion=kind)
    assert mirrored.table["upper"].to_numpy() == pytest.approx(1 - adjusted.table["lower"].to_numpy(), abs=1e-9)
