"""Checks of the data before any result: each a function with a code, all gathered, none repairs."""

from kbkit.quality.agreement import check_agreement, describe_profile_scores, join_profile_scores
from kbkit.quality.completeness import join_completeness, measure_completeness
from kbkit.quality.digits import check_digits
from kbkit.quality.families import check_families
from kbkit.quality.issue import Issue, issues_frame
from kbkit.quality.jumps import check_tier_jumps
from kbkit.quality.percentages import check_percentages
from kbkit.quality.places import check_village_counts
from kbkit.quality.profiles import check_profiles
from kbkit.quality.rubric import count_tiers, recompute_tiers
from kbkit.quality.series import check_series
from kbkit.quality.stunting import check_stunting, check_total
from kbkit.quality.surveys import check_surveys
from kbkit.quality.tiers import check_tiers
from kbkit.quality.versions import check_versions

__all__ = [
    "Issue",
    "check_agreement",
    "check_digits",
    "check_families",
    "check_percentages",
    "check_profiles",
    "check_series",
    "check_stunting",
    "check_surveys",
    "check_tier_jumps",
    "check_tiers",
    "check_total",
    "check_versions",
    "check_village_counts",
    "count_tiers",
    "describe_profile_scores",
    "issues_frame",
    "join_completeness",
    "join_profile_scores",
    "measure_completeness",
    "recompute_tiers",
]
