"""The types of data that a Rumah Data Kependudukan holds, and where kbkit finds each of them.

Offices speak of "40 jenis data". The official list was not to be found: this one is a **placeholder**, put together
from the data groups of the Panduan Rumah Data Kependudukan (BKKBN, 2020) and from what the registers of villages print.
An office that has its own list gives it to ``kbkit prepare --data-types``; what is printed says which of the two it is.

A type is there in a village where one of its sources has a value, zero included: a blank is no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kbkit.domain.indicators import AGE_GROUPS

ListSource = Literal["placeholder", "office"]

Field = str
"""Where a value stands: ``"families.families"`` is a column of a table of the dataset, ``"village_indicators.couples"``
an indicator of the tidy table."""


@dataclass(frozen=True, kw_only=True)
class DataType:
    """One type of data.

    Attributes:
        name: in Indonesian, as an office writes it.
        sources: sets of fields, each of which is enough; within a set every field must have a value. Empty where no
            export that kbkit reads holds the type.
    """

    name: str
    sources: tuple[tuple[Field, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class DataTypes:
    """A list of types.

    Attributes:
        source: ``placeholder`` until an office gives its own.
        types: in the order of the list.
    """

    source: ListSource
    types: tuple[DataType, ...]


def _any_of(name: str, *fields: Field) -> DataType:
    """Return a type of which each field is enough."""
    return DataType(name=name, sources=tuple((field,) for field in fields))


def _ages() -> tuple[DataType, ...]:
    """Return the population by five-year groups and sex; the register parts the youngest group in two."""
    groups: Mapping[str, tuple[str, ...]] = {"0-4": AGE_GROUPS[:2]} | {
        group.replace("_plus", "+").replace("_", "-"): (group,) for group in AGE_GROUPS[2:]
    }
    return tuple(
        DataType(
            name=f"Penduduk umur {label} tahun menurut jenis kelamin",
            sources=(
                tuple(f"village_indicators.population_{sex}_{part}" for sex in ("male", "female") for part in parts),
            ),
        )
        for label, parts in groups.items()
    )


_METHODS: Final = ("iud", "implant", "injection", "pill", "condom")

PLACEHOLDER: Final = DataTypes(
    source="placeholder",
    types=(
        *_ages(),
        _any_of("Jumlah keluarga", "families.families", "profiles.families", "village_indicators.convergence_families"),
        _any_of(
            "Pasangan usia subur",
            "families.couples_reproductive_age",
            "village_indicators.couples",
            "profiles.couples",
        ),
        _any_of("Remaja", "profiles.adolescents"),
        _any_of("Keluarga punya balita", "families.families_with_under_five", "profiles.families_with_under_five"),
        _any_of("Keluarga punya baduta", "families.families_with_under_two"),
        _any_of("Keluarga punya remaja", "profiles.families_with_adolescents", "village_indicators.bkr_target"),
        _any_of("Keluarga punya lansia", "profiles.families_with_elderly", "village_indicators.bkl_target"),
        _any_of(
            "Ibu hamil",
            "families.couples_pregnant",
            "village_indicators.pregnant_women",
            "profiles.non_users_pregnant",
        ),
        _any_of(
            "Peserta KB menurut metode",
            *(f"{table}.users_{method}" for table in ("village_indicators", "profiles") for method in _METHODS),
        ),
        _any_of(
            "PUS bukan peserta KB menurut alasan", "profiles.non_users_child_soon", "profiles.non_users_child_later"
        ),
        _any_of("Unmet need", "village_indicators.couples_unmet_need", "profiles.non_users_no_child"),
        _any_of(
            "Anggota BKB",
            "village_indicators.bkb_members",
            "village_indicators.bkb_member_families",
            "profiles.members_bkb",
        ),
        _any_of("Anggota BKR", "village_indicators.bkr_members", "profiles.members_bkr"),
        _any_of("Anggota BKL", "village_indicators.bkl_members", "profiles.members_bkl"),
        _any_of("Anggota UPPKA", "profiles.members_uppka"),
        _any_of("Anggota PIK-R", "profiles.members_pik_r"),
        _any_of("Peserta BPJS/JKN", "village_indicators.health_insured"),
        _any_of(
            "Keluarga berisiko stunting",
            "families.families_at_risk",
            "village_indicators.families_at_risk_listed",
            "village_indicators.convergence_families_at_risk",
        ),
        _any_of("Sumber air minum", "families.water_unimproved"),
        _any_of("Jamban", "families.toilet_unimproved"),
        DataType(
            name="Tingkat kesejahteraan keluarga berisiko",
            sources=(tuple(f"families.welfare_{group}" for group in ("1", "2", "3", "4", "above_4")),),
        ),
        _any_of("Anak stunting", "stunting.children_stunted", "village_indicators.convergence_short"),
        DataType(name="Kepemilikan dokumen kependudukan"),
        _any_of("Indeks Desa Membangun dan potensi desa", "village_index.idm"),
    ),
)
"""Forty types, not the official forty."""
