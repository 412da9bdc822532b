"""Findings as figures, each with alternative text made from its numbers."""

from kbkit.figures.association import draw_described_tiers, draw_differences, draw_sensitivity, draw_tier_prevalence
from kbkit.figures.classification import draw_tiers_by_district
from kbkit.figures.maps import draw_map
from kbkit.figures.priorities import draw_convergence, draw_ranks
from kbkit.figures.programme import draw_funding, draw_presences
from kbkit.figures.province import draw_slopes
from kbkit.figures.scores import draw_scores_by_district
from kbkit.figures.small_areas import draw_funnel, draw_village_rates
from kbkit.figures.stunting import draw_children_by_district, draw_periods
from kbkit.figures.surveys import draw_surveys
from kbkit.figures.tier_flow import draw_tier_flow

__all__ = [
    "draw_children_by_district",
    "draw_convergence",
    "draw_described_tiers",
    "draw_differences",
    "draw_funding",
    "draw_funnel",
    "draw_map",
    "draw_periods",
    "draw_presences",
    "draw_ranks",
    "draw_scores_by_district",
    "draw_sensitivity",
    "draw_slopes",
    "draw_surveys",
    "draw_tier_flow",
    "draw_tier_prevalence",
    "draw_tiers_by_district",
    "draw_village_rates",
]
