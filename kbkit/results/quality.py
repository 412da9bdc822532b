"""Quality of a regency's data, as its report shows it before any result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class QualityItem:
    """One check of the data: its code, how grave, how many rows."""

    code: str
    severity: Literal["error", "warning", "note"]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Quality of the regency's data, shown before any result."""

    items: tuple[QualityItem, ...]
    unmatched_rows: int
    unmatched_children_measured: int
    matched_by: dict[str, int]
