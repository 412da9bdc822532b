from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from kbkit.methods.column_space import ColumnSpace
from kbkit.methods.counts import FloatArray
from kbkit.methods.logit_maximum import LogitMaximum, maximise_logit
from tests.methods.conftest import design_of


def maximise(cases: FloatArray, n: FloatArray, design: FloatArray) -> LogitMaximum:
    peak = maximise_logit(cases=cases, n=n, space=ColumnSpace.of(design))
    assert peak is not None
    return peak


@pytest.mark.parametrize("model", ["tiers", "score", "score_fixed_effects"])
def test_the_maximum_is_that_of_statsmodels(villages: pd.DataFrame, model: str) -> None:
    cases, n = villages["cases"].to_numpy(dtype=float), villages["n"].to_numpy(dtype=float)
    design = design_of(model, villages).to_numpy()
    theirs = GLM(cases / n, design, family=Binomial(), var_weights=n).fit(tol=1e-14, maxiter=60)
    ours = maximise(cases, n, design)
    assert ours.coefficients == pytest.approx(np.asarray(theirs.params), abs=1e-11)
    assert ours.deviance == pytest.approx(theirs.deviance, rel=1e-12)


def test_one_proportion_by_hand() -> None:
    # 3 of 10 and 9 of 20: logit(12/30); deviance 2 sum x log(x/m) + (n - x) log((n - x)/(n - m)).
    peak = maximise(np.array([3.0, 9.0]), np.array([10.0, 20.0]), np.ones((2, 1)))
    assert peak.coefficients == pytest.approx([np.log(12 / 18)])
    observed, expected = np.array([3, 9, 7, 11]), np.array([4, 8, 6, 12])
    assert peak.deviance == pytest.approx(2 * float(observed @ np.log(observed / expected)))


def test_far_away_steps_that_overshoot_are_halved() -> None:
    # Large counts that all but separate: from the first log odds a full step raises the deviance.
    x = np.array([-300.0, -1.0, -0.5, 0.5, 1.0, 2.0])
    n = np.array([4000.0, 3.0, 2.0, 3.0, 2.0, 5.0])
    cases = np.array([1.0, 0.0, 1.0, 2.0, 2.0, 5.0])
    peak = maximise(cases, n, np.column_stack([np.ones(6), x]))
    score = np.column_stack([np.ones(6), x]).T @ (cases - n * peak.fitted)
    assert score == pytest.approx([0, 0], abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000), unit=st.floats(1e-4, 1e4))
def test_at_the_maximum_the_score_is_zero_whatever_the_units(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    n = rng.integers(1, 90, 25).astype(float)
    design = np.column_stack([np.ones(25), rng.normal(size=(25, 2)) * [1.0, unit]])
    cases = rng.binomial(n.astype(int), 0.3).astype(float)
    peak = maximise(cases, n, design)
    assert (cases - n * peak.fitted) @ design / [1, 1, unit] == pytest.approx(np.zeros(3), abs=1e-7)
