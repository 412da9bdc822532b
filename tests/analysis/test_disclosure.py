"""Small cells leave the findings, and cannot be computed back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbkit.analysis.disclosure import SMALLEST_SHOWN, suppress_parts
from kbkit.results import Estimate, Undefined
from kbkit.results.stunting import ChildCoverage


def cell(stunted: int | None, severe: int | None = None) -> ChildCoverage:
    return ChildCoverage(
        villages=1,
        villages_measured=1,
        children_target=100,
        children_measured=80,
        children_stunted=stunted,
        children_severely_stunted=severe,
        coverage=0.8,
        prevalence=Estimate(estimate=(stunted or 0) / 80, method="test"),
        design_effect=None,
    )


def hidden(part: ChildCoverage) -> bool:
    return isinstance(part.children_stunted, Undefined)


def test_a_small_cell_takes_the_next_smallest_with_it() -> None:
    parts = suppress_parts([cell(3), cell(12), cell(7), cell(0)])
    assert [hidden(part) for part in parts] == [True, False, True, False]
    assert isinstance(parts[0].prevalence, Undefined)
    assert isinstance(parts[2].prevalence, Undefined)


def test_two_small_cells_hide_each_other() -> None:
    parts = suppress_parts([cell(3), cell(2), cell(7)])
    assert [hidden(part) for part in parts] == [True, True, False]


def test_zero_and_missing_are_shown_as_they_are() -> None:
    parts = suppress_parts([cell(0), cell(None), cell(9)])
    assert [part.children_stunted for part in parts] == [0, None, 9]


def test_severely_stunted_children_are_guarded_of_their_own() -> None:
    parts = suppress_parts([cell(20, severe=2), cell(30, severe=9)])
    assert all(isinstance(part.children_severely_stunted, Undefined) for part in parts)
    assert not any(hidden(part) for part in parts)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_no_small_cell_is_shown_and_none_is_a_single_unknown(counts: list[int]) -> None:
    parts = suppress_parts([cell(count) for count in counts])
    shown = [part.children_stunted for part in parts if not hidden(part)]
    assert not any(isinstance(count, int) and 0 < count < SMALLEST_SHOWN for count in shown)
    unknown = [count for count, part in zip(counts, parts, strict=True) if hidden(part)]
    # One unknown beside a printed total would be the total minus the rest; then that total is small itself.
    assert len(unknown) != 1 or sum(counts) < SMALLEST_SHOWN
