from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import concentration_index
from kbkit.methods.concentration import _index
from kbkit.methods.inequality import rank_units
from kbkit.results import Estimate, Undefined
from tests.methods.conftest import CLOSED, limits

CORRECTIONS = (None, "erreygers", "wagstaff")


def concentration(**arrays: Any) -> Estimate:
    result = concentration_index(**arrays)
    assert isinstance(result, Estimate)
    return result


def test_index_is_the_weighted_covariance_of_r(villages: pd.DataFrame, reference: Any) -> None:
    rows = villages[villages["year"] == 0]
    for position in ("tier", "remote"):
        result = concentration(cases=rows["cases"], n=rows["n"], position=rows[position], cluster=rows["kecamatan"])
        assert result.estimate == pytest.approx(reference("inequality")[position]["concentration"], rel=CLOSED)
        assert result.df == 11


def test_children_as_rows_have_the_variance_of_kakwani(reference: Any) -> None:
    known = reference("inequality")["children"]
    units = np.arange(len(known["y"]))
    arrays = {"cases": known["y"], "n": np.ones(units.size), "position": units, "cluster": units}
    result = concentration(**arrays)
    assert result.estimate == pytest.approx(known["index"], rel=CLOSED)
    assert result.std_error == pytest.approx(known["std_error"], rel=1e-9)
    for correction in ("erreygers", "wagstaff"):
        assert concentration(**arrays, correction=correction).estimate == pytest.approx(known[correction], rel=CLOSED)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_influence_is_the_derivative_in_the_weights(correction: Any) -> None:
    share = np.array([0.5, 0.2, 0.4, 0.3, 0.1])
    n, position = np.array([10.0, 25, 40, 15, 60]), np.array([3, 1, 2, 2, 5])

    def index_with(sizes: Any) -> float:
        return _index(share, sizes / sizes.sum(), rank_units(n=sizes, position=position), correction)[0]

    influence = _index(share, n / n.sum(), rank_units(n=n, position=position), correction)[1]
    for row, unit in enumerate(np.eye(5)):
        slope = (index_with(n + 1e-5 * unit) - index_with(n - 1e-5 * unit)) / 2e-5
        assert slope * n.sum() == pytest.approx(influence[row], abs=1e-7), row
    assert float(n @ influence) == pytest.approx(0, abs=1e-9)


def test_all_cases_at_one_end_reach_the_bounds() -> None:
    # Ten at the bottom, ten on top, the top ten all cases: C = 1 - m = 0.5, and 1 with either correction.
    arrays: dict[str, Any] = {
        "cases": [0, 0, 5, 5],
        "n": [5, 5, 5, 5],
        "position": [1, 1, 2, 2],
        "cluster": [1, 2, 3, 4],
    }
    assert concentration(**arrays).estimate == pytest.approx(0.5)
    for correction in ("erreygers", "wagstaff"):
        share, weight, ranks = np.array([0.0, 1]), np.array([0.5, 0.5]), np.array([0.25, 0.75])
        assert _index(share, weight, ranks, correction)[0] == pytest.approx(1)
        # At its bound a corrected index cannot move: no cluster informs its variance.
        assert concentration_index(**arrays, correction=correction) == Undefined(reason="no_variance")


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_undefined_where_nothing_can_gather(correction: Any) -> None:
    base = {"n": [5, 9, 7], "position": [1, 2, 3], "cluster": ["a", "b", "b"], "correction": correction}
    assert concentration_index(cases=[0, 0, 0], **base) == Undefined(reason="no_variance")
    assert concentration_index(cases=[5, 9, 7], **base) == Undefined(reason="no_variance")
    assert concentration_index(cases=[0] * 3, **(base | {"n": [0] * 3})) == Undefined(reason="nothing_measured")
    assert concentration_index(cases=[1, 2, 3], **(base | {"position": [4] * 3})) == Undefined(reason="one_group")
    alone = concentration_index(cases=[1, 2, 3], **(base | {"cluster": ["a"] * 3}))
    assert alone == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})


rows = st.lists(
    st.tuples(st.integers(0, 20), st.integers(21, 50), st.integers(0, 5), st.integers(0, 4)), min_size=6, max_size=18
).filter(lambda table: len({row[2] for row in table}) > 1 and len({row[3] for row in table}) > 1)


@given(table=rows.filter(lambda table: sum(row[0] for row in table) > 0), correction=st.sampled_from(CORRECTIONS))
def test_order_turned_flips_the_sign(table: list[tuple[int, int, int, int]], correction: Any) -> None:
    cases, n, position, cluster = (np.array(column) for column in zip(*table, strict=True))
    forth = concentration_index(cases=cases, n=n, position=position, cluster=cluster, correction=correction)
    back = concentration_index(cases=cases, n=n, position=-position, cluster=cluster, correction=correction)
    if isinstance(forth, Undefined) or isinstance(back, Undefined):
        assert isinstance(forth, Undefined) == isinstance(back, Undefined)
        return
    assert back.estimate == pytest.approx(-forth.estimate, abs=1e-12)
    assert limits(back)[0] == pytest.approx(-limits(forth)[1], abs=1e-9)
    assert -1 <= forth.estimate <= 1


@given(table=rows.filter(lambda table: sum(row[0] for row in table) > 0))
def test_corrected_indices_mirror_cases_and_healthy(table: list[tuple[int, int, int, int]]) -> None:
    cases, n, position, cluster = (np.array(column) for column in zip(*table, strict=True))
    for correction in ("erreygers", "wagstaff"):
        ill = concentration_index(cases=cases, n=n, position=position, cluster=cluster, correction=correction)
        well = concentration_index(cases=n - cases, n=n, position=position, cluster=cluster, correction=correction)
        if isinstance(ill, Estimate) and isinstance(well, Estimate):
            assert well.estimate == pytest.approx(-ill.estimate, abs=1e-9)
            assert well.std_error == pytest.approx(ill.std_error, rel=1e-6)
