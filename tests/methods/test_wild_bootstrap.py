from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from kbkit.methods import BinomialFit, WildBootstrapTest, fit_binomial, score_wild_bootstrap
from kbkit.results import Undefined
from tests.methods.conftest import Fitter


def run(fit: BinomialFit, term: str = "tier", **options: Any) -> WildBootstrapTest:
    result = score_wild_bootstrap(fit, term=term, **({"seed": 1} | options))
    assert isinstance(result, WildBootstrapTest)
    return result


def test_definition_written_out_vector_by_vector(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    rows = villages[villages["kecamatan"] > "K04"]  # 8 clusters, 256 sign vectors
    fit = fit_villages("score", rows=rows)
    others = np.delete(fit.design, 1, axis=1)

    def minus_log_likelihood(coefficients: Any) -> Any:
        linear = others @ coefficients
        return np.sum(fit.n * np.logaddexp(0, linear) - fit.cases * linear)

    def minus_score(coefficients: Any) -> Any:
        return -others.T @ (fit.cases - fit.n * expit(others @ coefficients))

    restricted = minimize(minus_log_likelihood, np.zeros(3), jac=minus_score, method="BFGS", options={"gtol": 1e-9}).x
    fitted = expit(others @ restricted)
    information = fit.design.T @ np.diag(fit.n * fitted * (1 - fitted)) @ fit.design
    assert fit.cluster is not None
    scores = np.stack(
        [
            fit.design[fit.cluster == code].T @ (fit.cases - fit.n * fitted)[fit.cluster == code]
            for code in np.unique(fit.cluster)
        ]
    )

    def statistic(signs: Any) -> float:
        moved = np.asarray(signs)[:, None] * scores
        step = np.linalg.solve(information, moved.sum(axis=0))[1]
        spread = np.linalg.solve(information, np.linalg.solve(information, moved.T @ moved).T)[1, 1]
        return float(step / np.sqrt(spread))

    observed = statistic(np.ones(8))
    all_statistics = [abs(statistic(signs)) for signs in itertools.product((-1, 1), repeat=8)]
    result = run(fit)
    assert result.statistic == pytest.approx(observed, rel=1e-6)
    assert (result.draws, result.listed, result.n_clusters) == (256, True, 8)
    assert result.p_value == np.mean(np.array(all_statistics) >= abs(observed) - 1e-9)


def test_listed_vectors_depend_on_no_seed(fit_villages: Fitter) -> None:
    fit = fit_villages("score")
    assert run(fit, seed=1) == run(fit, seed=2)
    assert run(fit).draws == 4096


def test_same_p_whatever_the_covariance_of_the_fit(fit_villages: Fitter) -> None:
    assert run(fit_villages("score", "CR0")) == run(fit_villages("score", "CR2"))


def test_random_signs_are_seeded_and_near_the_listed(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    # Every kecamatan in two halves: 24 clusters, too many to list.
    halves = villages.assign(kecamatan=villages["kecamatan"] + (np.arange(len(villages)) % 2).astype(str))
    fit = fit_villages("score", rows=halves)
    first, again, other = run(fit, seed=5), run(fit, seed=5), run(fit, seed=6)
    assert first == again
    assert not first.listed
    assert first.draws == 9999
    assert first.p_value == pytest.approx(other.p_value, abs=0.03)


def test_recoding_a_term_leaves_its_p(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    turned = fit_villages("score", rows=villages.assign(tier=3 - villages["tier"]))
    usual = run(fit_villages("score"))
    assert run(turned).p_value == usual.p_value
    assert run(turned).statistic == pytest.approx(-usual.statistic)


def fit_pairs(pairs: int) -> BinomialFit:
    """Fit pairs of villages, one of each tier, a cluster a pair, all leaning the same way."""
    fit = fit_binomial(
        cases=np.tile([10, 5], pairs),
        n=np.full(2 * pairs, 30),
        design=np.column_stack([np.kron(np.eye(pairs), np.ones((2, 1))), np.tile([0.0, 1.0], pairs)]),
        names=[*(f"pair_{pair}" for pair in range(pairs)), "tier"],
        cluster=np.repeat(np.arange(pairs), 2),
    )
    assert isinstance(fit, BinomialFit)
    return fit


def test_one_equal_step_per_cluster_is_the_sign_test() -> None:
    assert run(fit_pairs(10)).p_value == 2 / 1024


def test_random_signs_never_give_zero() -> None:
    # Of 2^20 vectors two are as extreme; none of 99 draws will be, and the data themselves count as one.
    assert run(fit_pairs(20), draws=99).p_value == 1 / 100


def test_few_or_uninformative_clusters_have_no_p(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    few = fit_villages("score", rows=villages[villages["kecamatan"] > "K06"])
    assert score_wild_bootstrap(few, term="tier", seed=1) == Undefined(
        reason="too_few_clusters", details={"clusters": 6, "needed": 7}
    )
    # Fixed effects and nothing else: kecamatan whose villages share one tier say nothing about it.
    rows = villages[villages["year"] == 0].assign(tier=lambda d: np.where(d["kecamatan"] > "K04", 1, d["tier"]))
    dummies = pd.get_dummies(rows["kecamatan"]).astype(float)
    fit = fit_binomial(
        cases=rows["cases"],
        n=rows["n"],
        design=dummies.assign(tier=rows["tier"]),
        names=[*dummies, "tier"],
        cluster=rows["kecamatan"],
    )
    assert isinstance(fit, BinomialFit)
    result = score_wild_bootstrap(fit, term="tier", seed=1)
    assert isinstance(result, Undefined)
    assert result.reason == "too_few_clusters"
    assert result.details["clusters"] == rows.groupby("kecamatan")["tier"].nunique().gt(1).sum()


def test_equal_shares_everywhere_leave_nothing_to_test(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    fit = fit_villages("score", rows=villages.assign(n=20, cases=5))
    assert score_wild_bootstrap(fit, term="tier", seed=1) == Undefined(reason="no_variance")


def test_malformed_calls_are_refused(villages: pd.DataFrame, fit_villages: Fitter) -> None:
    fit = fit_villages("score")
    with pytest.raises(ValueError, match="one term"):
        score_wild_bootstrap(fit, term="tiers", seed=1)
    with pytest.raises(ValueError, match="draws"):
        score_wild_bootstrap(fit, term="tier", seed=1, draws=0)
    without = fit_binomial(cases=fit.cases, n=fit.n, design=fit.design, names=fit.names, covariance="quasi")
    assert isinstance(without, BinomialFit)
    with pytest.raises(ValueError, match="no clusters"):
        score_wild_bootstrap(without, term="tier", seed=1)
