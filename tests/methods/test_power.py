from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nct, t

from kbkit.methods import design_effect, minimum_detectable_difference, two_group_std_error


def test_multiplier_is_that_of_r_and_of_bloom(reference: Any) -> None:
    for row in reference("proportions")["multiplier"]:
        assert minimum_detectable_difference(std_error=1, df=row["df"]) == pytest.approx(row["value"], rel=1e-10)
    assert minimum_detectable_difference(std_error=1) == pytest.approx(2.80, abs=0.005)


@pytest.mark.parametrize("df", [5, 11, 40])
def test_a_difference_of_that_size_is_found_with_the_stated_power(df: int) -> None:
    multiple = minimum_detectable_difference(std_error=1, df=df)
    critical = t.ppf(0.975, df)
    power = nct.sf(critical, df, multiple) + nct.cdf(-critical, df, multiple)
    assert power == pytest.approx(0.8, abs=0.015)


def test_two_groups_by_hand() -> None:
    # sqrt(4 * 0.2 * 0.8 * (1/400 + 1/100)) = sqrt(0.64 * 0.0125)
    assert two_group_std_error(n_1=400, n_0=100, prevalence=0.2, design_effect=4) == pytest.approx(0.008**0.5)


def test_design_effect_with_unequal_sizes_is_that_of_eldridge() -> None:
    sizes = np.array([10, 20, 30, 80])
    mean, variation = sizes.mean(), sizes.std() / sizes.mean()
    assert design_effect(sizes=sizes, icc=0.03) == pytest.approx(1 + ((variation**2 + 1) * mean - 1) * 0.03)
    assert design_effect(sizes=[25, 25], icc=0.05) == pytest.approx(1 + 24 * 0.05)
    assert design_effect(sizes=[1, 1, 1, 0], icc=0.5) == 1


@given(df=st.floats(2, 500), power=st.floats(0.5, 0.95))
def test_more_clusters_or_less_power_detect_less(df: float, power: float) -> None:
    usual = minimum_detectable_difference(std_error=0.02, df=df, power=power)
    assert minimum_detectable_difference(std_error=0.02, df=df + 1, power=power) < usual
    assert minimum_detectable_difference(std_error=0.02, df=df, power=power + 0.02) > usual
    assert minimum_detectable_difference(std_error=0.01, df=df, power=power) == pytest.approx(usual / 2)


@pytest.mark.parametrize("changes", [{"std_error": 0}, {"df": 0}, {"level": 95}, {"power": 1}])
def test_what_is_not_a_precision_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must"):
        minimum_detectable_difference(**({"std_error": 0.1, "df": 10} | changes))


def test_empty_groups_and_clusters_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        two_group_std_error(n_1=0, n_0=5, prevalence=0.2)
    with pytest.raises(ValueError, match="positive"):
        design_effect(sizes=[0, 0], icc=0.1)
