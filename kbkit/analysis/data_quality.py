"""The data-quality box: what ``prepare`` found in the regency's rows, counted by check."""

from __future__ import annotations

from typing import Final

from kbkit.dataset import RegencyData
from kbkit.results.quality import Quality, QualityItem

_WEIGHT: Final = {"error": 0, "warning": 1, "note": 2}


def describe_quality(data: RegencyData) -> Quality:
    """Count the regency's issues by check, gravest and most frequent first, and its unmatched and matched rows."""
    counts = data.issues.groupby(["code", "severity"], as_index=False).size()
    items = [
        QualityItem(code=code, severity=severity, rows=rows) for code, severity, rows in counts.itertuples(index=False)
    ]
    return Quality(
        items=tuple(sorted(items, key=lambda item: (_WEIGHT[item.severity], -item.rows, item.code))),
        unmatched_rows=len(data.unmatched),
        unmatched_children_measured=int(data.unmatched["children_measured"].sum()),
        matched_by={str(method): int(rows) for method, rows in data.matches.groupby("method").size().items()},
    )
