"""Statsmodels finds the maximum that own steps find, in any units, and what it cannot reach own steps do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.generalized_linear_model import GLM

from kbkit.methods import BinomialFit, fit_binomial
from kbkit.methods.binomial import Solver
from kbkit.methods.column_space import ColumnSpace
from kbkit.methods.counts import FloatArray
from kbkit.methods.glm_maximum import fit_glm
from kbkit.methods.logit_maximum import maximise_logit
from tests.methods.conftest import design_of


def both(cases: FloatArray, n: FloatArray, design: FloatArray) -> tuple[FloatArray, FloatArray]:
    theirs = fit_glm(cases=cases, n=n, design=design)
    ours = maximise_logit(cases=cases, n=n, space=ColumnSpace.of(design))
    assert isinstance(theirs, np.ndarray)
    assert ours is not None
    return theirs, ours.coefficients


@pytest.mark.parametrize("model", ["tiers", "score", "score_fixed_effects"])
@pytest.mark.parametrize("unit", [1e-4, 1.0, 1e4])
def test_both_solvers_agree(villages: pd.DataFrame, model: str, unit: float) -> None:
    cases, n = villages["cases"].to_numpy(dtype=float), villages["n"].to_numpy(dtype=float)
    design = design_of(model, villages).to_numpy().copy()
    design[:, -1] *= unit
    theirs, ours = both(cases, n, design)
    assert theirs == pytest.approx(ours, rel=1e-10, abs=1e-10 / unit)


def test_a_fit_says_the_same_by_either_solver(villages: pd.DataFrame) -> None:
    design = design_of("score", villages)
    tables = []
    solvers: tuple[Solver, ...] = ("statsmodels", "newton")
    for solver in solvers:
        fit = fit_binomial(
            cases=villages["cases"],
            n=villages["n"],
            design=design,
            names=design.columns.tolist(),
            cluster=villages["kecamatan"],
            solver=solver,
        )
        assert isinstance(fit, BinomialFit)
        tables.append((fit.table.drop(columns="method"), fit.deviance))
    pd.testing.assert_frame_equal(tables[0][0], tables[1][0], rtol=1e-10, atol=1e-10)
    assert tables[0][1] == pytest.approx(tables[1][1], rel=1e-12)


def test_statsmodels_is_what_fits_unless_told_otherwise(
    villages: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def search(model: GLM, **options: object) -> _Nowhere:
        asked.append(options)
        return _Nowhere()

    monkeypatch.setattr(GLM, "fit", search)
    design = design_of("score", villages)
    rows = {"cases": villages["cases"], "n": villages["n"], "design": design, "names": design.columns.tolist()}
    fits = [fit_binomial(**rows, covariance="model", solver=solver) for solver in ("newton", "statsmodels")]  # type: ignore[arg-type]
    assert len(asked) == 1
    assert all(isinstance(fit, BinomialFit) for fit in fits), "own steps stand in where statsmodels does not converge"


class _Nowhere:
    """A search of statsmodels that ended early."""

    converged = False
    params = (0.0,)
