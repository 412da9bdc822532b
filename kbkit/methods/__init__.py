"""Statistics: one method a module, arrays in, frozen results out. A module's docstring is the sheet of its method."""

from kbkit.methods.beta_binomial import BetaBinomialFit, fit_beta_binomial
from kbkit.methods.binomial import estimate_dispersion, fit_binomial
from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.cell_bounds import bound_cells
from kbkit.methods.clustered_prevalence import ClusteredPrevalence, clustered_prevalence
from kbkit.methods.concentration import concentration_index
from kbkit.methods.count_two_way import CountTwoWayFit, fit_count_two_way
from kbkit.methods.e_value import EValue, e_value
from kbkit.methods.funnel import FunnelLimits, funnel_limits
from kbkit.methods.group_time import GroupTimeEffect, GroupTimeEffects, group_time_effects
from kbkit.methods.group_time_aggregates import AggregatedEffects, aggregate_effects
from kbkit.methods.imputation import ImputedEstimate, pool_imputations
from kbkit.methods.inequality import relative_index, slope_index
from kbkit.methods.inference_study import InferenceStudy, Rates, StudyDesign, simulate_inference
from kbkit.methods.jonckheere_terpstra import jonckheere_terpstra
from kbkit.methods.likelihood_fit import LikelihoodFit
from kbkit.methods.linear_probability import LinearProbability, linear_probability
from kbkit.methods.logistic_mixed import LogisticMixedFit, fit_logistic_mixed
from kbkit.methods.mantel_haenszel import MantelHaenszel, mantel_haenszel
from kbkit.methods.marginal_contrast import marginal_contrast
from kbkit.methods.moran import MoransI, morans_i
from kbkit.methods.overlap import Overlap, assess_overlap
from kbkit.methods.p_values import adjust_p_values
from kbkit.methods.permutation import PermutationTest, permutation_trend
from kbkit.methods.power import design_effect, minimum_detectable_difference, two_group_std_error
from kbkit.methods.propensity import PropensityFit, generalized_propensity
from kbkit.methods.proportions import ProportionComparison, compare_proportions, proportion_interval
from kbkit.methods.random_effects import PooledEstimate, pool_random_effects
from kbkit.methods.robustness_value import RobustnessValue, robustness_value
from kbkit.methods.shrinkage import Prior, ShrunkenProportions, shrink_proportions
from kbkit.methods.standardisation import (
    PrevalenceContrast,
    adjusted_prevalence,
    prevalence_contrasts,
    prevalence_slope,
)
from kbkit.methods.switchers import SwitcherEffect, compare_switchers
from kbkit.methods.tier_means import TierMeans, augmented_tier_means, weighted_tier_means
from kbkit.methods.trend import stratified_trend_test, trend_test
from kbkit.methods.two_way import TwoWayFit, fit_two_way
from kbkit.methods.wild_bootstrap import WildBootstrapTest, score_wild_bootstrap

__all__ = [
    "AggregatedEffects",
    "BetaBinomialFit",
    "BinomialFit",
    "ClusteredPrevalence",
    "CountTwoWayFit",
    "EValue",
    "FunnelLimits",
    "GroupTimeEffect",
    "GroupTimeEffects",
    "ImputedEstimate",
    "InferenceStudy",
    "LikelihoodFit",
    "LinearProbability",
    "LogisticMixedFit",
    "MantelHaenszel",
    "MoransI",
    "Overlap",
    "PermutationTest",
    "PooledEstimate",
    "PrevalenceContrast",
    "Prior",
    "PropensityFit",
    "ProportionComparison",
    "Rates",
    "RobustnessValue",
    "ShrunkenProportions",
    "StudyDesign",
    "SwitcherEffect",
    "TierMeans",
    "TwoWayFit",
    "WildBootstrapTest",
    "adjust_p_values",
    "adjusted_prevalence",
    "aggregate_effects",
    "assess_overlap",
    "augmented_tier_means",
    "bound_cells",
    "clustered_prevalence",
    "compare_proportions",
    "compare_switchers",
    "concentration_index",
    "design_effect",
    "e_value",
    "estimate_dispersion",
    "fit_beta_binomial",
    "fit_binomial",
    "fit_count_two_way",
    "fit_logistic_mixed",
    "fit_two_way",
    "funnel_limits",
    "generalized_propensity",
    "group_time_effects",
    "jonckheere_terpstra",
    "linear_probability",
    "mantel_haenszel",
    "marginal_contrast",
    "minimum_detectable_difference",
    "morans_i",
    "permutation_trend",
    "pool_imputations",
    "pool_random_effects",
    "prevalence_contrasts",
    "prevalence_slope",
    "proportion_interval",
    "relative_index",
    "robustness_value",
    "score_wild_bootstrap",
    "shrink_proportions",
    "simulate_inference",
    "slope_index",
    "stratified_trend_test",
    "trend_test",
    "two_group_std_error",
    "weighted_tier_means",
]
