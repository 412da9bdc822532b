from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import e_value

ratios = st.floats(0.02, 50)


def test_example_as_printed() -> None:
    # VanderWeele & Ding, Annals of Internal Medicine 2017, 167:268-274: 3.9 (1.8 to 8.7) needs 7.26, its limit 3.0.
    result = e_value(ratio=3.9, lower=1.8, upper=8.7)
    assert result.estimate == pytest.approx(7.26, abs=0.005)
    assert result.limit == pytest.approx(3.0, abs=1e-12)  # 1.8 + sqrt(1.8 * 0.8) = 1.8 + 1.2


def test_interval_that_holds_1_needs_nothing() -> None:
    assert e_value(ratio=1.3, lower=0.9, upper=1.9).limit == 1
    assert e_value(ratio=1, lower=1, upper=1).estimate == 1


@pytest.mark.parametrize("values", [(0, 0, 1), (2, 2.1, 3), (2, 1, 1.9)])
def test_limits_that_do_not_hold_the_ratio_are_refused(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="lower <= ratio"):
        e_value(ratio=values[0], lower=values[1], upper=values[2])


@given(ratio=ratios)
def test_a_confounder_of_that_strength_explains_the_ratio_away(ratio: float) -> None:
    needed = e_value(ratio=ratio, lower=ratio, upper=ratio).estimate
    # The largest bias that a confounder with both associations equal can make.
    assert needed * needed / (2 * needed - 1) == pytest.approx(max(ratio, 1 / ratio), rel=1e-9)


@given(ratio=ratios, spread=st.floats(1, 4))
def test_direction_does_not_matter_and_the_limit_needs_less(ratio: float, spread: float) -> None:
    result = e_value(ratio=ratio, lower=ratio / spread, upper=ratio * spread)
    mirrored = e_value(ratio=1 / ratio, lower=1 / (ratio * spread), upper=1 / (ratio / spread))
    assert mirrored.estimate == pytest.approx(result.estimate, rel=1e-9)
    assert mirrored.limit == pytest.approx(result.limit, rel=1e-6)
    assert 1 <= result.limit <= result.estimate
