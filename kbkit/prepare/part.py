"""The rows of one source that speak of one province, with their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from kbkit.ingest import Extract
from kbkit.matching import Matched
from kbkit.quality import Issue


@dataclass(frozen=True, kw_only=True)
class Part:
    """A source with its matched rows, all of them or those of one province.

    Attributes:
        extract: what was read, mostly without its table: nobody needs it once the rows have their codes.
        matched: rows with codes, and the decisions.
        issues: what is doubtful in these rows of the source alone.
    """

    extract: Extract
    matched: Matched
    issues: Sequence[Issue] = field(default=())

    @property
    def key(self) -> tuple[str, str | None]:
        """File and sheet."""
        return self.extract.sheet.file, self.extract.sheet.sheet


def rows_of(parts: Sequence[Part], *layouts: str) -> pd.DataFrame:
    """Return the matched rows of some layouts' sources, by file, sheets as they stand in it; empty without one."""
    frames = [part.matched.rows for part in parts if part.extract.layout in layouts and len(part.matched.rows)]
    if not frames:
        return pd.DataFrame()
    # Not by the name of the sheet: of two the first in the workbook is the one that people see.
    return pd.concat(frames, ignore_index=True).sort_values("source_file", kind="stable", ignore_index=True)
