from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.methods import bound_cells


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=5))
def test_limits_are_those_of_every_assignment_that_fits(cells: list[tuple[int, bool]]) -> None:
    values, first = [value for value, _ in cells], [place for place, (_, inside) in enumerate(cells) if inside]
    groups = [list(range(len(cells))), first, [place for place in range(len(cells)) if place not in first]]
    totals = [sum(values[place] for place in group) for group in groups]
    fitting = [
        tried
        for tried in product(range(1, 5), repeat=len(cells))
        if [sum(tried[place] for place in group) for group in groups] == totals
    ]
    limits = bound_cells(
        members=[[float(place in group) for place in range(len(cells))] for group in groups],
        totals=totals,
        lower=[1] * len(cells),
        upper=[4] * len(cells),
        sums=[[place == asked for place in range(len(cells))] for asked in range(len(cells))],
    )
    expected = [[min(values), max(values)] for values in zip(*fitting, strict=True)]
    assert limits.tolist() == expected


def test_contradicting_totals_are_an_error() -> None:
    with pytest.raises(ValueError, match="totals"):
        bound_cells(members=[[1, 1]], totals=[9], lower=[1, 1], upper=[4, 4], sums=[[1, 0]])
