from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from kbkit.methods import (
    BinomialFit,
    adjusted_prevalence,
    clustered_prevalence,
    fit_binomial,
    prevalence_contrasts,
    prevalence_slope,
)
from kbkit.methods.counts import FloatArray
from kbkit.results import Contrast, Estimate, Undefined
from tests.methods.conftest import Fitter, limits

TIERS = ("0", "1", "2", "3")


def tier_settings(fit: BinomialFit) -> dict[str, FloatArray]:
    """Return the design with all rows in one tier, for each tier; a dummy is never left on beside another."""
    settings = {}
    for tier in TIERS:
        design = fit.design.copy()
        for other in TIERS[1:]:
            design[:, fit.names.index(f"tier_{other}")] = float(other == tier)
        settings[tier] = design
    return settings


def test_levels_contrasts_and_df_are_those_of_r(fit_villages: Fitter, reference: Any) -> None:
    expected, fit = reference("binomial")["standardised"]["tiers"], fit_villages("tiers")
    settings = tier_settings(fit)
    levels = adjusted_prevalence(fit, settings=settings)
    for tier, prevalence, uncertainty in zip(TIERS, expected["prevalence"], expected["levels"], strict=True):
        level = levels[tier]
        assert isinstance(level, Estimate)
        assert level.estimate == pytest.approx(prevalence, rel=1e-9)
        assert (level.std_error, level.df) == pytest.approx((uncertainty["std_error"], uncertainty["df"]), rel=1e-7)
    contrasts = prevalence_contrasts(fit, settings=settings, reference="0")
    assert [contrast.setting for contrast in contrasts] == ["1", "2", "3"]
    for index, contrast in enumerate(contrasts):
        difference, ratio = contrast.difference, contrast.ratio
        assert isinstance(difference, Contrast)
        assert isinstance(ratio, Contrast)
        assert difference.estimate == pytest.approx(
            expected["prevalence"][index + 1] - expected["prevalence"][0], rel=1e-8
        )
        assert ratio.estimate == pytest.approx(expected["prevalence"][index + 1] / expected["prevalence"][0])
        plain, logged = expected["differences"][index], expected["ratios"][index]
        assert (difference.std_error, difference.df) == pytest.approx((plain["std_error"], plain["df"]), rel=1e-7)
        assert ratio.std_error is not None
        assert (ratio.std_error / ratio.estimate, ratio.df) == pytest.approx(
            (logged["std_error"], logged["df"]), rel=1e-7
        )


def test_slope_is_a_third_of_the_whole_way(fit_villages: Fitter, reference: Any) -> None:
    expected = reference("binomial")["standardised"]["score_fixed_effects"]
    slope = prevalence_slope(fit_villages("score_fixed_effects"), term="tier", lowest=0, highest=3)
    assert isinstance(slope, Contrast)
    assert slope.estimate == pytest.approx((expected["prevalence"][1] - expected["prevalence"][0]) / 3, rel=1e-8)
    assert slope.std_error == pytest.approx(expected["differences"][0]["std_error"] / 3, rel=1e-7)
    assert slope.df == pytest.approx(expected["differences"][0]["df"], rel=1e-7)
    assert (slope.term, slope.scale) == ("tier", "difference")


def test_slope_is_the_mean_of_the_steps(fit_villages: Fitter) -> None:
    fit = fit_villages("score")
    slope = prevalence_slope(fit, term="tier", lowest=0, highest=3)
    steps = [prevalence_slope(fit, term="tier", lowest=low, highest=low + 1) for low in (0, 1, 2)]
    assert isinstance(slope, Contrast)
    assert slope.estimate == pytest.approx(
        np.mean([step.estimate for step in steps if isinstance(step, Contrast)]), rel=1e-10
    )


def test_standard_error_by_finite_differences(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    settings = tier_settings(fit)

    def difference(coefficients: FloatArray) -> float:
        high, low = (expit(settings[tier] @ coefficients) for tier in ("3", "1"))
        return float(np.average(high - low, weights=fit.n))

    centre: FloatArray = np.asarray(fit.coefficients, dtype=np.float64)
    gradient = np.array(
        [(difference(centre + step) - difference(centre - step)) / 2e-5 for step in 1e-5 * np.eye(centre.size)]
    )
    (contrast,) = prevalence_contrasts(fit, settings=settings, pairs=[("3", "1")])
    assert isinstance(contrast.difference, Contrast)
    assert contrast.difference.estimate == pytest.approx(difference(centre))
    assert contrast.difference.std_error == pytest.approx(
        np.sqrt(gradient @ fit.covariance_matrix.to_numpy() @ gradient), rel=1e-6
    )
    assert contrast.difference.term == "3 - 1"


def test_swapping_flips_and_inverts(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    forth, back = prevalence_contrasts(fit, settings=tier_settings(fit), pairs=[("2", "0"), ("0", "2")])
    assert isinstance(forth.difference, Contrast)
    assert isinstance(back.difference, Contrast)
    assert isinstance(forth.ratio, Contrast)
    assert isinstance(back.ratio, Contrast)
    assert forth.difference.estimate == pytest.approx(-back.difference.estimate)
    assert forth.difference.p_value == pytest.approx(back.difference.p_value)
    assert forth.difference.df == pytest.approx(back.difference.df)
    assert forth.ratio.estimate == pytest.approx(1 / back.ratio.estimate)
    assert limits(forth.ratio)[0] == pytest.approx(1 / limits(back.ratio)[1])


def test_choice_of_reference_dummy_changes_nothing(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    usual = fit_villages("tiers")
    design = usual.design.copy()
    design[:, 1] = (villages["tier"] == 0).astype(float)
    recoded = fit_binomial(
        cases=villages["cases"],
        n=villages["n"],
        design=design,
        names=["constant", "tier_0", *usual.names[2:]],
        cluster=villages["kecamatan"],
    )
    assert isinstance(recoded, BinomialFit)
    settings = {}
    for tier in TIERS:
        setting = design.copy()
        setting[:, 1:4] = [float(tier == other) for other in ("0", "2", "3")]
        settings[tier] = setting
    pairs = [("3", "1")]
    (one,) = prevalence_contrasts(usual, settings=tier_settings(usual), pairs=pairs)
    (two,) = prevalence_contrasts(recoded, settings=settings, pairs=pairs)
    for field in ("estimate", "std_error", "df", "p_value", "lower", "upper"):
        assert getattr(one.difference, field) == pytest.approx(getattr(two.difference, field), rel=1e-7)


def test_scale_of_weights_does_not_matter_and_weights_do(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    settings = tier_settings(fit)
    usual = adjusted_prevalence(fit, settings=settings)["3"]
    scaled = adjusted_prevalence(fit, settings=settings, weights=fit.n * 7.5)["3"]
    equal = adjusted_prevalence(fit, settings=settings, weights=np.ones(fit.n.size))["3"]
    assert isinstance(usual, Estimate)
    assert isinstance(scaled, Estimate)
    assert isinstance(equal, Estimate)
    assert scaled.estimate == pytest.approx(usual.estimate, rel=1e-12)
    assert scaled.std_error == pytest.approx(usual.std_error, rel=1e-12)
    assert abs(equal.estimate - usual.estimate) > 1e-5


def test_model_of_fixed_effects_alone_gives_the_clustered_prevalence(villages: pd.DataFrame) -> None:
    dummies = pd.get_dummies(villages["kecamatan"]).astype(float)
    cases, n, cluster = villages["cases"], villages["n"], villages["kecamatan"]
    fit = fit_binomial(cases=cases, n=n, cluster=cluster, design=dummies, names=dummies.columns.tolist())
    plain = clustered_prevalence(cases=cases, n=n, cluster=cluster)
    assert isinstance(fit, BinomialFit)
    assert isinstance(plain, Estimate)
    level = adjusted_prevalence(fit, settings={"as they are": fit.design})["as they are"]
    assert isinstance(level, Estimate)
    assert level.method == "standardised_binomial_logit_unconditional"
    for field in ("estimate", "std_error", "df", "lower", "upper"):
        assert getattr(level, field) == pytest.approx(getattr(plain, field), rel=1e-8)


def test_fixed_effects_do_not_make_levels_look_certain(fit_villages: Fitter) -> None:
    def level(model: str) -> Estimate:
        fit = fit_villages(model)
        result = adjusted_prevalence(fit, settings={"observed": fit.design})["observed"]
        assert isinstance(result, Estimate)
        return result

    without, within = level("score"), level("score_fixed_effects")
    assert without.std_error is not None
    assert within.std_error is not None
    assert 0.5 < within.std_error / without.std_error < 2
    assert fit_villages("score_fixed_effects").absorbs_clusters
    assert not fit_villages("score").absorbs_clusters


def test_settings_that_do_not_differ_have_no_test(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    settings = tier_settings(fit) | {"again": tier_settings(fit)["1"]}
    (contrast,) = prevalence_contrasts(fit, settings=settings, pairs=[("again", "1")])
    assert contrast.difference == contrast.ratio == Undefined(reason="no_variance")


def test_malformed_calls_are_refused(fit_villages: Fitter) -> None:
    fit = fit_villages("tiers")
    settings = tier_settings(fit)
    with pytest.raises(ValueError, match="either reference or pairs"):
        prevalence_contrasts(fit, settings=settings)
    with pytest.raises(ValueError, match="unknown settings"):
        prevalence_contrasts(fit, settings=settings, reference="4")
    with pytest.raises(ValueError, match="unknown settings"):
        prevalence_contrasts(fit, settings=settings, pairs=[("3", "9")])
    with pytest.raises(ValueError, match="shape"):
        adjusted_prevalence(fit, settings={"0": settings["0"][:5]})
    with pytest.raises(ValueError, match="weights"):
        adjusted_prevalence(fit, settings=settings, weights=np.zeros(fit.n.size))
    with pytest.raises(ValueError, match="lowest < highest"):
        prevalence_slope(fit, term="tier_1", lowest=1, highest=1)
    with pytest.raises(ValueError, match="need a term"):
        prevalence_slope(fit, term="tier", lowest=0, highest=1)
    with pytest.raises(ValueError, match="level"):
        adjusted_prevalence(fit, settings=settings, level=90)
