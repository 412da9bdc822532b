"""What findings were made from: the files behind a regency's data, and how many of their rows speak of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from kbkit.analysis.plan import AnalysisPlan
from kbkit.dataset import RegencyData
from kbkit.results.provenance import Provenance, SourceUse


def describe_provenance(data: RegencyData, plan: AnalysisPlan) -> Provenance:
    """Return sources and versions. They depend on the regency's own rows only, not on its neighbours in a file."""
    metadata = data.metadata
    used, unmatched = _rows_by_sheet(_tables(data)), _rows_by_sheet([data.unmatched])
    sources = tuple(
        SourceUse(
            file=source.file,
            sheet=source.sheet,
            layout=source.layout,
            dated=source.dated,
            rows_used=used[source.file, source.sheet],
            rows_unmatched=unmatched[source.file, source.sheet],
            simulated=source.simulated,
        )
        for source in metadata.sources
        if (source.file, source.sheet) in used.keys() | unmatched.keys()
    )
    return Provenance(
        tool_version=metadata.tool_version,
        register_name=metadata.register_name,
        register_vintage=metadata.register_vintage,
        data_status=metadata.data_status,
        sources=sources,
        data_digest=data.digest,
        plan_hash=plan.hash,
    )


def _tables(data: RegencyData) -> tuple[pd.DataFrame, ...]:
    return (
        *(data.tiers, data.profiles, data.stunting, data.families, data.village_index, data.village_indicators),
        *(data.surveys, data.interventions, data.funding, data.plan),
    )


def _rows_by_sheet(tables: Iterable[pd.DataFrame]) -> Counter[tuple[str, str | None]]:
    """Count the rows of each file and sheet. One that feeds several tables, or several rows of one, counts once."""
    # As Python values: several times faster than to group the texts of ten small frames.
    rows = {
        (file, sheet if isinstance(sheet, str) else None, row)
        for table in tables
        for file, sheet, row in zip(
            *(table[name].tolist() for name in ("source_file", "source_sheet", "source_row")), strict=True
        )
    }
    return Counter((file, sheet) for file, sheet, _ in rows)
