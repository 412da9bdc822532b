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
from kbkit.tables.sources import tabulate_sources
from kbkit.tables.stunting import (
    tabulate_children_by_district,
    tabulate_children_by_period,
    tabulate_children_by_tier,
    tabulate_surveys,
)
from kbkit.tables.villages import tabulate_flow, tabulate_villages

__all__ = [
    "tabulate_children_by_district",
    "tabulate_children_by_period",
    "tabulate_children_by_tier",
    "tabulate_flow",
    "tabulate_models",
    "tabulate_overlaps",
    "tabulate_profiles",
    "tabulate_quality",
    "tabulate_regencies",
    "tabulate_rule",
    "tabulate_sensitivity",
    "tabulate_snapshots",
    "tabulate_sources",
    "tabulate_surveys",
    "tabulate_tiers_by_district",
    "tabulate_villages",
]
