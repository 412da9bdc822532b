from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from kbkit.methods import (
    PropensityFit,
    TierMeans,
    assess_overlap,
    augmented_tier_means,
    weighted_tier_means,
)
from kbkit.methods.tier_models import PropensityModel
from kbkit.results import Contrast, Estimate, Undefined
from tests.methods.conftest import limits
from tests.methods.test_propensity import MODELS, first_period
from tests.methods.test_propensity import run as fit_propensity

FITTED = 1e-6
ESTIMATORS: dict[str, Callable[..., TierMeans | Undefined]] = {
    "weighted": weighted_tier_means,
    "augmented": augmented_tier_means,
}


def run(estimator: str, rows: pd.DataFrame, propensity: PropensityFit, **changes: Any) -> TierMeans:
    arguments: dict[str, Any] = {"cases": rows["cases"], "n": rows["n"], "cluster": rows["kecamatan"]}
    result = ESTIMATORS[estimator](propensity=propensity, **(arguments | changes))
    assert isinstance(result, TierMeans)
    return result


def estimate(result: object) -> Estimate:
    assert isinstance(result, Estimate)
    return result


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_means_and_errors_are_those_of_stacked_equations_in_r(
    villages: pd.DataFrame, reference: Any, estimator: str, model: PropensityModel
) -> None:
    expected, rows = reference("tier_means")[model][estimator], first_period(villages)
    result = run(estimator, rows, fit_propensity(rows, model))
    for place, tier in enumerate(("0", "1", "2", "3")):
        mean = estimate(result.means[tier])
        assert mean.estimate == pytest.approx(expected["means"][place], rel=FITTED)
        assert mean.std_error == pytest.approx(expected["std_error"][place], rel=FITTED)
        assert mean.df == 11
        assert limits(mean)[0] < mean.estimate < limits(mean)[1]
    for place, contrast in enumerate(result.contrasts):
        assert (contrast.setting, contrast.reference) == (str(place + 1), "0")
        assert isinstance(contrast.difference, Contrast)
        assert isinstance(contrast.ratio, Contrast)
        assert contrast.difference.std_error == pytest.approx(expected["difference_error"][place], rel=FITTED)
        assert contrast.ratio.estimate == pytest.approx(expected["means"][place + 1] / expected["means"][0], rel=FITTED)
    assert result.method == f"{'augmented' if estimator == 'augmented' else 'inverse_probability'}_{model}"


@pytest.mark.parametrize("model", MODELS)
def test_overlap_and_balance_are_those_of_r(villages: pd.DataFrame, reference: Any, model: PropensityModel) -> None:
    expected, rows = reference("tier_means")[model], first_period(villages)
    overlap = assess_overlap(fit_propensity(rows, model), n=rows["n"])
    for column in ("effective_rows", "largest_share", "lowest_probability"):
        assert overlap.tiers[column].to_numpy() == pytest.approx(expected[column], rel=FITTED)
    assert overlap.tiers["rows"].tolist() == rows["tier"].value_counts().sort_index().tolist()
    for frame, numbers in ((overlap.before, expected["before"]), (overlap.after, expected["after"])):
        np.testing.assert_allclose(frame.to_numpy().T, np.array(numbers), rtol=1e-5)


def test_weighting_mends_the_imbalance_it_knows_of(villages: pd.DataFrame) -> None:
    rows = first_period(villages)
    overlap = assess_overlap(fit_propensity(rows, "multinomial"), n=rows["n"])
    assert overlap.after.abs().to_numpy().max() < overlap.before.abs().to_numpy().max() / 2
    assert (overlap.tiers["effective_rows"] <= overlap.tiers["rows"]).all()


def test_one_column_that_tells_nothing_gives_the_crude_means(villages: pd.DataFrame) -> None:
    # Every kind of village is in every tier alike, so that all probabilities are the tiers' shares.
    rows = pd.concat([first_period(villages)] * 2).assign(coin=np.repeat([0.0, 1.0], 90))
    propensity = fit_propensity(rows, "multinomial", names=["coin"])
    crude = rows.groupby("tier")["cases"].sum() / rows.groupby("tier")["n"].sum()
    result = run("weighted", rows, propensity)
    for tier, share in zip(result.means, crude, strict=True):
        assert estimate(result.means[tier]).estimate == pytest.approx(share, rel=1e-8)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_row_order_and_size_of_counts_change_nothing(villages: pd.DataFrame, estimator: str) -> None:
    rows = first_period(villages)
    plain = run(estimator, rows, fit_propensity(rows, "ordinal"))
    shuffled = rows.sample(frac=1, random_state=2)
    other = run(estimator, shuffled, fit_propensity(shuffled, "ordinal"))
    doubled = run(estimator, rows, fit_propensity(rows, "ordinal"), cases=2 * rows["cases"], n=2 * rows["n"])
    for tier, mean in plain.means.items():
        for again in (other, doubled):
            assert estimate(again.means[tier]).estimate == pytest.approx(estimate(mean).estimate, rel=1e-7)
            assert estimate(again.means[tier]).std_error == pytest.approx(estimate(mean).std_error, rel=1e-6)


def simulate(seed: int, *, bent_tier: bool, bent_outcome: bool) -> pd.DataFrame:
    """Make villages whose tier and outcome depend on remoteness, straight or bent."""
    rng = np.random.default_rng(seed)
    remote = rng.normal(size=6000)
    bend = 2 * np.cos(2 * remote)
    latent = (bend if bent_tier else 0.9 * remote) + rng.logistic(size=6000)
    tier = np.digitize(latent, [-1.0, 0.3, 1.5])
    shape = bend / 2 if bent_outcome else remote
    n = rng.integers(10, 60, 6000)
    shares = {value: expit(-1.2 + 0.7 * shape - 0.2 * value) for value in range(4)}
    cases = rng.binomial(n, np.select([tier == value for value in shares], list(shares.values())))
    frame = pd.DataFrame({"remote": remote, "tier": tier, "n": n, "cases": cases, "kecamatan": np.arange(6000) % 300})
    return frame.assign(**{f"truth_{value}": float(n @ share / n.sum()) for value, share in shares.items()})


def worst_error(result: TierMeans, rows: pd.DataFrame) -> float:
    """Return the largest distance from the truth, in standard errors."""
    distances = []
    for tier, mean in result.means.items():
        known = estimate(mean)
        assert known.std_error is not None
        distances.append(abs(known.estimate - float(rows[f"truth_{tier}"].iloc[0])) / known.std_error)
    return max(distances)


@pytest.mark.parametrize(
    ("bent_tier", "bent_outcome", "right"),
    [
        (False, False, {"weighted", "augmented"}),
        (False, True, {"weighted", "augmented"}),
        (True, False, {"augmented"}),
        (True, True, set[str]()),
    ],
)
def test_augmented_means_survive_one_wrong_model(bent_tier: bool, bent_outcome: bool, right: set[str]) -> None:
    rows = simulate(3, bent_tier=bent_tier, bent_outcome=bent_outcome)
    propensity = fit_propensity(rows, "ordinal", names=["remote"])
    errors = {estimator: worst_error(run(estimator, rows, propensity), rows) for estimator in ESTIMATORS}
    assert {estimator for estimator, error in errors.items() if error < 3} == right, errors
    assert all(error > 5 for estimator, error in errors.items() if estimator not in right), errors


def test_what_cannot_be_estimated_says_why(villages: pd.DataFrame) -> None:
    rows = first_period(villages)
    propensity = fit_propensity(rows, "ordinal")
    counts: dict[str, Any] = {"cases": rows["cases"], "n": rows["n"], "cluster": rows["kecamatan"]}
    for estimator in ESTIMATORS.values():
        nobody = counts | {"cases": 0 * rows["n"], "n": 0 * rows["n"]}
        assert estimator(**nobody, propensity=propensity) == Undefined(reason="nothing_measured")
        alone = counts | {"cluster": ["K01"] * 90}
        result = estimator(**alone, propensity=propensity)
        assert result == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})
    unmeasured = rows.assign(n=rows["n"].where(rows["tier"] != 3, 0), cases=rows["cases"].where(rows["tier"] != 3, 0))
    partial = run("weighted", unmeasured, propensity)
    assert partial.means["3"] == Undefined(reason="nothing_measured")
    assert partial.contrasts[2].difference == Undefined(reason="nothing_measured")
    assert isinstance(partial.contrasts[1].ratio, Contrast)
    assert partial.overlap.tiers.loc["3", "effective_rows"] == 0
    assert partial.overlap.after["3"].isna().all()
    blocked = augmented_tier_means(
        **(counts | {"cases": unmeasured["cases"], "n": unmeasured["n"]}), propensity=propensity
    )
    assert isinstance(blocked, Undefined)
    assert blocked.reason == "rank_deficient"
    no_case = run("weighted", rows.assign(cases=rows["cases"].where(rows["tier"] != 0, 0)), propensity)
    assert no_case.means["0"] == Undefined(reason="no_variance")
    assert all(contrast.ratio == Undefined(reason="no_variance") for contrast in no_case.contrasts)


def test_malformed_calls_are_refused(villages: pd.DataFrame) -> None:
    rows = first_period(villages)
    propensity = fit_propensity(rows, "ordinal")
    with pytest.raises(ValueError, match="rows of the propensity"):
        run("weighted", rows.iloc[1:], propensity)
    with pytest.raises(ValueError, match="level"):
        run("augmented", rows, propensity, level=95)
    with pytest.raises(ValueError, match="positive sum"):
        assess_overlap(propensity, n=np.zeros(90))
