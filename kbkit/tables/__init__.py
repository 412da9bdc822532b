"""Findings as tables: what each says, before how it looks."""

from kbkit.tables.association import tabulate_models, tabulate_profiles, tabulate_sensitivity
from kbkit.tables.checklist import tabulate_checklist
from kbkit.tables.classification import (
    tabulate_overlaps,
    tabulate_rule,
    tabulate_snapshots,
    tabulate_tiers_by_district,
)
from kbkit.tables.families import tabulate_families_by_district, tabulate_risk_factors
from kbkit.tables.glossary import tabulate_glossary
from kbkit.tables.guards import (
    tabulate_measuring,
    tabulate_purged,
    tabulate_reporting,
    tabulate_rules,
    tabulate_shifts,
)
from kbkit.tables.methods_used import tabulate_methods
from kbkit.tables.participants import tabulate_participants
from kbkit.tables.priorities import tabulate_measures, tabulate_plan, tabulate_problems, tabulate_progress
from kbkit.tables.programme import tabulate_funding, tabulate_groups, tabulate_launches, tabulate_memberships
from kbkit.tables.province import tabulate_contrasts, tabulate_regencies, tabulate_shrunken
from kbkit.tables.quality import tabulate_quality
from kbkit.tables.scores import tabulate_nearest, tabulate_scores, tabulate_steps
from kbkit.tables.small_areas import tabulate_extreme_villages
from kbkit.tables.sources import list_sources, tabulate_sources
from kbkit.tables.stunting import (
    tabulate_children_by_district,
    tabulate_children_by_period,
    tabulate_children_by_tier,
    tabulate_surveys,
)
from kbkit.tables.targets import tabulate_targets
from kbkit.tables.tier_moves import tabulate_durations, tabulate_printed, tabulate_transition
from kbkit.tables.villages import tabulate_flow, tabulate_villages

__all__ = [
    "list_sources",
    "tabulate_checklist",
    "tabulate_children_by_district",
    "tabulate_children_by_period",
    "tabulate_children_by_tier",
    "tabulate_contrasts",
    "tabulate_durations",
    "tabulate_extreme_villages",
    "tabulate_families_by_district",
    "tabulate_flow",
    "tabulate_funding",
    "tabulate_glossary",
    "tabulate_groups",
    "tabulate_launches",
    "tabulate_measures",
    "tabulate_measuring",
    "tabulate_memberships",
    "tabulate_methods",
    "tabulate_models",
    "tabulate_nearest",
    "tabulate_overlaps",
    "tabulate_participants",
    "tabulate_plan",
    "tabulate_printed",
    "tabulate_problems",
    "tabulate_profiles",
    "tabulate_progress",
    "tabulate_purged",
    "tabulate_quality",
    "tabulate_regencies",
    "tabulate_reporting",
    "tabulate_risk_factors",
    "tabulate_rule",
    "tabulate_rules",
    "tabulate_scores",
    "tabulate_sensitivity",
    "tabulate_shifts",
    "tabulate_shrunken",
    "tabulate_snapshots",
    "tabulate_sources",
    "tabulate_steps",
    "tabulate_surveys",
    "tabulate_targets",
    "tabulate_tiers_by_district",
    "tabulate_transition",
    "tabulate_villages",
]
