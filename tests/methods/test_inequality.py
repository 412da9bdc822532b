from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods import relative_index, slope_index
from kbkit.methods.inequality import rank_units
from kbkit.results import Contrast, Undefined
from tests.methods.conftest import limits


@pytest.fixture
def rows(villages: pd.DataFrame) -> pd.DataFrame:
    return villages[villages["year"] == 0]


def both(rows: pd.DataFrame, position: Any) -> tuple[Contrast, Contrast]:
    arrays = {"cases": rows["cases"], "n": rows["n"], "position": position, "cluster": rows["kecamatan"]}
    slope, relative = slope_index(**arrays), relative_index(**arrays)
    assert isinstance(slope, Contrast)
    assert isinstance(relative, Contrast)
    return slope, relative


@pytest.mark.parametrize("position", ["tier", "remote"])
def test_same_as_glm_on_ridits_with_clubsandwich(rows: pd.DataFrame, reference: Any, position: str) -> None:
    expected = reference("inequality")[position]
    slope, relative = both(rows, rows[position])
    assert (slope.estimate, slope.std_error, slope.df, *limits(slope)) == pytest.approx(
        tuple(expected["slope"]), rel=1e-6
    )
    assert (relative.estimate, relative.df, *limits(relative)) == pytest.approx(tuple(expected["relative"]), rel=1e-6)
    assert (slope.scale, relative.scale) == ("difference", "ratio")


def test_ranks_by_hand() -> None:
    # 10 at the bottom, 20 + 30 tied, 40 on top: 5/100, (10 + 25)/100, 80/100.
    ranks = rank_units(n=np.array([40.0, 20, 10, 30]), position=[9, 5, -1, 5])
    assert ranks.tolist() == pytest.approx([0.8, 0.35, 0.05, 0.35])


@given(n=st.lists(st.integers(0, 90), min_size=2, max_size=20).filter(any), data=st.data())
def test_ranks_have_mean_one_half_and_know_order_only(n: list[int], data: st.DataObject) -> None:
    position = data.draw(st.lists(st.integers(-4, 4), min_size=len(n), max_size=len(n)))
    sizes = np.array(n, dtype=float)
    ranks = rank_units(n=sizes, position=position)
    assert float(sizes @ ranks / sizes.sum()) == pytest.approx(0.5)
    assert rank_units(n=sizes, position=np.exp(np.array(position))) == pytest.approx(ranks)
    assert rank_units(n=sizes, position=-np.array(position)) == pytest.approx(1 - ranks)


@settings(max_examples=10)
@given(seed=st.integers(0, 99))
def test_turning_the_order_flips_both_and_row_order_does_not_matter(seed: int) -> None:
    generator = np.random.default_rng(seed)
    table = pd.DataFrame({"n": generator.integers(20, 60, 24), "kecamatan": np.repeat(np.arange(8), 3)})
    table["cases"] = generator.binomial(table["n"], 0.3)
    position = generator.normal(size=24)
    slope, relative = both(table, position)
    back_slope, back_relative = both(table.iloc[::-1], -position[::-1])
    assert back_slope.estimate == pytest.approx(-slope.estimate, abs=1e-9)
    assert limits(back_slope)[0] == pytest.approx(-limits(slope)[1], abs=1e-9)
    assert back_relative.estimate == pytest.approx(1 / relative.estimate, rel=1e-8)
    assert (slope.estimate > 0) == (relative.estimate > 1)


def test_rows_without_measured_children_have_no_part(rows: pd.DataFrame) -> None:
    empty = rows.iloc[:2].assign(n=0, cases=0, remote=-99.0)
    extended = pd.concat([rows, empty])
    assert both(extended, extended["remote"])[0].estimate == pytest.approx(
        both(rows, rows["remote"])[0].estimate, rel=1e-9
    )


@pytest.mark.parametrize("index", [slope_index, relative_index])
def test_undefined_where_there_is_no_order(index: Any) -> None:
    few = {"n": [5, 9, 7, 8], "position": [1, 1, 1, 2], "cluster": ["a", "a", "b", "b"]}
    assert index(cases=[0] * 4, **(few | {"n": [0] * 4})) == Undefined(reason="nothing_measured")
    assert index(cases=[1, 2, 3, 0], **(few | {"n": [5, 9, 7, 0]})) == Undefined(reason="one_group")
    no_cases = index(cases=[0] * 4, **few)
    assert isinstance(no_cases, Undefined)
    assert no_cases.reason == "separation"
    with pytest.raises(ValueError, match="position"):
        index(cases=[1, 2, 3, 1], **(few | {"position": [1, 2, np.nan, 3]}))
