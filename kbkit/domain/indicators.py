"""The vocabulary of the tidy tables: what a number of a register counts, and in which unit.

It names the column ``indicator`` of ``village_indicators`` and ``area_indicators``.

An indicator belongs to one register: couples of reproductive age of the monthly register and of Verval KRS are two
indicators, for they are two counts. Values are kept as the register prints them; nothing here is a rate of ours.
Months are states at the end of a month, never parts of a year: they are not summed.

The words of the registers: K/0 is the enrolment card of a group or a Kampung KB, *poktan* an activity group (BKB for
families with under-fives, BKR with adolescents, BKL with elderly, UPPKA for income, PIK-R for adolescents), *PUS* a
couple of reproductive age, *Rumah DataKu* the village's data house.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["count", "presence", "measure"]
"""``presence`` is 1 or 0, ``measure`` a number with a unit. No register's percentages are kept: its counts are."""

Sex = Literal["male", "female"]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What one column of a register says of a village.

    Attributes:
        name: as the column ``indicator`` writes it.
        register: key of the register; the layout that reads it has the same name.
        headings: spellings of its Indonesian column, normalised; the first is the usual one.
        unit: what is counted or measured.
        kind: how the number is to be read.
    """

    name: str
    register: str
    headings: tuple[str, ...]
    unit: str
    kind: Kind = "count"


def _of(register: str, unit: str, columns: Mapping[str, str], kind: Kind = "count") -> Iterator[Indicator]:
    """Yield the indicators of a register; spellings of one heading are parted by ``|``."""
    for name, headings in columns.items():
        yield Indicator(name=name, register=register, headings=tuple(headings.split("|")), unit=unit, kind=kind)


AGE_GROUPS: Final = (
    *("0_1", "2_4", "5_9", "10_14", "15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54"),
    *("55_59", "60_64", "65_69", "70_74", "75_plus"),
)
"""Age groups in completed years, as the population pyramid of the family data prints them."""


def _pyramid(sex: Sex) -> Iterator[Indicator]:
    ages = {f"population_{sex}_{group}": "UMUR " + group.replace("_plus", "").replace("_", " ") for group in AGE_GROUPS}
    yield from _of("age_pyramid", "people", {f"population_{sex}": "JUMLAH PENDUDUK"} | ages)


INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        indicator.name: indicator
        for indicators in (
            # K/0 Kampung KB. "Mandiri" is a title of this register and not the tier of the portal.
            _of(
                "kampung_kb_register",
                "kampung_kb",
                {
                    "kampung_kb": "JUMLAH KAMPUNG KB",
                    "kampung_kb_launched_2016": "2016",
                    "kampung_kb_launched_2017": "2017",
                    "kampung_kb_launched_2018": "2018",
                    "kampung_kb_launched_2019": "2019",
                    "kampung_kb_launched_after_2019": "> 2019",
                    "kampung_kb_titled_mandiri": "KAMPUNG KB MANDIRI",
                    "kampung_kb_pilot": "KAMPUNG KB PERCONTOHAN",
                },
            ),
            # K/0 Rumah DataKu. A data house may have several sources of money.
            _of(
                "data_house_register",
                "data_houses",
                {
                    "data_houses": "JUMLAH RUMAH DATAKU",
                    "data_houses_with_decree": "SK ADA",
                    "data_houses_without_decree": "SK TIDAK ADA",
                    "data_houses_funded_apbn": "APBN",
                    "data_houses_funded_apbd": "APBD",
                    "data_houses_funded_village": "ADD",
                    "data_houses_funded_self_help": "SWADAYA",
                    "data_houses_funded_private": "SWASTA CSR",
                    "data_houses_funded_other": "LAINNYA",
                    "data_houses_paripurna": "JUMLAH RUMAH DATAKU PARIPURNA",
                    "data_houses_in_kampung_kb": "RUMAH DATAKU DI KAMPUNG KB",
                    "data_houses_paripurna_in_kampung_kb": (
                        "RUMAH DATAKU PARIPURNA DI KAMPUNG KB|RUMAH DATAKU PARPURNA DI KAMPUNG KB"
                    ),
                },
            ),
            # Monthly: counts of couples, not percentages.
            _of("unmet_need", "couples", {"couples": "PUS", "couples_unmet_need": "UNMET NEED"}),
            _of(
                "contraceptive_mix",
                "couples",
                {
                    "users_current": "PA",
                    "users_injection": "SUNTIK",
                    "users_pill": "PIL",
                    "users_condom": "KONDOM",
                    "users_implant": "IMPLAN|IMPLANT",
                    "users_iud": "IUD",
                    "users_vasectomy": "VASEKTOMI|MOP",
                    "users_tubectomy": "TUBEKTOMI|MOW",
                    "users_lactational_amenorrhoea": "MAL",
                    "users_modern": "KB MODERN",
                    "users_traditional": "KB TRADISIONAL",
                },
            ),
            _of(
                "poktan_members",
                "families",
                {
                    "bkb_target": "SASARAN BKB",
                    "bkb_members": "KESERTAAN BKB",
                    "bkr_target": "SASARAN BKR",
                    "bkr_members": "KESERTAAN BKR",
                    "bkl_target": "SASARAN BKL",
                    "bkl_members": "KESERTAAN BKL",
                },
            ),
            _of(
                "bkb_families",
                "meetings",
                {
                    "bkb_meetings": "JUMLAH PERTEMUAN PENYULUHAN",
                    "bkb_meetings_in_person": "TATAP MUKA",
                    "bkb_meetings_online": "VIRTUAL",
                },
            ),
            _of("bkb_families", "families", {"bkb_member_families": "JUMLAH KELUARGA ANGGOTA BKB"}),
            _of(
                "bkb_families",
                "children",
                {
                    "bkb_children_kka": "KKA",
                    "bkb_children_kms": "KMS",
                    "bkb_children_on_track": "PERKEMBANGAN ANAK SESUAI",
                    "bkb_children_not_on_track": "PERKEMBANGAN ANAK TIDAK SESUAI",
                },
            ),
            _of(
                "poktan_profile",
                "village",
                {
                    "has_kampung_kb": "KAMPUNG KB",
                    "has_data_house": "RUMAH DATAKU",
                    "has_bkb": "BKB",
                    "has_bkr": "BKR",
                    "has_bkl": "BKL",
                    "has_uppka": "UPPKA|UPPKS",
                    "has_pik_r": "PIK R",
                },
                "presence",
            ),
            _of("poktan_profile", "degrees", {"latitude": "LATITUDE", "longitude": "LONGITUDE"}, "measure"),
            _of("village_resources", "square kilometres", {"area": "LUAS WILAYAH"}, "measure"),
            _of("village_resources", "people", {"population": "JUMLAH PENDUDUK"}),
            _of(
                "village_resources",
                "people per square kilometre",
                {"population_density": "KEPADATAN PENDUDUK"},
                "measure",
            ),
            _of("village_resources", "families", {"families_at_risk_listed": "KRS"}),
            # The register does not say whether these are persons or families.
            _of("village_resources", "not stated", {"health_insured": "BPJS"}),
            _pyramid("male"),
            _pyramid("female"),
            _of("posyandu", "posyandu", {"posyandu": "NAMA POSYANDU"}),
            _of(
                "elsimil_pregnant",
                "pregnant women",
                {"pregnant_women": "JUMLAH BUMIL", "pregnant_women_accompanied": "BUMIL TERDAMPINGI"},
            ),
            # Aksi Konvergensi: all under-fives of the village, not those measured; no prevalence can be made of it.
            _of(
                "convergence_action",
                "families",
                {
                    "convergence_families": "JUMLAH KELUARGA",
                    "convergence_families_at_risk": (
                        "JUMLAH KELUARGA BERESIKO STUNTING|JUMLAH KELUARGA BERISIKO STUNTING"
                    ),
                },
            ),
            _of(
                "convergence_action",
                "children",
                {
                    "convergence_under_fives": "JUMLAH BALITA",
                    "convergence_severely_stunted": "JUMLAH BALITA SANGAT PENDEK",
                    "convergence_short": "JUMLAH BALITA PENDEK",
                },
            ),
            # Of areas above the village.
            _of(
                "tier_counts",
                "kampung_kb",
                {
                    "kampung_kb_dasar": "DASAR JUMLAH|DASAR|JUMLAH DASAR",
                    "kampung_kb_berkembang": "BERKEMBANG JUMLAH|BERKEMBANG|JUMLAH BERKEMBANG",
                    "kampung_kb_mandiri": "MANDIRI JUMLAH|MANDIRI|JUMLAH MANDIRI",
                    "kampung_kb_berkelanjutan": "BERKELANJUTAN JUMLAH|BERKELANJUTAN|JUMLAH BERKELANJUTAN",
                    "kampung_kb_classified": "TOTAL|TOTAL JUMLAH|JUMLAH TOTAL|JUMLAH",
                },
            ),
            _of(
                "eppgbm_health_centre",
                "children",
                {
                    "children_target": "SASARAN",
                    "children_measured": "DIUKUR",
                    "children_stunted": "STUNTING",
                    "children_severely_stunted": "TB U SANGAT PENDEK",
                },
            ),
            # Targets of the campaign "Genting"; the workbook does not say whether of families or of children.
            _of("genting_target", "not stated", {"genting_target": "TARGET", "genting_attained": "CAPAIAN"}),
        )
        for indicator in indicators
    }
)
"""Every indicator by its name."""


def indicators_of(register: str) -> tuple[Indicator, ...]:
    """Return the indicators of a register in the order of its columns."""
    return tuple(indicator for indicator in INDICATORS.values() if indicator.register == register)
