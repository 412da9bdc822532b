from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import robustness_value
from kbkit.methods.wald import critical_value


def test_darfur_as_printed() -> None:
    # Cinelli & Hazlett, JRSS B 2020, 82:39-67, section 5: estimate 0.097, standard error 0.023 (t = 4.18), df 783;
    # robustness value 13.9 %, 7.6 % at the 5 % level, partial R2 2.2 %.
    result = robustness_value(t=4.184, df=783)
    assert (result.estimate, result.significance) == pytest.approx((0.139, 0.076), abs=5e-4)
    assert result.partial_r2 == pytest.approx(0.022, abs=5e-4)


@given(t=st.floats(0.01, 60), df=st.floats(3, 900), q=st.floats(0.1, 1))
def test_a_confounder_of_that_strength_takes_the_estimate_away(t: float, df: float, q: float) -> None:
    value = robustness_value(t=t, df=df, q=q).estimate
    # Omitted-variable bias over the standard error: sqrt(df * R2_y * R2_d / (1 - R2_d)).
    assert (df * value * value / (1 - value)) ** 0.5 == pytest.approx(q * t, rel=1e-6)


@given(t=st.floats(0.01, 60), df=st.floats(3, 900))
def test_significance_goes_first_and_sign_does_not_matter(t: float, df: float) -> None:
    result = robustness_value(t=t, df=df)
    assert 0 <= result.significance <= result.estimate < 1
    assert robustness_value(t=-t, df=df) == result
    assert robustness_value(t=t, df=df, q=0.5).estimate < result.estimate


def test_without_an_association_none_is_needed() -> None:
    result = robustness_value(t=0, df=40)
    assert (result.estimate, result.significance, result.partial_r2) == (0, 0, 0)
    assert robustness_value(t=1.9, df=40).significance == 0


def test_significance_is_continuous_where_the_formula_changes() -> None:
    # At f = 1 / c both forms give the same value, 1 - c^2.
    df = 8.0
    strength = (df - 1) ** 0.5 / critical_value(level=0.95, df=df - 1)
    below, above = (robustness_value(t=strength * df**0.5 * (1 + step), df=df) for step in (-1e-9, 1e-9))
    assert below.significance == pytest.approx(above.significance, abs=1e-6)
    assert above.significance == pytest.approx(1 - critical_value(level=0.95, df=df - 1) ** 2 / (df - 1), abs=1e-6)


@pytest.mark.parametrize("changes", [{"df": 1}, {"q": 0}, {"alpha": 5}])
def test_what_has_no_meaning_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="need df"):
        robustness_value(**({"t": 2.0, "df": 30} | changes))
