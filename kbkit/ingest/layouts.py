"""Every layout that kbkit reads, in the order in which an account lists them."""

from __future__ import annotations

from typing import Final

from kbkit.ingest.age_pyramid import AGE_PYRAMID
from kbkit.ingest.classification import CLASSIFICATION
from kbkit.ingest.convergence_action import CONVERGENCE_ACTION
from kbkit.ingest.eppgbm import EPPGBM
from kbkit.ingest.eppgbm_health_centre import EPPGBM_HEALTH_CENTRE
from kbkit.ingest.eppgbm_targets import EPPGBM_TARGETS
from kbkit.ingest.extract import Layout
from kbkit.ingest.funding import FUNDING_LIST
from kbkit.ingest.genting import GENTING_TARGET
from kbkit.ingest.idm import IDM
from kbkit.ingest.idm_recommendation import IDM_RECOMMENDATION
from kbkit.ingest.interventions import INTERVENTION_LIST
from kbkit.ingest.joint_plan import JOINT_PLAN
from kbkit.ingest.mapped_table import MAPPED
from kbkit.ingest.poktan_profile import POKTAN_PROFILE
from kbkit.ingest.posyandu import POSYANDU
from kbkit.ingest.profile import PROFILE
from kbkit.ingest.siga import (
    BKB_FAMILIES,
    CONTRACEPTIVE_MIX,
    DATA_HOUSE_REGISTER,
    ELSIMIL_PREGNANT,
    KAMPUNG_KB_REGISTER,
    POKTAN_MEMBERS,
    UNMET_NEED,
    VILLAGE_RESOURCES,
)
from kbkit.ingest.surveys import SURVEYS
from kbkit.ingest.tier_counts import TIER_COUNTS
from kbkit.ingest.verval_krs import VERVAL_KRS

REGISTERS: Final[tuple[Layout, ...]] = (
    KAMPUNG_KB_REGISTER,
    DATA_HOUSE_REGISTER,
    UNMET_NEED,
    CONTRACEPTIVE_MIX,
    POKTAN_MEMBERS,
    BKB_FAMILIES,
    POKTAN_PROFILE,
    VILLAGE_RESOURCES,
    AGE_PYRAMID,
    POSYANDU,
    ELSIMIL_PREGNANT,
    CONVERGENCE_ACTION,
    GENTING_TARGET,
)
"""Layouts whose numbers go into the tidy table of indicators."""

AREAS: Final[tuple[Layout, ...]] = (TIER_COUNTS, EPPGBM_HEALTH_CENTRE)
"""Layouts whose rows are areas above the village."""

REGISTER_NAMES: Final = (*(layout.name for layout in REGISTERS), MAPPED)
"""The same by their names, with the tables that are read by a mapping."""

LAYOUTS: Final[tuple[Layout, ...]] = (
    CLASSIFICATION,
    PROFILE,
    EPPGBM,
    EPPGBM_TARGETS,
    VERVAL_KRS,
    IDM,
    IDM_RECOMMENDATION,
    SURVEYS,
    JOINT_PLAN,
    INTERVENTION_LIST,
    FUNDING_LIST,
    *REGISTERS,
    *AREAS,
)
"""Every layout that is recognised by its content."""

LAYOUT_NAMES: Final = (*(layout.name for layout in LAYOUTS), MAPPED)
"""Every layout that is read, in the order of an account."""
