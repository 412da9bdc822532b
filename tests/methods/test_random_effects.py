from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import PooledEstimate, pool_random_effects
from kbkit.results import Undefined

METHODS = ("REML", "DL", "PM", "ML")

places = st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(1e-4, 0.05)), min_size=2, max_size=12)


def pool(values: Any, variances: Any, **options: Any) -> PooledEstimate:
    result = pool_random_effects(estimate=values, variance=variances, **options)
    assert isinstance(result, PooledEstimate)
    return result


@pytest.mark.parametrize("data", ["bcg", "three", "alike"])
@pytest.mark.parametrize("knapp_hartung", [True, False])
def test_same_as_metafor(reference: Any, data: str, knapp_hartung: bool) -> None:
    known = reference("random_effects")["sets"][data]
    for row in known["results"]:
        result = pool(known["estimate"], known["variance"], method=row["method"], knapp_hartung=knapp_hartung)
        for field in ("tau2", "i2", "q", "q_p_value", "estimate"):
            assert getattr(result, field) == pytest.approx(row[field], rel=1e-6, abs=1e-12), (row["method"], field)
        found = [
            getattr(result, field)
            for field in ("std_error", "lower", "upper", "p_value", "prediction_lower", "prediction_upper")
        ]
        assert found == pytest.approx(row["hartung" if knapp_hartung else "normal"], rel=1e-6, abs=1e-12)


def test_bcg_as_printed() -> None:
    # Viechtbauer, Journal of Statistical Software 2010, 36(3): tau2 0.3132, I2 92.22 %, mean -0.7145, interval
    # -1.0669 to -0.3622.
    cases_1 = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
    others_1 = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886])
    cases_0 = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
    others_0 = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825])
    ratio = (cases_1 / (cases_1 + others_1)) / (cases_0 / (cases_0 + others_0))
    variance = 1 / cases_1 - 1 / (cases_1 + others_1) + 1 / cases_0 - 1 / (cases_0 + others_0)
    result = pool(np.log(ratio), variance, knapp_hartung=False)
    found = (result.tau2, result.i2, result.estimate, result.lower, result.upper)
    assert found == pytest.approx((0.3132, 0.9222, -0.7145, -1.0669, -0.3622), abs=5e-5)


def test_results_that_agree_too_well_do_not_shorten_the_interval() -> None:
    values, variances = [-0.02, -0.021, -0.019], [4e-4, 4e-4, 4e-4]
    hartung, normal = pool(values, variances), pool(values, variances, knapp_hartung=False)
    assert hartung.tau2 == normal.tau2 == 0
    assert hartung.std_error == normal.std_error  # q is 0.0025: unguarded, the error would be a twentieth of this
    assert hartung.lower is not None
    assert normal.lower is not None
    assert hartung.lower < normal.lower  # t(2)


def test_equal_variances_are_one_way_analysis_of_variance() -> None:
    # With equal v: tau2 = sample variance - v (REML, DL, PM) and sum of squares / k - v (ML).
    values, variance = np.array([0.1, 0.4, -0.2, 0.3, 0.9]), 0.01
    for method in ("REML", "DL", "PM"):
        assert pool(values, [variance] * 5, method=method).tau2 == pytest.approx(values.var(ddof=1) - 0.01, rel=1e-9)
    assert pool(values, [variance] * 5, method="ML").tau2 == pytest.approx(values.var() - 0.01, rel=1e-9)


def test_one_place_is_not_pooled() -> None:
    assert pool_random_effects(estimate=[0.1], variance=[0.2]) == Undefined(
        reason="too_few_estimates", details={"estimates": 1, "needed": 2}
    )


@pytest.mark.parametrize("method", METHODS)
def test_identical_results_vary_by_nothing(method: Any) -> None:
    result = pool([0.3, 0.3, 0.3], [0.1, 0.02, 0.7], method=method)
    assert (result.tau2, result.i2) == (0, 0)
    assert result.estimate == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("estimate", "variance"), [([0.1, 0.2], [0.1, 0.0]), ([0.1], [0.1, 0.2]), ([0.1, np.nan], [1, 1])]
)
def test_what_is_not_an_estimate_with_a_variance_is_refused(estimate: Any, variance: Any) -> None:
    with pytest.raises(ValueError, match="variance"):
        pool_random_effects(estimate=estimate, variance=variance)


@given(rows=places, method=st.sampled_from(METHODS))
def test_order_shift_and_unit_change_nothing_of_substance(rows: list[tuple[float, float]], method: Any) -> None:
    values, variances = (np.array(column) for column in zip(*rows, strict=True))
    result = pool(values, variances, method=method)
    assert 0 <= result.i2 < 1
    assert result.prediction_lower <= (result.lower or 0.0)
    turned = pool(100 * values[::-1] + 7, 1e4 * variances[::-1], method=method)
    assert turned.tau2 == pytest.approx(1e4 * result.tau2, rel=1e-5, abs=1e-6)
    assert turned.estimate == pytest.approx(100 * result.estimate + 7, rel=1e-6, abs=1e-6)


@given(rows=places)
def test_a_place_that_knows_nothing_changes_nothing(rows: list[tuple[float, float]]) -> None:
    values, variances = (np.array(column) for column in zip(*rows, strict=True))
    result = pool(values, variances, knapp_hartung=False, method="ML")
    extended = pool(np.append(values, 0.5), np.append(variances, 1e12), knapp_hartung=False, method="ML")
    assert extended.estimate == pytest.approx(result.estimate, abs=1e-5)
    assert extended.std_error == pytest.approx(result.std_error, rel=1e-4)
