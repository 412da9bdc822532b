"""Traps 9 to 11: marginal effects, ordinal models, and defaults of small functions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from kbkit.methods import (
    MantelHaenszel,
    PropensityFit,
    adjust_p_values,
    compare_proportions,
    generalized_propensity,
    mantel_haenszel,
    prevalence_contrasts,
    proportion_interval,
)
from kbkit.methods.mantel_haenszel import ChiSquaredTest
from kbkit.results import Contrast
from tests.methods.conftest import CLOSED, Fitter, design_of, limits
from tests.methods.traps.grouped_rows import expand


def test_trap_09_get_margeff_leaves_the_other_tiers_on(
    villages: pd.DataFrame, fit_villages: Fitter, reference: Any
) -> None:
    children = expand(villages)
    single = Logit(children["cases"].to_numpy(), design_of("tiers", children).to_numpy()).fit(disp=0)
    # Columns: constant (left out there), tiers 1 to 3, remoteness, year. Tier 2 stands second.
    flipped = float(single.get_margeff(dummy=True).margeff[1])
    fit = fit_villages("tiers")
    names = ["tier_1", "tier_2", "tier_3"]
    settings = {}
    for label, chosen in (("tier_2", "tier_2"), ("tier_0", None)):
        settings[label] = fit.design.copy()
        settings[label][:, [fit.names.index(name) for name in names]] = [float(name == chosen) for name in names]
    (contrast,) = prevalence_contrasts(fit, settings=settings, reference="tier_0")
    assert isinstance(contrast.difference, Contrast)
    known = reference("binomial")["standardised"]["tiers"]["prevalence"]
    assert contrast.difference.estimate == pytest.approx(known[2] - known[0], rel=1e-6)
    assert abs(contrast.difference.estimate - flipped) > 1e-3


def test_trap_10_ordered_model_is_probit_with_hidden_cuts(villages: pd.DataFrame, reference: Any) -> None:
    rows = villages[villages["year"] == 0]
    columns = rows[["remote"]].assign(size=np.log(rows["n"]))
    with pytest.raises(ValueError, match="constant"):
        OrderedModel(rows["tier"], columns.assign(constant=1.0))
    by_default = OrderedModel(rows["tier"], columns).fit(method="bfgs", disp=0)
    logit = OrderedModel(rows["tier"], columns, distr="logit").fit(method="bfgs", disp=0)
    fit = generalized_propensity(tier=rows["tier"], design=columns, names=["remote", "size"])
    assert isinstance(fit, PropensityFit)
    ours = fit.coefficients["step"].to_numpy()
    # MASS 7.3-58.2 polr; probit slopes are smaller by more than a third.
    assert ours == pytest.approx(reference("tier_means")["polr"], rel=1e-6)
    assert np.asarray(logit.params)[:2] == pytest.approx(ours, rel=1e-3)
    assert np.asarray(by_default.params)[:2] != pytest.approx(ours, rel=0.2)
    # Stored are the first cut and logarithms of distances, not cuts: they need not ascend.
    stored, cuts = np.asarray(logit.params)[2:], logit.model.transform_threshold_params(np.asarray(logit.params))
    assert (np.diff(cuts[1:-1]) > 0).all()
    assert stored[1:] == pytest.approx(np.log(np.diff(cuts[1:-1])))
    # With a weight a child statsmodels takes the weights and fits as if they were not there.
    weighted = OrderedModel(rows["tier"], columns, distr="logit", freq_weights=rows["n"]).fit(method="bfgs", disp=0)
    assert np.asarray(weighted.params) == pytest.approx(np.asarray(logit.params))


def test_trap_11_intervals_of_proportions() -> None:
    # proportion_confint takes Wald unless told, leaves the ends of Jeffreys, and the ratio adds 0.5 to the cells.
    assert limits(proportion_interval(cases=1, n=30))[0] > proportion_confint(1, 30)[0]
    assert proportion_confint(0, 12, method="jeffreys")[0] > 0
    assert limits(proportion_interval(cases=0, n=12, method="jeffreys"))[0] == 0
    ratio = compare_proportions(cases_1=9, n_1=120, cases_0=31, n_0=150).ratio
    assert limits(ratio) == pytest.approx(
        confint_proportions_2indep(9, 120, 31, 150, compare="ratio", method="log"), rel=CLOSED
    )
    assert limits(ratio) != pytest.approx(confint_proportions_2indep(9, 120, 31, 150, compare="ratio"), rel=1e-3)


def test_trap_11_multipletests_counts_what_was_not_tested() -> None:
    # 3 * 0.01 there; two tests were made, and 2 * 0.01 is right.
    assert multipletests([0.01, math.nan, 0.04], method="holm")[1][0] != pytest.approx(0.02)
    assert adjust_p_values(p=[0.01, math.nan, 0.04], method="holm") == (0.02, None, 0.04)


def test_trap_11_continuity_of_stratified_tables(reference: Any) -> None:
    # R's mantelhaen.test corrects for continuity unless told not to; statsmodels does not. Neither does kbkit.
    numbers = reference("trend")["mantel_haenszel"]["admissions"]
    a, n_1, c, n_0 = (np.array(numbers[name], dtype=float) for name in ("cases_1", "n_1", "cases_0", "n_0"))
    theirs = StratifiedTable([np.array([[a[k], n_1[k] - a[k]], [c[k], n_0[k] - c[k]]]) for k in range(a.size)])
    ours = mantel_haenszel(cases_1=a, n_1=n_1, cases_0=c, n_0=n_0)
    assert isinstance(ours, MantelHaenszel)
    assert isinstance(ours.association, ChiSquaredTest)
    assert ours.association.statistic == pytest.approx(theirs.test_null_odds(correction=False).statistic, rel=CLOSED)
    assert ours.association.statistic > theirs.test_null_odds(correction=True).statistic
    assert "unclustered" in ours.association.method
