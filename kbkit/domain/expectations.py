"""What is known beforehand about regencies, as data: numbers that a dataset is compared with and never made to fit.

Villages: the code book of the Ministry of Home Affairs, Keputusan Menteri Dalam Negeri 300.2.2-2138 Tahun 2025. For
Blora the 295 are also the sum of the four tiers that the regency reported in January 2024 (93 + 56 + 32 + 114), for
Kota Pariaman the 71 are also the number of Kampung KB that the city planned in September 2022.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LARGEST_VILLAGE: Final = 300_000
"""No desa or kelurahan of Indonesia has as many inhabitants; the largest, in West Jakarta, have under 200,000."""

EXPECTED_VILLAGES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "33.16": 271 + 24,  # Blora: desa + kelurahan
        "14.71": 0 + 83,  # Kota Pekanbaru
        "13.77": 55 + 16,  # Kota Pariaman
        "14.06": 139 + 6,  # Rokan Hulu
        "21.05": 52 + 2,  # Kepulauan Anambas
    }
)
"""Regency code -> desa and kelurahan."""
