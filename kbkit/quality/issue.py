"""One thing doubtful in the data, and the table of all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.errors import Severity


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A row of the table ``issues``: what is doubtful, where it stands, what was found and what may stand there.

    ``code`` is the key of the sentence in the catalogues; ``details`` are further values that the sentence names.
    """

    code: str
    severity: Severity
    regency_code: str
    source_file: str
    village_code: str | None = None
    source_sheet: str | None = None
    source_row: int | None = None
    source_column: str | None = None
    found: str | None = None
    allowed: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def issues_at(
    rows: pd.DataFrame,
    where: pd.Series,
    *,
    code: str,
    severity: Severity,
    found: str | None = None,
    allowed: str | None = None,
    column: str | None = None,
) -> list[Issue]:
    """Return an issue for every row where a condition holds.

    Args:
        rows: rows with their codes and their place in a source.
        where: the condition, by row; missing is no.
        code: key of the sentence.
        severity: how grave it is.
        found: column whose value is what was found.
        allowed: column whose value is what may stand there.
        column: heading that the issue names.
    """
    flags = where.fillna(False).astype(bool)
    if not flags.any():  # most checks find nothing, and rows are wide
        return []
    doubtful = rows.loc[flags]
    origin = [doubtful[name].tolist() for name in (PARTITION, "source_file", "source_sheet", "source_row")]
    villages, seen, limits = (
        doubtful[name].tolist() if name else [None] * len(doubtful)
        for name in ("village_code" if "village_code" in rows else None, found, allowed)
    )
    return [
        Issue(
            code=code,
            severity=severity,
            regency_code=regency,
            village_code=village,
            source_file=file,
            source_sheet=sheet,
            source_row=int(row),
            source_column=column,
            found=_as_text(what),
            allowed=_as_text(limit),
        )
        for regency, file, sheet, row, village, what, limit in zip(*origin, villages, seen, limits, strict=True)
    ]


def _as_text(value: Any) -> str | None:
    if value is None or pd.isna(value):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def issues_frame(issues: Sequence[Issue]) -> pd.DataFrame:
    """Return the table ``issues`` of a dataset, in the order of place and code."""
    columns: dict[str, list[Any]] = {
        name: [getattr(issue, name) for issue in issues] for name in TABLES["issues"].names if name != "details"
    }
    columns["details"] = [
        json.dumps(dict(issue.details), ensure_ascii=False, sort_keys=True) if issue.details else None
        for issue in issues
    ]
    frame = pd.DataFrame(columns)
    order = [PARTITION, "source_file", "source_sheet", "source_row", "code", "source_column", "village_code", "found"]
    return frame.sort_values(order, kind="stable", ignore_index=True, na_position="first")
