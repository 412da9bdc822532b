"""Traps 14 and 16: weights of neighbours, and results pooled with other software's defaults."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from kbkit.methods import MoransI, PooledEstimate, morans_i, pool_random_effects
from kbkit.methods.random_effects import HeterogeneityMethod
from tests.methods.conftest import CLOSED
from tests.methods.traps.grouped_rows import unheard

# Five results of different precision, between which tau^2 is positive by every method.
ESTIMATES = [0.1, 0.3, -0.05, 0.2, 0.4]
VARIANCES = [0.01, 0.02, 0.015, 0.01, 0.03]


def test_trap_14_weights_are_not_standardised_again(reference: Any) -> None:
    # esda standardises by row unless told transformation="b"; R's spdep takes the list as it is.
    known = reference("moran")
    expected = known["cases"]["binary"]
    weights = np.array(expected["weights"])
    again = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1)
    ours, standardised = (
        morans_i(values=known["values"], weights=used, seed=1, permutations=99) for used in (weights * [[2.0]], again)
    )
    assert isinstance(ours, MoransI)
    assert isinstance(standardised, MoransI)
    assert ours.estimate == pytest.approx(expected["estimate"], rel=CLOSED)
    uneven = weights * np.arange(1, len(weights) + 1)[:, None]
    first = morans_i(values=known["values"], weights=uneven, seed=1, permutations=99)
    assert isinstance(first, MoransI)
    assert first.estimate != pytest.approx(standardised.estimate, rel=1e-3)


def pool(method: HeterogeneityMethod, knapp_hartung: bool = True) -> PooledEstimate:
    result = pool_random_effects(estimate=ESTIMATES, variance=VARIANCES, method=method, knapp_hartung=knapp_hartung)
    assert isinstance(result, PooledEstimate)
    return result


def test_trap_16_the_default_of_combine_effects_is_paule_and_mandel() -> None:
    with unheard():
        theirs, moments = (
            combine_effects(np.array(ESTIMATES), np.array(VARIANCES), method_re=method, use_t=True)
            for method in ("iterated", "chi2")
        )
        rows = theirs.summary_frame()
    assert combine_effects(np.array(ESTIMATES), np.array(VARIANCES)).tau2 == theirs.tau2
    assert pool("PM").tau2 == pytest.approx(theirs.tau2, rel=1e-5)
    assert pool("DL").tau2 == pytest.approx(moments.tau2, rel=1e-9)
    assert pool("REML").tau2 != pytest.approx(theirs.tau2, rel=0.1)
    # Knapp-Hartung is the row "random effect wls" with use_t. Here q is 1 by Paule and Mandel, so the guard rests.
    wls = rows.loc["random effect wls"]
    ours = pool("PM")
    assert (ours.std_error, ours.lower, ours.upper) == pytest.approx(
        (wls["sd_eff"], wls["ci_low"], wls["ci_upp"]), rel=1e-4
    )


def test_trap_16_the_prediction_interval_takes_t_with_k_less_1(reference: Any) -> None:
    # metafor 3.8: the normal for test="z", t(k - 1) with Knapp-Hartung; Higgins' t(k - 2) is a third convention.
    result = pool("REML")
    assert result.std_error is not None
    half = (result.prediction_upper - result.prediction_lower) / 2
    # t(4) at 0.975 is 2.776445 in any table.
    assert half == pytest.approx(2.7764451051978 * (result.tau2 + result.std_error**2) ** 0.5, rel=1e-9)
