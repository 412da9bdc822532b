"""A regency small enough to check by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from kbkit.dataset import TABLES, Metadata, RegencyData
from kbkit.domain.tiers import SCORES

CODE = "33.16"


def frame(table: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a frame with all columns of a table; what a row does not name is missing."""
    names = TABLES[table].names
    full = [dict.fromkeys(names) | {"regency_code": CODE} | row for row in rows]
    frame = pd.DataFrame(full, columns=names)
    counts = [name for name in names if str(TABLES[table].field(name).type) == "int64"]
    texts = [name for name in names if str(TABLES[table].field(name).type) == "string"]
    return frame.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(texts, "str"))


def village(number: int, *, district: int = 1, kind: str = "desa") -> dict[str, Any]:
    last = f"{1 if kind == 'kelurahan' else 2}{number:03d}"
    return {
        "village_code": f"{CODE}.{district:02d}.{last}",
        "village_name": f"Desa {number}",
        "village_kind": kind,
        "district_code": f"{CODE}.{district:02d}",
        "district_name": f"Kecamatan {district}",
        "regency_name": "Kabupaten Contoh",
        "province_code": "33",
        "province_name": "Jawa Tengah",
    }


def tier(code: str, name: str, date: Any = dt.date(2024, 1, 4), **fields: Any) -> dict[str, Any]:
    scores = dict.fromkeys(SCORES, 2)
    printed = {"tier": name.capitalize(), "tier_recomputed": name, "rubric_version": "kampungkb-2021"}
    return {"village_code": code, "snapshot_date": date, "kampung_kb_count": 1} | scores | printed | fields


def measure(
    code: str, *, target: int | None, measured: int | None, stunted: int | None, period: str = "2024-02"
) -> dict[str, Any]:
    return {
        "village_code": code,
        "period": period,
        "source": "eppgbm",
        "children_target": target,
        "children_measured": measured,
        "children_stunted": stunted,
    }


def regency(**tables: Sequence[dict[str, Any]]) -> RegencyData:
    """Return a regency from rows of tables; tables that are not named are empty."""
    frames = {name: frame(name, tables.get(name, ())) for name in TABLES}
    metadata = Metadata(
        tool_version="0",
        register_name="Register",
        register_vintage="2025",
        data_status="actual",
        sources=(),
        tables={},
        regencies={CODE: "Kabupaten Contoh"},
    )
    return RegencyData(code=CODE, name="Kabupaten Contoh", digest="0" * 64, metadata=metadata, **frames)
