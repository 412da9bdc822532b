"""Linear probability against R's lm, refitted without each kecamatan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import LinearProbability, linear_probability
from kbkit.results import Undefined
from tests.methods.conftest import CLOSED, design_of


def fit(rows: pd.DataFrame, model: str = "score_fixed_effects") -> LinearProbability | Undefined:
    design = design_of(model, rows)
    return linear_probability(
        cases=rows["cases"],
        n=rows["n"],
        design=design,
        names=design.columns.tolist(),
        cluster=rows["kecamatan"],
        term="tier",
    )


def test_against_r(villages: pd.DataFrame, reference: Callable[[str], Any]) -> None:
    found, expected = fit(villages), reference("linear_probability")
    assert isinstance(found, LinearProbability)
    slope = found.slope
    for name in ("estimate", "std_error", "df", "lower", "upper"):
        assert getattr(slope, name) == pytest.approx(expected[name], rel=CLOSED)
    assert found.classical_t == pytest.approx(expected["classical_t"], rel=CLOSED)
    assert found.df_resid == expected["df_resid"]


def test_row_order_and_empty_rows_change_nothing(villages: pd.DataFrame) -> None:
    more = pd.concat([villages, villages.head(5).assign(n=0, cases=0)]).sample(frac=1, random_state=3)
    first, second = fit(villages), fit(more)
    assert isinstance(first, LinearProbability)
    assert isinstance(second, LinearProbability)
    assert second.slope.estimate == pytest.approx(first.slope.estimate, rel=1e-9)
    assert second.slope.std_error == pytest.approx(first.slope.std_error, rel=1e-9)


def test_what_cannot_be_estimated(villages: pd.DataFrame) -> None:
    def reason(rows: pd.DataFrame, model: str = "score") -> str:
        found = fit(rows, model)
        return found.reason if isinstance(found, Undefined) else ""

    assert reason(villages.assign(n=0, cases=0)) == "nothing_measured"
    assert reason(villages[villages["kecamatan"] == "K12"]) == "too_few_clusters"
    assert reason(villages.assign(tier=1)) == "rank_deficient"
    assert reason(villages.groupby("kecamatan").head(1).head(3)) == "no_residual_df"
    alone = villages.assign(tier=np.where(villages["kecamatan"] == "K12", villages["tier"], 0.0))
    assert reason(alone) == "no_variance"
