"""The account of a dataset: every file and its fate, rows by layout, issues by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import chain

import pandas as pd

from kbkit.dataset import DataHouse, DataStatus, Metadata, ProfileScores, Source
from kbkit.domain.data_types import DataTypes
from kbkit.ingest import LAYOUT_NAMES, Exports
from kbkit.matching import REGISTER_NAME, REGISTER_VINTAGE, load_register
from kbkit.prepare.part import Part, rows_of
from kbkit.prepare.placed import Placed
from kbkit.prepare.provinces import Provinces
from kbkit.prepare.report import WEIGHT, IssueCount, LayoutCount
from kbkit.quality import describe_profile_scores, join_completeness, join_profile_scores, measure_completeness


@dataclass(kw_only=True)
class Tally:
    """What is counted while one round of provinces after the other is assembled.

    Attributes:
        issues: the table ``issues`` of each round.
        reasons: the column ``reason`` of the table ``unmatched`` of each.
        methods: rows matched by name, by method.
        dropped: rows of each source that no table holds: (file, sheet) -> reason -> rows.
        profile_scores: what each round says about the printed scores.
        data_houses: how complete the data of the villages of each are.
    """

    issues: list[pd.DataFrame] = field(default_factory=list)
    reasons: list[pd.DataFrame] = field(default_factory=list)
    methods: Counter[str] = field(default_factory=Counter)
    dropped: dict[tuple[str, str | None], Counter[str]] = field(default_factory=dict)
    profile_scores: list[ProfileScores] = field(default_factory=list)
    data_houses: list[DataHouse] = field(default_factory=list)

    def add(self, provinces: Provinces, parts: Sequence[Part], *, types: DataTypes) -> None:
        """Count what some provinces gave."""
        tables = provinces.tables
        self.issues.append(tables["issues"])
        self.reasons.append(tables["unmatched"][["reason"]])
        self.methods.update(tables["matches"]["method"].tolist())
        for key, counts in provinces.dropped.items():
            self.dropped.setdefault(key, Counter()).update(counts)
        if scores := describe_profile_scores(tables["profiles"], rows_of(parts, "classification")):
            self.profile_scores.append(scores)
        if house := measure_completeness(tables, types):
            self.data_houses.append(house)


def describe_sources(
    exports: Exports, sources: Sequence[Placed], tally: Tally, *, rows: Mapping[str, int], regencies: Sequence[str]
) -> Metadata:
    """Return what goes into ``dataset.json``."""
    read = [source.as_source() for source in sources]
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
        tables=dict(sorted(rows.items())),
        regencies={code: known[code].name for code in regencies},
        provinces={known[code].province_code: known[code].province_name for code in regencies},
        profile_scores=join_profile_scores(tally.profile_scores),
        data_house=join_completeness(tally.data_houses),
    )


def data_status(sources: Sequence[Source]) -> DataStatus:
    """Return whether the rows of a dataset are real, simulated, or both. A source without a kept row has no say."""
    kinds = {source.simulated for source in sources if source.rows_kept}
    if kinds == {True}:
        return "simulated"
    return "mixed" if True in kinds else "actual"


def count_layouts(sources: Sequence[Placed]) -> tuple[LayoutCount, ...]:
    """Return the account of each layout that was met, in the order of :data:`kbkit.ingest.LAYOUT_NAMES`."""
    by_layout = {name: [source for source in sources if source.extract.layout == name] for name in LAYOUT_NAMES}
    return tuple(_count(name, members) for name, members in by_layout.items() if members)


def _count(name: str, sources: Sequence[Placed]) -> LayoutCount:
    return LayoutCount(
        layout=name,
        files=len({source.extract.sheet.file for source in sources}),
        read=sum(source.extract.rows_read for source in sources),
        kept=sum(source.kept for source in sources),
        matched=sum(source.matched for source in sources),
        unmatched=sum(source.unmatched.total() for source in sources),
        outside=sum(source.outside for source in sources),
        refused=sum(source.unread.total() + source.dropped.total() for source in sources),
    )


def count_issues(issues: Sequence[pd.DataFrame]) -> tuple[IssueCount, ...]:
    """Return how often each check found something, gravest and most frequent first."""
    pairs = (zip(frame["code"], frame["severity"], strict=True) for frame in issues)
    counted = Counter(chain.from_iterable(pairs))
    counts = [IssueCount(code=code, severity=severity, rows=rows) for (code, severity), rows in counted.items()]
    return tuple(sorted(counts, key=lambda count: (WEIGHT[count.severity], -count.rows, count.code)))
