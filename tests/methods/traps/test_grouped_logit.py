"""Traps 1 to 5 and 17: the grouped logit of statsmodels 0.15."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtr
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from tests.methods.conftest import FITTED, Fitter, cell, std_errors
from tests.methods.traps.grouped_rows import expand, proportions_model, score_design, unheard


def test_trap_01_scale_x2_forgets_the_group_sizes(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    pair = np.column_stack([villages["cases"], villages["n"] - villages["cases"]])
    model = GLM(pair, score_design(villages), family=Binomial())
    told, right = model.fit(scale="X2").scale, model.fit().pearson_chi2 / model.df_resid
    # 0.051 where 3.16 is right: standard errors come out eight times too small.
    assert told == pytest.approx(0.0510, abs=1e-4)
    assert fit_villages("score").dispersion == pytest.approx(right)
    assert fit_villages("score").dispersion == pytest.approx(3.1616, abs=1e-4)
    narrow = np.sqrt(told * np.diag(model.fit().cov_params()))
    assert (std_errors(fit_villages("score", "quasi")) > 7 * narrow).all()


def test_trap_02_hc_kinds_are_silently_hc0(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    with unheard():
        errors = [np.asarray(proportions_model(villages).fit(cov_type=f"HC{kind}").bse) for kind in range(4)]
    for error in errors[1:]:
        assert (error == errors[0]).all()
    kinds = ("CR0", "CR1", "CR2", "CR3")
    assert len({cell(fit_villages("score", kind), "tier", "std_error") for kind in kinds}) == len(kinds)


def test_trap_03_cluster_default_is_cr1s_with_normal_quantiles(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    codes = pd.factorize(villages["kecamatan"])[0]
    with unheard():
        theirs = proportions_model(villages).fit(tol=1e-12, cov_type="cluster", cov_kwds={"groups": codes})
    ours = fit_villages("score", "CR1S")
    assert std_errors(ours) == pytest.approx(np.asarray(theirs.bse), rel=1e-7)
    assert not theirs.use_t
    statistic = cell(ours, "tier", "statistic")
    assert cell(ours, "tier", "p_value") == pytest.approx(2 * stdtr(11, -abs(statistic)), rel=1e-10)
    assert cell(ours, "tier", "p_value") > float(np.asarray(theirs.pvalues)[1])


def test_trap_03_layout_moves_cr1s_and_not_cr0_cr1_cr3(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    children = expand(villages)
    for covariance in ("CR0", "CR1", "CR3"):
        grouped = std_errors(fit_villages("score", covariance))
        assert std_errors(fit_villages("score", covariance, children)) == pytest.approx(grouped, rel=FITTED)
    ratio = std_errors(fit_villages("score", "CR1S", children)) / std_errors(fit_villages("score", "CR1S"))
    assert np.abs(ratio - 1).min() > 0.005


def test_trap_04_freq_weights_count_children_as_rows(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    by_children = proportions_model(villages, freq_weights=villages["n"].to_numpy()).fit()
    by_rows = proportions_model(villages).fit()
    assert np.asarray(by_children.params) == pytest.approx(np.asarray(by_rows.params), rel=1e-8)
    assert by_children.df_resid == villages["n"].sum() - 4
    ours = fit_villages("score", "quasi")
    assert ours.df_resid == len(villages) - 4
    assert cell(ours, "tier", "df") == len(villages) - 4


def test_trap_04_log_likelihoods_of_layouts_do_not_compare(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    pair = np.column_stack([villages["cases"], villages["n"] - villages["cases"]])
    counts, shares = GLM(pair, score_design(villages), family=Binomial()).fit(), proportions_model(villages).fit()
    assert shares.llf < 7 * counts.llf
    assert shares.deviance == pytest.approx(counts.deviance)
    # A fit of kbkit has a deviance, which both layouts share, and no log-likelihood to compare.
    assert fit_villages("score").deviance == pytest.approx(counts.deviance, rel=1e-9)
    assert not hasattr(fit_villages("score"), "log_likelihood")


def test_trap_05_a_family_keeps_the_group_sizes_it_met(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    family = Binomial()
    pair = np.column_stack([villages["cases"], villages["n"] - villages["cases"]])
    GLM(pair, score_design(villages), family=family).fit()
    few = villages.iloc[:100]
    spoilt = GLM((few["cases"] / few["n"]).to_numpy(), score_design(few), family=family, var_weights=few["n"])
    with pytest.raises(ValueError, match="broadcast"):
        spoilt.fit()
    first = fit_villages("score").table
    fit_villages("score", rows=few)
    pd.testing.assert_frame_equal(fit_villages("score").table, first)


def test_trap_05_groups_are_those_of_the_rows_that_are_left(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    # A village of a thirteenth kecamatan without measured children: neither it nor its kecamatan counts.
    unmeasured = villages.head(1).assign(kecamatan="K99", n=0, cases=0)
    extended = fit_villages("score", rows=pd.concat([unmeasured, villages], ignore_index=True))
    assert extended.n_clusters == 12
    pd.testing.assert_frame_equal(extended.table, fit_villages("score").table)


def test_trap_17_child_rows_hide_overdispersion(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    children = expand(villages)
    theirs = proportions_model(children).fit()
    assert theirs.pearson_chi2 / theirs.df_resid == pytest.approx(1, abs=0.01)
    assert fit_villages("score", "quasi", children).dispersion == pytest.approx(1, abs=0.01)
    assert fit_villages("score", "quasi").dispersion > 3
    assert fit_villages("score", "quasi", children).coefficients.to_numpy() == pytest.approx(
        fit_villages("score").coefficients.to_numpy(), rel=1e-8
    )
