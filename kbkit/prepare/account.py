"""The account of a dataset: every file and its fate, rows by layout, issues by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import pandas as pd

from kbkit.dataset import DataStatus, Metadata, Source
from kbkit.domain.data_types import DataTypes
from kbkit.domain.tiers import RUBRIC_UNKNOWN
from kbkit.ingest import LAYOUT_NAMES, Exports
from kbkit.matching import REGISTER_NAME, REGISTER_VINTAGE, load_register
from kbkit.prepare.part import Part, rows_of
from kbkit.prepare.report import WEIGHT, IssueCount, LayoutCount
from kbkit.quality import describe_profile_scores, measure_completeness, recompute_tiers


def describe_sources(
    exports: Exports,
    parts: Sequence[Part],
    tables: Mapping[str, pd.DataFrame],
    regencies: Sequence[str],
    *,
    types: DataTypes,
) -> Metadata:
    """Return what goes into ``dataset.json``."""
    read = [part.as_source() for part in parts]
    unread = [
        Source(file=item.label, layout=item.fate, sha256=item.sha256, rows_read=0, rows_kept=0)
        for item in exports.unread
    ]
    known = load_register().regencies
    return Metadata(
        tool_version=version("kbkit"),
        register_name=REGISTER_NAME,
        register_vintage=REGISTER_VINTAGE,
        data_status=data_status(read),
        sources=tuple(sorted([*read, *unread], key=lambda source: (source.file, source.sheet or ""))),
        tables={name: len(frame) for name, frame in sorted(tables.items())},
        regencies={code: known[code].name for code in regencies},
        provinces={known[code].province_code: known[code].province_name for code in regencies},
        profile_scores=describe_profile_scores(tables["profiles"], rows_of(list(parts), "classification")),
        data_house=measure_completeness(tables, types),
    )


def data_status(sources: Sequence[Source]) -> DataStatus:
    """Return whether the rows of a dataset are real, simulated, or both. A source without a kept row has no say."""
    kinds = {source.simulated for source in sources if source.rows_kept}
    if kinds == {True}:
        return "simulated"
    return "mixed" if True in kinds else "actual"


def count_layouts(parts: Sequence[Part]) -> tuple[LayoutCount, ...]:
    """Return the account of each layout that was met, in the order of :data:`kbkit.ingest.LAYOUT_NAMES`."""
    by_layout = {name: [part for part in parts if part.extract.layout == name] for name in LAYOUT_NAMES}
    return tuple(_count(name, members) for name, members in by_layout.items() if members)


def _count(name: str, parts: Sequence[Part]) -> LayoutCount:
    return LayoutCount(
        layout=name,
        files=len({part.extract.sheet.file for part in parts}),
        read=sum(part.extract.rows_read for part in parts),
        kept=sum(part.kept for part in parts),
        matched=sum(len(part.matched.rows) for part in parts),
        unmatched=sum(len(part.matched.unmatched) for part in parts),
        outside=sum(part.outside for part in parts),
        refused=sum(part.unread.total() + part.dropped.total() for part in parts),
    )


def count_tiers(parts: Sequence[Part]) -> tuple[int, int]:
    """Return how many rows of the classification have a computed tier, and in how many it is the printed one."""
    tables = [recompute_tiers(part.extract.table) for part in parts if part.extract.layout == "classification"]
    recomputed = sum(int(table["tier_recomputed"].notna().sum()) for table in tables)
    confirmed = sum(int((table["rubric_version"] != RUBRIC_UNKNOWN).sum()) for table in tables)
    return recomputed, confirmed


def count_issues(issues: pd.DataFrame) -> tuple[IssueCount, ...]:
    """Return how often each check found something, gravest and most frequent first."""
    counted = Counter(zip(issues["code"], issues["severity"], strict=True))
    counts = [IssueCount(code=code, severity=severity, rows=rows) for (code, severity), rows in counted.items()]
    return tuple(sorted(counts, key=lambda count: (WEIGHT[count.severity], -count.rows, count.code)))
