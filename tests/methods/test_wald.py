from __future__ import annotations

from typing import Any

import pytest

from kbkit.methods.wald import critical_value, two_sided_p, wald_test


def test_quantiles_and_tails_are_those_of_r(reference: Any) -> None:
    for row in reference("proportions")["t"]:
        assert critical_value(level=0.95, df=row["df"]) == pytest.approx(row["quantile"], rel=1e-12)
        assert two_sided_p(statistic=2.1, df=row["df"]) == pytest.approx(row["p_value"], rel=1e-12)


def test_test_and_interval_agree_at_the_limit() -> None:
    first = wald_test(estimate=1.4, std_error=0.5, df=7.3, level=0.95)
    at_limit = wald_test(estimate=1.4, std_error=0.5, df=7.3, level=0.95, null=first.lower)
    assert at_limit.p_value == pytest.approx(0.05)
    assert wald_test(estimate=1.4, std_error=0.5, df=None, level=0.95).lower > first.lower
