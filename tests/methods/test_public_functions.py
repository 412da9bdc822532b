"""The public functions of the methods keep the names and arguments that they were promised with."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

import kbkit.methods
from kbkit.methods import BetaBinomialFit, BinomialFit, LogisticMixedFit, TwoWayFit
from kbkit.results import Contrast, Estimate

# Function -> its promised arguments; what stands before the bar is given by position, the rest by keyword only.
PROMISED = {
    "proportion_interval": "| cases n level method",
    "compare_proportions": "| cases_1 n_1 cases_0 n_0 level",
    "clustered_prevalence": "| cases n cluster level",
    "trend_test": "| cases n scores",
    "stratified_trend_test": "| cases n scores stratum",
    "jonckheere_terpstra": "| values group",
    "mantel_haenszel": "| cases_1 n_1 cases_0 n_0",
    "fit_binomial": "| cases n design cluster covariance names",
    "fit_beta_binomial": "| cases n design names",
    "fit_logistic_mixed": "| cases n design groups",
    "score_wild_bootstrap": "fit | term",
    "permutation_trend": "| cases n scores within",
    "adjusted_prevalence": "fit | settings",
    "prevalence_contrasts": "fit | settings",
    "generalized_propensity": "| tier design model",
    "weighted_tier_means": "| cases n cluster propensity",
    "augmented_tier_means": "| cases n cluster propensity",
    "e_value": "| ratio lower upper",
    "robustness_value": "| t df q alpha",
    "shrink_proportions": "| cases n group method",
    "funnel_limits": "| cases n",
    "pool_random_effects": "| estimate variance method knapp_hartung",
    "slope_index": "| cases n position cluster",
    "relative_index": "| cases n position cluster",
    "concentration_index": "| cases n position cluster correction",
    "morans_i": "| values weights permutations seed",
    "adjust_p_values": "| p method",
    "pool_imputations": "| estimates variances df",
    "design_effect": "| sizes icc",
    "minimum_detectable_difference": "| std_error df level power",
    "group_time_effects": "panel | outcome unit period first_treated cluster",
    "aggregate_effects": "effects | kind",
    "fit_two_way": "panel | outcome terms unit period cluster weight",
    "compare_switchers": "panel | outcome treatment unit period cluster weight",
    "fit_count_two_way": "panel | cases n terms unit period cluster",
}

RESULT_FIELDS = {"estimate", "std_error", "df", "statistic", "p_value", "lower", "upper", "level", "method"}


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_arguments_are_those_promised(name: str) -> None:
    parameters = inspect.signature(getattr(kbkit.methods, name)).parameters
    by_position, by_keyword = (part.split() for part in PROMISED[name].split("|"))
    kinds = {key: parameter.kind for key, parameter in parameters.items()}
    assert [key for key, kind in kinds.items() if kind is inspect.Parameter.POSITIONAL_OR_KEYWORD] == by_position
    assert set(by_keyword) <= {key for key, kind in kinds.items() if kind is inspect.Parameter.KEYWORD_ONLY}


def test_results_carry_the_promised_fields() -> None:
    for kind in (Estimate, Contrast):
        assert {field.name for field in dataclasses.fields(kind)} >= RESULT_FIELDS


@pytest.mark.parametrize("kind", [BinomialFit, BetaBinomialFit, LogisticMixedFit, TwoWayFit])
def test_fits_carry_the_promised_fields(kind: type) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    assert {"table", "covariance_matrix", "dispersion", "deviance", "n_clusters"} <= fields | set(dir(kind))
