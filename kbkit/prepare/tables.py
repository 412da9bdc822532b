"""The tables of the dataset from the rows with codes: one row a village and date, by stated rules.

Nothing is averaged or summed over sources. Where two rows speak of one village and date, one of them is taken by a
rule, the other is counted, and an issue says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.domain.stunting import Registry
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import Issue, check_families, check_stunting, check_surveys, check_tiers, recompute_tiers
from kbkit.quality.issue import issues_at
from kbkit.quality.rubric import RECOMPUTED

_SHEET: Final = ["source_file", "source_sheet"]
_VILLAGE: Final = [PARTITION, "village_code"]


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """A table of the dataset.

    Attributes:
        table: its rows.
        issues: what its checks found.
        dropped: rows that it does not hold: (file, sheet) -> reason -> rows.
    """

    table: pd.DataFrame
    issues: list[Issue] = field(default_factory=list)
    dropped: dict[tuple[str, str | None], Counter[str]] = field(default_factory=dict)


def assemble_tiers(parts: list[Part]) -> Assembled:
    """One row a village and snapshot: of several Kampung KB the one with the highest sum of the three indices.

    The first row wins a tie. The number of Kampung KB stands in ``kampung_kb_count``. A row that repeats another one
    in every cell is no further Kampung KB.
    """
    rows = rows_of(parts, "classification")
    if rows.empty:
        return Assembled(table=_empty("tiers"))
    repeated = rows.duplicated(subset=[name for name in rows.columns if name != "source_row"])
    first, twins = rows[~repeated], rows[repeated]
    rows = recompute_tiers(first.reset_index(drop=True))
    issues = [*check_tiers(rows), *issues_at(twins, _all(twins), code="quality.row_repeated", severity="warning")]
    rows, second = _first_source(rows, [*_VILLAGE, "snapshot_date"])
    issues += issues_at(second, _all(second), code="quality.two_sources", severity="warning", found="source_file")
    table, others = _highest(rows)
    issues += issues_at(
        table,
        table["kampung_kb_count"] > 1,
        code="quality.several_kampung_kb",
        severity="note",
        found="kampung_kb_count",
        allowed="kampung_kb_name",
    )
    return Assembled(
        table=_shaped(table, "tiers", order=["snapshot_date"]),
        issues=issues,
        dropped=_count(
            [
                (twins, "quality.row_repeated"),
                (second, "quality.two_sources"),
                (others, "quality.several_kampung_kb"),
            ]
        ),
    )


def _highest(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the Kampung KB that stands for each village and snapshot, with their number, and the others."""
    keys = [*_VILLAGE, "snapshot_date"]
    size = rows.groupby(keys)["village_code"].transform("size")
    ranked = rows.assign(kampung_kb_count=size, _sum=rows[list(RECOMPUTED)].sum(axis=1)).sort_values(
        "_sum", ascending=False, kind="stable"
    )
    lower = ranked.duplicated(subset=keys)
    return ranked[~lower], ranked[lower]


def assemble_stunting(parts: list[Part]) -> Assembled:
    """One row a village and period; of two exports of one period the one with the later stamp.

    Targets of the separate table fill measurements that come without; a target without a period holds for all.
    """
    rows = rows_of(parts, "eppgbm")
    targets = rows_of(parts, "eppgbm_targets")
    if rows.empty:
        return Assembled(table=_empty("stunting"), dropped=_count([(targets, "quality.target_without_measurement")]))
    stamps = {part.key: part.extract.date for part in parts}
    stamp = [stamps[key] for key in zip(rows["source_file"], rows["source_sheet"], strict=True)]
    rows = rows.assign(_stamp=pd.to_datetime(pd.Series(stamp, index=rows.index)))
    ranked = rows.sort_values("_stamp", ascending=False, kind="stable")
    older = ranked.duplicated(subset=[*_VILLAGE, "period"])
    rows, superseded = ranked[~older], ranked[older]
    rows, unused = _with_targets(rows, targets)
    issues = [
        *check_stunting(rows),
        *issues_at(superseded, _all(superseded), code="quality.superseded", severity="note", found="children_stunted"),
    ]
    return Assembled(
        table=_shaped(rows.assign(source=str(Registry.EPPGBM)), "stunting", order=["period"]),
        issues=issues,
        dropped=_count([(superseded, "quality.superseded"), (unused, "quality.target_without_measurement")]),
    )


def _with_targets(rows: pd.DataFrame, targets: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill missing targets; return the rows, and the targets of which no row made use."""
    if targets.empty:
        return rows, targets
    dated = targets[targets["period"].notna()].drop_duplicates([*_VILLAGE, "period"])
    undated = targets[targets["period"].isna()].drop_duplicates(_VILLAGE)
    by_period = dated.set_index([*_VILLAGE, "period"])["children_target"]
    always = undated.set_index(_VILLAGE)["children_target"]
    keys = pd.MultiIndex.from_frame(rows[[*_VILLAGE, "period"]])
    villages = pd.MultiIndex.from_frame(rows[_VILLAGE])
    found = pd.Series(by_period.reindex(keys).array, index=rows.index).fillna(
        pd.Series(always.reindex(villages).array, index=rows.index)
    )
    filled = rows.assign(children_target=rows["children_target"].fillna(found))
    used = set(villages)
    unused = targets[[pair not in used for pair in zip(*(targets[name] for name in _VILLAGE), strict=True)]]
    return filled, unused


def assemble_families(parts: list[Part]) -> Assembled:
    """One row a village and semester; of two files the first by name."""
    rows = rows_of(parts, "verval_krs")
    if rows.empty:
        return Assembled(table=_empty("families"))
    rows, second = _first_source(rows, [*_VILLAGE, "semester"])
    return Assembled(
        table=_shaped(rows, "families", order=["semester"]),
        issues=[
            *check_families(rows),
            *issues_at(second, _all(second), code="quality.two_sources", severity="warning", found="source_file"),
        ],
        dropped=_count([(second, "quality.two_sources")]),
    )


def assemble_village_index(parts: list[Part]) -> Assembled:
    """One row a village and year; of two rows the first."""
    rows = rows_of(parts, "idm")
    if rows.empty:
        return Assembled(table=_empty("village_index"))
    again = rows.duplicated(subset=[*_VILLAGE, "year"])
    second = rows[again]
    return Assembled(
        table=_shaped(rows[~again], "village_index", order=["year"]),
        issues=issues_at(second, _all(second), code="quality.row_repeated", severity="warning"),
        dropped=_count([(second, "quality.row_repeated")]),
    )


def assemble_surveys(parts: list[Part]) -> Assembled:
    """Every figure of every survey, contradictions included."""
    rows = rows_of(parts, "surveys")
    if rows.empty:
        return Assembled(table=_empty("surveys"))
    table = rows[list(TABLES["surveys"].names)].sort_values(
        [PARTITION, "year", "survey", *_SHEET, "source_row"], kind="stable", ignore_index=True
    )
    return Assembled(table=table, issues=check_surveys(rows))


def _first_source(rows: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the first source of each key, and the rows of its other sources."""
    source = rows["source_file"] + "\n" + rows["source_sheet"].fillna("")
    first = source.groupby([rows[name] for name in keys]).transform("first") == source
    return rows[first], rows[~first]


def _shaped(rows: pd.DataFrame, name: str, *, order: Sequence[str]) -> pd.DataFrame:
    return rows[list(TABLES[name].names)].sort_values([*_VILLAGE, *order], kind="stable", ignore_index=True)


def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(TABLES[name].names))


def _all(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=rows.index, dtype=bool)


def _count(pairs: list[tuple[pd.DataFrame, str]]) -> dict[tuple[str, str | None], Counter[str]]:
    counts: dict[tuple[str, str | None], Counter[str]] = {}
    for rows, code in pairs:
        if len(rows):
            for file, sheet in zip(rows["source_file"], rows["source_sheet"], strict=True):
                counts.setdefault((file, sheet), Counter())[code] += 1
    return counts
