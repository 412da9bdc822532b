from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from kbkit.methods import adjust_p_values
from tests.methods.conftest import CLOSED

METHODS = ("holm", "bonferroni", "bh", "by")

families = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12)


@pytest.mark.parametrize("method", METHODS)
def test_same_as_r_with_missing_and_ties(reference: Any, method: Any) -> None:
    known = reference("multiplicity")
    expected = known["adjusted"][method]
    found = adjust_p_values(p=known["p"], method=method)
    assert [value is None for value in found] == [value is None for value in expected]
    made = [pair for pair in zip(found, expected, strict=True) if pair[0] is not None]
    assert [pair[0] for pair in made] == pytest.approx([pair[1] for pair in made], rel=CLOSED)


def test_a_test_that_was_not_made_does_not_count() -> None:
    # statsmodels counts nan in m: 3 * 0.01 here, and what is right is 2 * 0.01.
    assert adjust_p_values(p=[0.01, math.nan, 0.04], method="holm") == (0.02, None, 0.04)
    assert multipletests([0.01, math.nan, 0.04], method="holm")[1][0] != pytest.approx(0.02)


def test_empty_family_and_family_without_a_test() -> None:
    assert adjust_p_values(p=[], method="bh") == ()
    assert adjust_p_values(p=[None, math.nan], method="holm") == (None, None)


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust_p_values(p=[0.2, 1.2], method="bh")


@given(p=families, method=st.sampled_from(METHODS))
def test_adjusted_is_never_smaller_keeps_the_order_and_follows_the_test(p: list[float | None], method: Any) -> None:
    adjusted = adjust_p_values(p=p, method=method)
    pairs = sorted((old, new) for old, new in zip(p, adjusted, strict=True) if old is not None and new is not None)
    assert all(old <= new * (1 + 1e-12) <= 1 + 1e-12 for old, new in pairs)
    assert [new for _, new in pairs] == sorted(new for _, new in pairs)
    assert adjust_p_values(p=p[::-1], method=method) == pytest.approx(adjusted[::-1])


@given(p=families)
def test_from_most_to_least_cautious(p: list[float | None]) -> None:
    bonferroni, holm, bh = (adjust_p_values(p=p, method=method) for method in ("bonferroni", "holm", "bh"))
    for b, h, f in zip(bonferroni, holm, bh, strict=True):
        if b is not None and h is not None and f is not None:
            assert b + 1e-12 >= h >= f - 1e-12
