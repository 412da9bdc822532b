"""Findings as tables: what each says, before how it looks."""

from kbkit.tables.association import tabulate_models, tabulate_profiles, tabulate_sensitivity
from kbkit.tables.classification import (
    tabulate_overlaps,
    tabulate_rule,
    tabulate_snapshots,
    tabulate_tiers_by_district,
)
from kbkit.tables.province import tabulate_regencies
from kbkit.tables.quality import tabulate_quality
from kbkit.tables.scores import tabulate_nearest, tabulate_scores, tabulate_steps
from kbkit.tables.sources import tabulate_sources
from kbkit.tables.stunting import (
    tabulate_children_by_district,
    tabulate_children_by_period,
    tabulate_children_by_tier,
    tabulate_surveys,
)
from kbkit.tables.tier_moves import tabulate_durations, tabulate_printed, tabulate_transition
from kbkit.tables.villages import tabulate_flow, tabulate_villages

__all__ = [
    "tabulate_children_by_district",
    "tabulate_children_by_period",
    "tabulate_children_by_tier",
    "tabulate_durations",
    "tabulate_flow",
    "tabulate_models",
    "tabulate_nearest",
    "tabulate_overlaps",
    "tabulate_printed",
    "tabulate_profiles",
    "tabulate_quality",
    "tabulate_regencies",
    "tabulate_rule",
    "tabulate_scores",
    "tabulate_sensitivity",
    "tabulate_snapshots",
    "tabulate_sources",
    "tabulate_steps",
    "tabulate_surveys",
    "tabulate_tiers_by_district",
    "tabulate_transition",
    "tabulate_villages",
]
