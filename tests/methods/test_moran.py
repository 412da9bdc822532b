from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import MoransI, morans_i
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED


def moran(values: Any, weights: Any, **options: Any) -> MoransI:
    result = morans_i(values=values, weights=weights, **({"seed": 1, "permutations": 199} | options))
    assert isinstance(result, MoransI)
    return result


def chain(units: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the weights of units in a row, each beside the next."""
    return np.eye(units, k=1) + np.eye(units, k=-1)


@pytest.mark.parametrize("case", ["binary", "by_row", "island"])
def test_same_as_spdep(reference: Any, case: str) -> None:
    known = reference("moran")
    expected = known["cases"][case]
    result = moran(known["values"], expected["weights"], permutations=9999)
    for field in ("estimate", "expected", "std_error", "statistic", "p_value"):
        assert getattr(result, field) == pytest.approx(expected[field], rel=CLOSED), field
    # Both are drawn: 99,999 orders there, 9,999 here.
    assert result.permutation_p_value == pytest.approx(expected["permutation_p_value"], abs=0.002)
    assert result.n_units == (39 if case == "island" else 40)


def test_weights_are_used_as_given() -> None:
    # esda standardises by row unless told not to; at the ends of a chain that doubles what a neighbour counts.
    values = [3.0, 1.0, 2.0, 5.0, 9.0]
    weights = chain(5)
    by_row = weights / weights.sum(axis=1, keepdims=True)
    centred = np.array(values) - 4
    assert moran(values, weights).estimate == pytest.approx(
        5 / 8 * 2 * float(centred[:-1] @ centred[1:]) / float(centred @ centred), rel=1e-12
    )
    assert moran(values, by_row).estimate != pytest.approx(moran(values, weights).estimate, rel=1e-3)


def test_all_orders_of_few_values_have_the_stated_moments() -> None:
    values = np.array([0.1, 0.9, 0.4, 2.0, 0.2])
    results = [moran(order, chain(5), permutations=1) for order in permutations(values)]
    indices = np.array([result.estimate for result in results])
    assert indices.mean() == pytest.approx(results[0].expected, rel=1e-9)
    assert indices.std() == pytest.approx(results[0].std_error, rel=1e-9)


def test_seed_alone_decides_the_permutations() -> None:
    values = np.random.default_rng(3).normal(size=12)
    first, again = (moran(values, chain(12), seed=5).permutation_p_value for _ in range(2))
    assert first == again
    assert moran(np.arange(12.0), chain(12)).permutation_p_value == 1 / 200


def test_undefined_where_nothing_can_be_said() -> None:
    few = morans_i(values=[1.0, 2, 3, 4], weights=np.zeros((4, 4)), seed=1)
    assert few == Undefined(reason="too_few_units", details={"units": 0, "needed": 4})
    assert morans_i(values=[2.0] * 6, weights=chain(6), seed=1) == Undefined(reason="no_variance")


@pytest.mark.parametrize("weights", [np.eye(5), -chain(5), chain(4)])
def test_what_are_not_weights_is_refused(weights: Any) -> None:
    with pytest.raises(ValueError, match="weights"):
        morans_i(values=[1.0, 2, 3, 4, 5], weights=weights, seed=1)


@given(values=st.lists(st.floats(-9, 9), min_size=5, max_size=15, unique=True).filter(lambda v: np.std(v) > 1e-3))
def test_unit_and_numbering_change_nothing(values: list[float]) -> None:
    vector, weights = np.array(values), chain(len(values))
    result = moran(vector, weights, permutations=9)
    turned = np.random.default_rng(0).permutation(len(values))
    other = moran(7 - 3 * vector[turned], 2 * weights[np.ix_(turned, turned)], permutations=9)
    assert other.estimate == pytest.approx(result.estimate, rel=1e-6, abs=1e-9)
    assert other.p_value == pytest.approx(result.p_value, rel=1e-5)


def test_levels_of_groups_are_no_resemblance_within_them() -> None:
    # A row of 40 units in 8 groups of 5. Values of the groups alone: any order within them is the same.
    weights = np.eye(40, k=1) + np.eye(40, k=-1)
    group = np.repeat(np.arange(8), 5)
    steps = np.random.default_rng(3).permutation(8.0 * np.arange(8))[group]
    free = morans_i(values=steps, weights=weights, seed=1, permutations=199)
    held = morans_i(values=steps, weights=weights, seed=1, permutations=199, within=group)
    assert isinstance(free, MoransI)
    assert isinstance(held, MoransI)
    assert free.permutation_p_value == 1 / 200  # the least that 199 orders can give
    assert held.permutation_p_value == 1.0
    assert held.permutation_mean == pytest.approx(held.estimate)


def test_a_slope_within_groups_is_resemblance_whatever_their_levels() -> None:
    group = np.repeat(np.arange(8), 5)
    weights = (np.eye(40, k=1) + np.eye(40, k=-1)) * (group[:, None] == group)
    values = np.tile([-2.0, -1.0, 0.0, 1.0, 2.0], 8)  # adds up to nothing in each group, as residuals do
    found = morans_i(values=values, weights=weights, seed=1, permutations=199, within=group)
    assert isinstance(found, MoransI)
    assert found.permutation_mean < -1 / 39  # sums of nothing make neighbours of a group unlike
    assert found.estimate > found.permutation_mean
    assert found.permutation_p_value == 1 / 200
