"""Traps 6 to 8: estimating equations and mixed models for children of one village."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

from kbkit.methods import LogisticMixedFit, fit_logistic_mixed
from tests.methods.conftest import Fitter, cell, std_errors
from tests.methods.traps.grouped_rows import expand, score_design, unheard


@pytest.fixture
def by_kecamatan(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the villages with fewer children, so that child rows stay few, kecamatan together."""
    few = villages.assign(cases=villages["cases"] // 4 + 1, n=villages["n"] // 4 + 2)
    return few.sort_values("kecamatan", kind="stable")


def estimating_equations(rows: pd.DataFrame, **options: Any) -> Any:
    return sm.GEE(
        (rows["cases"] / rows["n"]).to_numpy(),
        score_design(rows),
        groups=rows["kecamatan"].to_numpy(),
        family=sm.families.Binomial(),
        **options,
    )


def test_trap_06_weighted_gee_has_one_covariance_and_scale_1(by_kecamatan: pd.DataFrame, fit_villages: Fitter) -> None:
    weighted = estimating_equations(by_kecamatan, weights=by_kecamatan["n"].to_numpy())
    for covariance in ("naive", "bias_reduced"):
        with pytest.raises(ValueError, match=r"naive|broadcast"):
            weighted.fit(cov_type=covariance)
    robust = weighted.fit(cov_type="robust")
    assert robust.scale == 1
    # Mancl and DeRouen's bias correction needs a row a child there, and none here.
    children = expand(by_kecamatan).sort_values("kecamatan", kind="stable")
    corrected = estimating_equations(children).fit(cov_type="bias_reduced", ctol=1e-12)
    ours = fit_villages("score", "CR3", by_kecamatan)
    assert std_errors(ours) == pytest.approx(np.asarray(corrected.bse), rel=1e-6)
    assert std_errors(fit_villages("score", "CR0", by_kecamatan)) == pytest.approx(np.asarray(robust.bse), rel=1e-6)
    # The normal there, t with eleven degrees of freedom here.
    assert cell(ours, "tier", "p_value") > float(np.asarray(corrected.pvalues)[1])


def test_trap_07_exchangeable_means_villages_or_children(by_kecamatan: pd.DataFrame, fit_villages: Fitter) -> None:
    of_villages, of_children = sm.cov_struct.Exchangeable(), sm.cov_struct.Exchangeable()
    weights = by_kecamatan["n"].to_numpy()
    children = expand(by_kecamatan).sort_values("kecamatan", kind="stable")
    by_village = estimating_equations(by_kecamatan, weights=weights, cov_struct=of_villages).fit()
    by_child = estimating_equations(children, cov_struct=of_children).fit()
    assert float(of_villages.dep_params) > 5 * float(of_children.dep_params)
    assert np.abs(np.asarray(by_village.params) - np.asarray(by_child.params)).max() > 0.01
    # The primary fit weighs every child alike and is one and the same in both layouts.
    grouped, single = (fit_villages("score", "CR1", rows).coefficients for rows in (by_kecamatan, children))
    assert grouped.to_numpy() == pytest.approx(single.to_numpy(), abs=1e-9)


def test_trap_08_bayes_mixed_glm_is_no_mixed_model(reference: Any) -> None:
    # lme4 1.1-31 on its cattle data cbpp: standard deviation of herds 0.6475, error of the constant 0.2335.
    herds = reference("logistic_mixed")["cbpp"]
    period, counts = np.array(herds["period"]), np.array(herds["n"])
    design = np.column_stack([np.ones(56), *(period == value for value in (2, 3, 4))]).astype(float)
    rows = np.repeat(np.arange(56), counts)
    outcome = np.concatenate([np.arange(n) < cases for cases, n in zip(herds["cases"], counts, strict=True)])
    indicators = pd.get_dummies(pd.Series(herds["herd"])).to_numpy(dtype=float)
    model = BinomialBayesMixedGLM(
        outcome.astype(float), design[rows], indicators[rows], np.zeros(indicators.shape[1], dtype=int)
    )
    with unheard():
        mode, variational = model.fit_map(), model.fit_vb()
    assert float(np.exp(mode.vcp_mean[0])) < 1e-3
    assert variational.fe_sd[0] < herds["std_error"][0] / 2
    fit = fit_logistic_mixed(
        cases=herds["cases"],
        n=counts,
        design=design,
        names=["constant", "second", "third", "fourth"],
        groups=[herds["herd"]],
    )
    assert isinstance(fit, LogisticMixedFit)
    assert fit.random_sd[0] == pytest.approx(0.64751847801407, rel=1e-6)
    assert fit.table["std_error"].iloc[0] == pytest.approx(0.233511591470421, rel=1e-6)
