"""Interventions against stunting as villages report them: specific or sensitive, for whom, usually by which agency.

*Specific* ones act on the near causes (food, infection) and are mostly services of health; *sensitive* ones act on
what stands behind them (Perpres 72/2021). The list follows the indicators of coverage that SE Mendagri
400.5/8476/SJ of 2022 asks of regencies, and the activities of programme group 4. It is the office's to lengthen: an
intervention that is not in it is kept under the name that was written.

The agency beside an intervention is the *usual* one, a suggestion for who may be asked where nobody is named. It is
no rule: which agency leads is decided in the regency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from kbkit.domain.spelling import plain_words

InterventionKind = Literal["specific", "sensitive"]
INTERVENTION_KINDS: Final[tuple[InterventionKind, ...]] = get_args(InterventionKind)

TargetGroup = Literal[
    "adolescents",
    "couples_to_be",
    "pregnant",
    "breastfeeding",
    "under_two",
    "under_five",
    "couples",
    "families_at_risk",
    "families",
    "village",
]
TARGET_GROUPS: Final[Mapping[TargetGroup, str]] = MappingProxyType(
    {
        "adolescents": "Remaja",
        "couples_to_be": "Calon pengantin",
        "pregnant": "Ibu hamil",
        "breastfeeding": "Ibu menyusui",
        "under_two": "Baduta",
        "under_five": "Balita",
        "couples": "PUS",
        "families_at_risk": "Keluarga berisiko stunting",
        "families": "Keluarga",
        "village": "Desa/kelurahan",
    }
)
"""For whom: key -> Indonesian name; the catalogues hold a translation under ``interventions.target_<key>``."""


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """An intervention of the list.

    Attributes:
        key: as the column ``intervention_key`` writes it.
        name: Indonesian name; the catalogues hold a translation under ``interventions.<key>``.
        kind: specific or sensitive.
        group: number of its programme group, 1-8.
        target: for whom.
        agency: key of the agency that usually leads it.
        unit: Indonesian unit of its volume.
    """

    key: str
    name: str
    kind: InterventionKind
    group: int
    target: TargetGroup
    agency: str
    unit: str = "orang"


def _of(group: int, kind: InterventionKind, *rows: tuple[str, str, TargetGroup, str, str]) -> tuple[Intervention, ...]:
    return tuple(
        Intervention(key=key, name=name, kind=kind, group=group, target=target, agency=agency, unit=unit)
        for key, name, target, agency, unit in rows
    )


DEFAULT_INTERVENTIONS: Final = (
    *_of(
        1,
        "sensitive",
        ("family_data_update", "Pemutakhiran data keluarga", "families", "family_planning", "keluarga"),
        ("civil_documents", "Pelayanan dokumen kependudukan", "families", "civil_registration", "dokumen"),
    ),
    *_of(
        2,
        "sensitive",
        ("bkb_first_1000_days", "Kelas BKB 1.000 HPK", "under_two", "family_planning", "keluarga"),
        (
            "premarital_guidance",
            "Bimbingan perkawinan bermateri stunting",
            "couples_to_be",
            "religious_affairs",
            "orang",
        ),
        ("fish_eating_campaign", "Promosi makan ikan", "families", "fisheries", "keluarga"),
        ("clean_living", "Penyuluhan PHBS", "families", "health", "keluarga"),
    ),
    *_of(
        3,
        "specific",
        ("complete_immunisation", "Imunisasi dasar lengkap", "under_two", "health", "anak"),
        ("growth_monitoring", "Pemantauan tumbuh kembang balita", "under_five", "health", "anak"),
        ("antenatal_care", "Pemeriksaan kehamilan (ANC)", "pregnant", "health", "orang"),
    ),
    *_of(
        3,
        "sensitive",
        ("postpartum_family_planning", "KB pascapersalinan", "couples", "family_planning", "orang"),
        ("unmet_need_services", "Pelayanan KB bagi PUS unmet need", "couples", "family_planning", "orang"),
    ),
    *_of(
        4,
        "specific",
        ("iron_adolescent_girls", "TTD bagi remaja putri", "adolescents", "health", "orang"),
        ("anaemia_screening", "Skrining anemia remaja putri", "adolescents", "health", "orang"),
        ("premarital_health_check", "Pemeriksaan kesehatan calon pengantin", "couples_to_be", "health", "orang"),
        ("iron_pregnant", "TTD bagi ibu hamil (minimal 90 tablet)", "pregnant", "health", "orang"),
        ("food_pregnant_deficient", "Tambahan asupan gizi ibu hamil KEK", "pregnant", "health", "orang"),
        ("exclusive_breastfeeding", "Pendampingan ASI eksklusif", "breastfeeding", "health", "orang"),
        ("complementary_feeding", "MP-ASI kaya protein hewani 6–23 bulan", "under_two", "health", "anak"),
        ("food_undernourished", "Tambahan asupan balita gizi kurang", "under_five", "health", "anak"),
        ("severe_malnutrition_care", "Tata laksana balita gizi buruk", "under_five", "health", "anak"),
    ),
    *_of(
        4,
        "sensitive",
        (
            "family_accompaniment",
            "Pendampingan keluarga berisiko stunting (TPK)",
            "families_at_risk",
            "family_planning",
            "keluarga",
        ),
        ("dashat", "DASHAT (Dapur Sehat Atasi Stunting)", "families_at_risk", "family_planning", "keluarga"),
        (
            "couples_to_be_accompaniment",
            "Pendampingan calon pengantin (Elsimil)",
            "couples_to_be",
            "family_planning",
            "orang",
        ),
    ),
    *_of(
        5,
        "sensitive",
        ("early_childhood_education", "PAUD holistik integratif", "under_five", "education", "anak"),
    ),
    *_of(
        6,
        "sensitive",
        ("conditional_cash", "Bantuan tunai bersyarat (PKH)", "families", "social", "keluarga"),
        ("food_assistance", "Bantuan pangan nontunai", "families", "social", "keluarga"),
        ("health_insurance", "PBI Jaminan Kesehatan", "families", "social", "orang"),
        ("family_development_sessions", "P2K2 bagi penerima PKH", "families", "social", "keluarga"),
    ),
    *_of(
        7,
        "sensitive",
        ("home_gardens", "Pemanfaatan pekarangan", "families", "food_agriculture", "keluarga"),
        ("family_income_groups", "Usaha kelompok UPPKA", "families", "trade_cooperatives", "kelompok"),
    ),
    *_of(
        8,
        "sensitive",
        ("open_defecation_free", "Stop buang air besar sembarangan", "village", "health", "desa"),
        ("drinking_water", "Akses air minum layak", "families", "public_works", "keluarga"),
        ("sanitation", "Akses sanitasi layak", "families", "housing", "keluarga"),
        ("habitable_houses", "Perbaikan rumah tidak layak huni", "families", "housing", "rumah"),
    ),
)
"""The default list, in the order of the programme groups."""

INTERVENTIONS: Final[Mapping[str, Intervention]] = MappingProxyType({item.key: item for item in DEFAULT_INTERVENTIONS})
"""The default interventions by their key."""

KIND_NAMES: Final[Mapping[InterventionKind, str]] = MappingProxyType({"specific": "spesifik", "sensitive": "sensitif"})
"""Kind -> its Indonesian word."""


def intervention_key(written: str) -> str | None:
    """Return the key of the default intervention that a text names, ``None`` where it is another one."""
    return _KEYS.get(plain_words(written))


def target_key(written: str) -> TargetGroup | None:
    """Return the key of the target group that a text names, ``None`` where it names none that is known."""
    return _TARGET_KEYS.get(plain_words(written))


def kind_key(written: str) -> InterventionKind | None:
    """Return the kind that a text names, in Indonesian or English; ``None`` where it names none."""
    return _KINDS.get(plain_words(written))


_KEYS: Final[Mapping[str, str]] = MappingProxyType({plain_words(item.name): item.key for item in DEFAULT_INTERVENTIONS})
_TARGET_KEYS: Final[Mapping[str, TargetGroup]] = MappingProxyType(
    {plain_words(name): key for key, name in TARGET_GROUPS.items()}
)
_KINDS: Final[Mapping[str, InterventionKind]] = MappingProxyType(
    {plain_words(word): kind for kind, name in KIND_NAMES.items() for word in (name, kind)}
)
