"""Where the money of a Kampung KB comes from, and what for.

The sources are kept apart as village officers keep them apart, although some flow through others: BOKB is a part of
the non-physical DAK, and the Dana Desa comes from the national budget but is booked in the village's own (APBDes). A
rupiah is therefore written down once, under the narrowest source that names it: BOKB and not DAK, Dana Desa and not
APBDes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kbkit.domain.spelling import plain_words


@dataclass(frozen=True, kw_only=True)
class FundingSource:
    """A source of money.

    Attributes:
        key: as the tables of a dataset write it.
        name: Indonesian name; the catalogues hold a translation under ``funding.source_<key>``.
        spellings: further names by which it is known.
    """

    key: str
    name: str
    spellings: tuple[str, ...] = ()


FUNDING_SOURCES: Final = (
    FundingSource(key="apbn", name="APBN", spellings=("DIPA BKKBN", "DIPA")),
    FundingSource(key="dak", name="DAK", spellings=("DAK Fisik", "DAK Nonfisik", "DAK Sub Bidang KB")),
    FundingSource(
        key="bokb", name="BOKB", spellings=("DAK BOKB", "BOKKB", "Bantuan Operasional KB", "DAK Nonfisik BOKB")
    ),
    FundingSource(key="apbd_province", name="APBD provinsi", spellings=("APBD I", "APBD Prov")),
    FundingSource(
        key="apbd_regency",
        name="APBD kabupaten/kota",
        spellings=("APBD", "APBD II", "APBD Kab", "APBD Kabupaten", "APBD Kota"),
    ),
    FundingSource(key="village_fund", name="Dana Desa", spellings=("DD",)),
    FundingSource(
        key="village_budget",
        name="APBDes",
        spellings=("ADD", "Alokasi Dana Desa", "PADes", "APBDesa", "APB Desa", "Dana Kelurahan"),
    ),
    FundingSource(key="csr", name="CSR", spellings=("Swasta", "Swasta/CSR", "TJSL", "Dunia usaha", "Kemitraan")),
    FundingSource(key="self_help", name="Swadaya masyarakat", spellings=("Swadaya", "Iuran")),
    FundingSource(key="zakat", name="Baznas dan lembaga zakat", spellings=("Baznas", "Zakat", "Lazis")),
    FundingSource(key="other", name="Sumber lain", spellings=("Lainnya", "Lain-lain")),
)
"""Every source, national ones first."""

SOURCES: Final[Mapping[str, FundingSource]] = MappingProxyType({source.key: source for source in FUNDING_SOURCES})
"""The sources by their key."""

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "operations": "Operasional Pokja",
        "facilities": "Sarana dan sekretariat",
        "data_house": "Rumah DataKu",
        "activity_groups": "Kelompok kegiatan (BKB, BKR, BKL, UPPKA, PIK-R)",
        "dashat": "DASHAT",
        "stunting_services": "Layanan keluarga berisiko stunting",
        "family_planning": "Pelayanan KB",
        "environment": "Air minum, sanitasi, dan lingkungan",
        "other": "Lainnya",
    }
)
"""What the money is for: key -> Indonesian name; the catalogues hold a translation under ``funding.purpose_<key>``."""


def source_key(written: str) -> str | None:
    """Return the key of the source that a text names, ``None`` where it names none that is known."""
    return _KEYS.get(plain_words(written))


def purpose_key(written: str) -> str | None:
    """Return the key of the purpose that a text names, ``None`` where it names none that is known."""
    return _PURPOSE_KEYS.get(plain_words(written))


_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {plain_words(name): source.key for source in FUNDING_SOURCES for name in (source.name, *source.spellings)}
)
_PURPOSE_KEYS: Final[Mapping[str, str]] = MappingProxyType({plain_words(name): key for key, name in PURPOSES.items()})
