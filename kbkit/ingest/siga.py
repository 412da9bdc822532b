"""The plain registers of SIGA and of the family data: one row a village, or a village and month; counts alone.

``UNMET NEED`` is a number of couples, not a percentage. A month is the state at its end: months are not summed.
"""

from __future__ import annotations

from typing import Final

from kbkit.domain.indicators import indicators_of
from kbkit.ingest.extract import Layout
from kbkit.ingest.village_table import VillageTable


def _register(name: str, *essential: str, monthly: bool = False) -> Layout:
    table = VillageTable(name=name, indicators=indicators_of(name), essential=frozenset(essential), monthly=monthly)
    return table.as_layout()


KAMPUNG_KB_REGISTER: Final = _register(
    "kampung_kb_register", "kampung_kb", "kampung_kb_launched_2016", "kampung_kb_launched_after_2019"
)
"""K/0 Kampung KB: how many a village has, by year of launch."""

DATA_HOUSE_REGISTER: Final = _register(
    "data_house_register", "data_houses", "data_houses_with_decree", "data_houses_without_decree"
)
"""K/0 Rumah DataKu: how many a village has, by decree, money and class."""

UNMET_NEED: Final = _register("unmet_need", "couples", "couples_unmet_need", monthly=True)
"""Couples and those with unmet need, by month."""

CONTRACEPTIVE_MIX: Final = _register(
    "contraceptive_mix", "users_injection", "users_pill", "users_iud", "users_modern", monthly=True
)
"""Couples by method, by month."""

POKTAN_MEMBERS: Final = _register(
    "poktan_members", "bkb_target", "bkb_members", "bkr_target", "bkl_target", monthly=True
)
"""Target families of the activity groups and those that take part, by month."""

BKB_FAMILIES: Final = _register("bkb_families", "bkb_meetings", "bkb_member_families", "bkb_children_kka", monthly=True)
"""Meetings and families of the groups for parents of under-fives, by month."""

ELSIMIL_PREGNANT: Final = _register("elsimil_pregnant", "pregnant_women", "pregnant_women_accompanied")
"""Pregnant women and those with an escort, by year."""

VILLAGE_RESOURCES: Final = _register("village_resources", "area", "population", "population_density")
"""Area, people, density, families at risk, health insurance.

Its column IDM is not read: the index has its own export, with its values and its year.
"""
