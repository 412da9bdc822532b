from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods import Prior, ShrunkenProportions, shrink_proportions
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED

METHODS = ("beta_binomial", "marshall")

areas = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=15
)


@pytest.fixture
def first_period(villages: pd.DataFrame) -> pd.DataFrame:
    return villages[villages["year"] == 0]


def shrink(rows: pd.DataFrame, method: Any = "beta_binomial", **options: Any) -> ShrunkenProportions:
    return shrink_proportions(cases=rows["cases"], n=rows["n"], method=method, **options)


def test_marshall_is_that_of_spdep(first_period: pd.DataFrame, reference: Any) -> None:
    result = shrink(first_period, "marshall")
    assert result.table["estimate"].to_list() == pytest.approx(reference("small_areas")["marshall"], rel=CLOSED)


def test_beta_binomial_is_that_of_r(first_period: pd.DataFrame, reference: Any) -> None:
    expected = reference("small_areas")["beta_binomial"]
    result = shrink(first_period)
    prior = result.priors[None]
    assert isinstance(prior, Prior)
    assert (prior.mean, prior.variance) == pytest.approx((expected["mean"], expected["variance"]), rel=1e-6)
    for column in ("estimate", "lower", "upper"):
        assert result.table[column].to_list() == pytest.approx(expected[column], rel=1e-6), column


@pytest.mark.parametrize("method", METHODS)
def test_groups_are_shrunk_apart_from_each_other(first_period: pd.DataFrame, method: Any) -> None:
    together = shrink(first_period, method, group=first_period["kecamatan"])
    for label, rows in first_period.groupby("kecamatan"):
        if len(rows) < 3:
            assert isinstance(together.priors[label], Undefined)
            continue
        alone = shrink(rows, method).table["estimate"].to_numpy()
        place = (first_period["kecamatan"] == label).to_numpy()
        assert together.table["estimate"].to_numpy()[place] == pytest.approx(alone, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_area_without_measured_units_gets_the_mean(first_period: pd.DataFrame, method: Any) -> None:
    empty = pd.DataFrame({"cases": [0], "n": [0]})
    result = shrink(pd.concat([first_period, empty]), method)
    last, prior = result.table.iloc[-1], result.priors[None]
    assert isinstance(prior, Prior)
    assert last["estimate"] == prior.mean == pytest.approx(last["prior_mean"])
    assert last["weight"] == 0
    assert np.isnan(last["crude"])
    assert last["lower"] < last["estimate"] < last["upper"]
    without = shrink(first_period, method).table
    assert result.table["estimate"].to_numpy()[:-1] == pytest.approx(without["estimate"].to_numpy(), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_areas_that_differ_by_chance_only_get_the_mean_and_no_limits(method: Any) -> None:
    result = shrink_proportions(cases=[5, 10, 15, 20], n=[25, 50, 75, 100], method=method)
    assert result.table["estimate"].to_list() == pytest.approx([0.2] * 4)
    assert result.table[["lower", "upper"]].isna().all(axis=None)
    nobody = shrink_proportions(cases=[0, 0, 0], n=[10, 20, 1], method=method)
    assert nobody.table["estimate"].to_list() == [0, 0, 0]
    singles = shrink_proportions(cases=[0, 1, 0, 1], n=[1, 1, 1, 1], method=method)
    assert singles.table["estimate"].to_list() == pytest.approx([0.5] * 4)


@pytest.mark.parametrize("method", METHODS)
def test_too_few_areas_have_no_prior(method: Any) -> None:
    result = shrink_proportions(cases=[3, 4, 0], n=[9, 9, 0], method=method)
    assert result.priors == {None: Undefined(reason="too_few_units", details={"units": 2, "needed": 3})}
    assert result.table["estimate"].isna().all()
    assert result.table["crude"].to_list()[:2] == pytest.approx([3 / 9, 4 / 9])


@pytest.mark.parametrize("group", [["a", "b"], ["a", None, "b"]])
def test_malformed_groups_are_refused(group: Any) -> None:
    with pytest.raises(ValueError, match="group"):
        shrink_proportions(cases=[1, 2, 3], n=[9, 9, 9], group=group)


def test_all_or_nothing_everywhere_has_no_limits_by_moments() -> None:
    """The variance is then the largest that proportions can have, and rounding would put it beyond."""
    for cases, n in (
        ([0, 0, 1, 0, 0], [7, 7, 1, 8, 5]),
        ([4, 0, 5, 8, 0, 7, 1], [4, 5, 5, 8, 9, 7, 1]),
    ):
        result = shrink_proportions(cases=cases, n=n, method="marshall")
        prior = result.priors[None]
        assert isinstance(prior, Prior)
        assert prior.variance == prior.mean * (1 - prior.mean)
        assert (result.table["weight"] == 1).all()
        assert result.table[["lower", "upper"]].isna().all(axis=None)


@settings(max_examples=40)
@given(rows=areas, method=st.sampled_from(METHODS))
def test_shrunken_lies_between_its_own_and_the_mean(rows: list[tuple[int, int]], method: Any) -> None:
    cases, n = (np.array(column) for column in zip(*rows, strict=True))
    result = shrink_proportions(cases=cases, n=n, method=method)
    table, prior = result.table, result.priors[None]
    if isinstance(prior, Undefined):
        return
    low = np.minimum(table["crude"], prior.mean) - 1e-12
    high = np.maximum(table["crude"], prior.mean) + 1e-12
    assert ((low <= table["estimate"]) & (table["estimate"] <= high)).all()
    # More units, more weight.
    order = np.argsort(n, kind="stable")
    assert (np.diff(table["weight"].to_numpy()[order]) >= -1e-12).all()
    turned = shrink_proportions(cases=cases[::-1], n=n[::-1], method=method).table
    assert turned["estimate"].to_numpy()[::-1] == pytest.approx(table["estimate"].to_numpy(), abs=1e-6)


def test_a_prior_that_is_given_takes_the_place_of_what_the_areas_tell(first_period: pd.DataFrame) -> None:
    own = shrink(first_period)
    prior = own.priors[None]
    assert isinstance(prior, Prior)
    again = shrink(first_period.head(1), prior=prior)
    assert again.table.iloc[0].to_list() == pytest.approx(own.table.iloc[0].to_list(), rel=CLOSED)
    # Beta(2, 6) and 5 of 8: (2 + 5) / (8 + 8)
    given = shrink_proportions(cases=[5], n=[8], prior=Prior(mean=0.25, variance=0.25 * 0.75 / 9, areas=3))
    assert given.table["estimate"][0] == pytest.approx(7 / 16, rel=CLOSED)
