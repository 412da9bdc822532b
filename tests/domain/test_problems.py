"""The rule of priorities: every cut, the weightings, and that no benchmark is beyond what a share can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.domain.agencies import AGENCIES
from kbkit.domain.interventions import INTERVENTIONS
from kbkit.domain.problems import (
    PROBLEMS,
    WEIGHTINGS,
    priority,
    problem_key,
    score_growth,
    score_seriousness,
    score_urgency,
)


@pytest.mark.parametrize(
    ("share", "score"), [(0.0, 1), (0.049, 1), (0.05, 2), (0.10, 3), (0.199, 3), (0.20, 4), (0.30, 5), (1.0, 5)]
)
def test_seriousness(share: float, score: int) -> None:
    assert score_seriousness(share) == score


@pytest.mark.parametrize(
    ("share", "score"), [(0.10, 1), (0.20, 1), (0.21, 2), (0.25, 2), (0.30, 3), (0.40, 4), (0.41, 5)]
)
def test_urgency_counts_from_the_benchmark(share: float, score: int) -> None:
    assert score_urgency(share, benchmark=0.20) == score


@pytest.mark.parametrize(
    ("change", "score"), [(-0.05, 1), (-0.01, 2), (0.0, 3), (0.005, 3), (0.01, 4), (0.03, 5), (None, 3)]
)
def test_growth(change: float | None, score: int) -> None:
    assert score_growth(change) == score


def test_weightings_are_all_thirds_to_tenths() -> None:
    assert len(WEIGHTINGS) == 15  # two tenths each, the four others parted over three: C(6, 2)
    for weights in WEIGHTINGS:
        parts = (weights.urgency, weights.seriousness, weights.growth)
        assert sum(parts) == pytest.approx(1)
        assert min(parts) >= 0.2 - 1e-12


scores = st.integers(1, 5)


@given(scores, scores, scores, st.sampled_from(WEIGHTINGS))
def test_a_priority_lies_between_its_scores(urgency: int, seriousness: int, growth: int, weights: object) -> None:
    value = priority(urgency=urgency, seriousness=seriousness, growth=growth, weights=weights)  # type: ignore[arg-type]
    assert min(urgency, seriousness, growth) - 1e-9 <= value <= max(urgency, seriousness, growth) + 1e-9


def test_every_problem_has_an_answer_and_an_agency() -> None:
    for key, problem in PROBLEMS.items():
        assert problem.key == key
        assert problem_key(problem.name.upper()) == key
        assert 0 <= problem.benchmark < 1
        assert bool(problem.interventions) != bool(problem.task)
        assert set(problem.interventions) <= set(INTERVENTIONS)
        assert problem.agency in AGENCIES
