"""A worked example of every method: a function named after the method's module, whose body is the call that is shown.

The villages are made up: 24 in 8 districts, few enough to follow by hand. The panel is eight villages over three
periods. What is printed in the methods appendix is the source of these very functions beside what they return.
"""

# ruff: noqa: D103 - the docstring of a function here is the sheet of its method.

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from kbkit import methods
from kbkit.methods.inference_study import StudyDesign
from kbkit.methods.separation import find_separation
from kbkit.methods.wald import wald_test

V: Final = pd.DataFrame(
    {
        "district": list("AAABBBCCCDDDEEEFFFGGGHHH"),
        "tier": [0, 1, 2, 0, 1, 3, 1, 2, 3, 0, 2, 3, 0, 1, 2, 1, 2, 3, 0, 1, 3, 0, 2, 3],
        "remote": [
            1.5,
            1.9,
            1.4,
            2.0,
            2.3,
            -0.2,
            0.8,
            0.0,
            0.5,
            2.2,
            0.9,
            0.9,
            0.2,
            1.3,
            0.3,
            2.4,
            1.5,
            1.3,
            1.5,
            1.6,
            1.1,
            1.3,
            0.6,
            0.5,
        ],
        "measured": [27, 67, 64, 36, 72, 32, 46, 66, 67, 26, 38, 77, 56, 32, 43, 58, 25, 48, 38, 42, 59, 34, 75, 67],
        "stunted": [10, 13, 10, 7, 19, 10, 7, 18, 18, 3, 7, 16, 17, 14, 13, 20, 2, 9, 16, 13, 11, 6, 12, 18],
    }
)
"""The made-up villages."""

P: Final = pd.DataFrame(
    {
        "village": [village for village in "abcdefgh" for _ in range(3)],
        "district": [district for district in "KLMNKLMN" for _ in range(3)],
        "period": [1, 2, 3] * 8,
        "tier": [0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0],
        "first": [2, 2, 2, *[np.nan] * 3, *[3] * 6, *[np.nan] * 6, 2, 2, 2, *[np.nan] * 3],
        "measured": [50, 52, 49, 40, 41, 44, 60, 62, 58, 35, 37, 36, 70, 68, 71, 45, 47, 46, 55, 53, 56, 30, 33, 31],
        "stunted": [14, 12, 11, 10, 10, 11, 17, 16, 13, 9, 9, 8, 15, 14, 16, 10, 9, 10, 15, 12, 11, 8, 8, 9],
    }
).assign(prevalence=lambda rows: rows["stunted"] / rows["measured"])
"""The made-up panel."""

COUNTS: Final[dict[str, Any]] = {"cases": V["stunted"], "n": V["measured"]}
LOGIT: Final[dict[str, Any]] = {
    **COUNTS,
    "design": np.column_stack([np.ones(24), V["tier"], V["remote"]]),
    "names": ["constant", "tier", "remote"],
}
FIT: Final[Any] = methods.fit_binomial(**LOGIT, cluster=V["district"])
MOVES: Final[dict[str, Any]] = {"unit": "village", "period": "period", "cluster": "district"}


def beta_binomial() -> object:
    return methods.fit_beta_binomial(**LOGIT)


def binomial() -> object:
    return methods.fit_binomial(**LOGIT, cluster=V["district"])


def cell_bounds() -> object:
    members = [[1, 1, 0], [0, 1, 1]]
    return methods.bound_cells(
        members=members, totals=[6, 5], lower=[1, 1, 1], upper=[4, 4, 4], sums=[[1, 0, 0]]
    ).tolist()


def cluster_covariance() -> object:
    return methods.fit_binomial(**LOGIT, cluster=V["district"], covariance="CR3")


def clustered_prevalence() -> object:
    return methods.clustered_prevalence(**COUNTS, cluster=V["district"])


def concentration() -> object:
    return methods.concentration_index(**COUNTS, position=V["remote"], cluster=V["district"], correction="erreygers")


def count_two_way() -> object:
    return methods.fit_count_two_way(P, cases="stunted", n="measured", terms=["tier"], **MOVES)


def e_value() -> object:
    return methods.e_value(ratio=0.8, lower=0.7, upper=0.9)


def funnel() -> object:
    return methods.funnel_limits(cases=[4, 12, 30, 9], n=[20, 60, 90, 50])


def group_time() -> object:
    return methods.group_time_effects(P, outcome="prevalence", first_treated="first", **MOVES)


def group_time_aggregates() -> object:
    effects: Any = methods.group_time_effects(P, outcome="prevalence", first_treated="first", **MOVES)
    return methods.aggregate_effects(effects, kind="simple")


def imputation() -> object:
    return methods.pool_imputations(estimates=[-0.021, -0.018, -0.025], variances=[9e-5, 1e-4, 8e-5], df=7)


def inequality() -> object:
    return methods.slope_index(**COUNTS, position=V["remote"], cluster=V["district"])


def inference_study() -> object:
    design = StudyDesign(name="small", villages=(4, 5, 6, 7, 8, 9, 10, 11), tier_sd=0.6)
    return methods.simulate_inference(design=design, data_sets=20, seed=1)


def jonckheere_terpstra() -> object:
    return methods.jonckheere_terpstra(values=V["stunted"] / V["measured"], group=V["tier"])


def linear_probability() -> object:
    return methods.linear_probability(**LOGIT, cluster=V["district"], term="tier")


def logistic_mixed() -> object:
    return methods.fit_logistic_mixed(**LOGIT, groups=[V["district"]])


def mantel_haenszel() -> object:
    return methods.mantel_haenszel(cases_1=[8, 10], n_1=[12, 15], cases_0=[4, 10], n_0=[12, 30])


def marginal_contrast() -> object:
    fit: Any = methods.fit_beta_binomial(**LOGIT)
    high, low = (np.column_stack([np.ones(24), np.full(24, tier), V["remote"]]) for tier in (3.0, 0.0))
    return methods.marginal_contrast(fit, design=high, reference=low, weights=V["measured"])


def moran() -> object:
    beside = np.eye(6, k=1) + np.eye(6, k=-1)
    return methods.morans_i(values=[0.18, 0.20, 0.24, 0.31, 0.29, 0.33], weights=beside, seed=1, permutations=999)


def overlap() -> object:
    propensity: Any = methods.generalized_propensity(tier=V["tier"], design=V[["remote"]], names=["remote"])
    return methods.assess_overlap(propensity, n=V["measured"])


def p_values() -> object:
    return methods.adjust_p_values(p=[0.01, 0.04, None, 0.03], method="holm")


def permutation() -> object:
    return methods.permutation_trend(**COUNTS, scores=V["tier"], within=V["district"], seed=1)


def power() -> object:
    return methods.minimum_detectable_difference(std_error=0.011, df=9.3)


def propensity() -> object:
    return methods.generalized_propensity(tier=V["tier"], design=V[["remote"]], names=["remote"])


def proportions() -> object:
    return methods.compare_proportions(cases_1=9, n_1=120, cases_0=31, n_0=150)


def random_effects() -> object:
    return methods.pool_random_effects(estimate=[-0.021, 0.004, -0.015, -0.030], variance=[1e-4, 2e-4, 8e-5, 3e-4])


def robustness_value() -> object:
    return methods.robustness_value(t=-2.4, df=9)


def separation() -> object:
    design = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    return find_separation(design=design, cases=np.array([3.0, 5.0, 0.0]), n=np.array([10.0, 12.0, 9.0])).tolist()


def shrinkage() -> object:
    return methods.shrink_proportions(cases=[4, 12, 30, 9], n=[20, 60, 90, 50])


def standardisation() -> object:
    return methods.prevalence_slope(FIT, term="tier", lowest=0, highest=3)


def switchers() -> object:
    return methods.compare_switchers(P, outcome="prevalence", treatment="tier", **MOVES)


def tier_means() -> object:
    propensity: Any = methods.generalized_propensity(tier=V["tier"], design=V[["remote"]], names=["remote"])
    return methods.augmented_tier_means(**COUNTS, cluster=V["district"], propensity=propensity)


def trend() -> object:
    return methods.stratified_trend_test(**COUNTS, scores=V["tier"], stratum=V["district"])


def two_way() -> object:
    return methods.fit_two_way(P, outcome="prevalence", terms=["tier"], weight="measured", **MOVES)


def wald() -> object:
    return wald_test(estimate=-0.02, std_error=0.008, df=9.3, level=0.95)


def wild_bootstrap() -> object:
    return methods.score_wild_bootstrap(FIT, term="tier", seed=1)
