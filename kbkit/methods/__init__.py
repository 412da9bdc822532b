"""Statistics: one method a module, arrays in, frozen results out. A module's docstring is the sheet of its method."""

from kbkit.methods.binomial import estimate_dispersion, fit_binomial
from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.clustered_prevalence import ClusteredPrevalence, clustered_prevalence
from kbkit.methods.power import design_effect, minimum_detectable_difference, two_group_std_error
from kbkit.methods.proportions import ProportionComparison, compare_proportions, proportion_interval
from kbkit.methods.standardisation import (
    PrevalenceContrast,
    adjusted_prevalence,
    prevalence_contrasts,
    prevalence_slope,
)
from kbkit.methods.wild_bootstrap import WildBootstrapTest, score_wild_bootstrap

__all__ = [
    "BinomialFit",
    "ClusteredPrevalence",
    "PrevalenceContrast",
    "ProportionComparison",
    "WildBootstrapTest",
    "adjusted_prevalence",
    "clustered_prevalence",
    "compare_proportions",
    "design_effect",
    "estimate_dispersion",
    "fit_binomial",
    "minimum_detectable_difference",
    "prevalence_contrasts",
    "prevalence_slope",
    "proportion_interval",
    "score_wild_bootstrap",
    "two_group_std_error",
]
