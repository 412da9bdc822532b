"""Checks of the data before any result: each a function with a code, all gathered, none repairs."""

from kbkit.quality.families import check_families
from kbkit.quality.issue import Issue, issues_frame
from kbkit.quality.rubric import recompute_tiers
from kbkit.quality.stunting import check_stunting, check_total
from kbkit.quality.surveys import check_surveys
from kbkit.quality.tiers import check_tiers

__all__ = [
    "Issue",
    "check_families",
    "check_stunting",
    "check_surveys",
    "check_tiers",
    "check_total",
    "issues_frame",
    "recompute_tiers",
]
