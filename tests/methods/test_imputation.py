from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import ImputedEstimate, pool_imputations
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED

completed = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 4)), min_size=2, max_size=8)


def pool(estimates: Any, variances: Any, df: float | None = None) -> ImputedEstimate:
    result = pool_imputations(estimates=estimates, variances=variances, df=df)
    assert isinstance(result, ImputedEstimate)
    return result


def test_same_as_mice(reference: Any) -> None:
    for row in reference("multiplicity")["pooled"]:
        result = pool(row["estimates"], row["variances"], row["df"])
        for field, value in row["expected"].items():
            assert getattr(result, field) == pytest.approx(value, rel=CLOSED), field


def test_imputations_that_agree_add_nothing() -> None:
    normal = pool([0.3, 0.3, 0.3], [0.04, 0.04, 0.04])
    assert normal.std_error == pytest.approx(0.2)
    assert normal.df is None
    assert normal.missing_information == 0
    # Barnard & Rubin: 11 degrees of freedom count as 12/14 * 11 even so.
    assert pool([0.3, 0.3], [0.04, 0.04], df=11).df == pytest.approx(12 / 14 * 11)


def test_one_completed_data_set_hides_what_is_missing() -> None:
    assert pool_imputations(estimates=[0.3], variances=[0.1]) == Undefined(
        reason="too_few_estimates", details={"estimates": 1, "needed": 2}
    )


@pytest.mark.parametrize(("variances", "df"), [([0.1, 0], 5), ([0.1], 5), ([0.1, 0.1], 0)])
def test_what_is_not_a_variance_is_refused(variances: list[float], df: float) -> None:
    with pytest.raises(ValueError, match="variances"):
        pool_imputations(estimates=[0.1, 0.2], variances=variances, df=df)


@given(rows=completed, df=st.floats(2, 300))
def test_missing_values_only_take_information(rows: list[tuple[float, float]], df: float) -> None:
    estimates, variances = (np.array(column) for column in zip(*rows, strict=True))
    result = pool(estimates, variances, df)
    assert result.std_error is not None
    assert result.df is not None
    assert result.std_error**2 >= variances.mean() * (1 - 1e-12)
    assert result.df < df
    assert 0 <= result.missing_information <= 1
    assert pool(estimates[::-1], variances[::-1], df).lower == pytest.approx(result.lower)
