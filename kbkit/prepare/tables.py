"""The tables of the dataset from the rows with codes: one row a village and date, by stated rules.

Nothing is averaged or summed over sources. Where two rows speak of one village and date, one of them is taken by a
rule, the other is counted, and an issue says so.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.domain.stunting import Registry
from kbkit.prepare.assembled import VILLAGE, Assembled, count_dropped, empty_table, every_row, first_source, shaped
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import check_families, check_stunting, check_surveys, check_tiers, recompute_tiers
from kbkit.quality.issue import issues_at
from kbkit.quality.rubric import RECOMPUTED

_SHEET: Final = ["source_file", "source_sheet"]


def assemble_tiers(parts: list[Part]) -> Assembled:
    """One row a village and snapshot: of several Kampung KB the one with the highest sum of the three indices.

    The first row wins a tie. The number of Kampung KB stands in ``kampung_kb_count``. A row that repeats another one
    in every cell is no further Kampung KB.
    """
    rows = rows_of(parts, "classification")
    if rows.empty:
        return Assembled(table=empty_table("tiers"))
    repeated = rows.duplicated(subset=[name for name in rows.columns if name != "source_row"])
    first, twins = rows[~repeated], rows[repeated]
    rows = recompute_tiers(first.reset_index(drop=True))
    issues = [*check_tiers(rows), *issues_at(twins, every_row(twins), code="quality.row_repeated", severity="warning")]
    rows, second = first_source(rows, [*VILLAGE, "snapshot_date"])
    issues += issues_at(second, every_row(second), code="quality.two_sources", severity="warning", found="source_file")
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
        table=shaped(table, "tiers", order=["snapshot_date"]),
        issues=issues,
        dropped=count_dropped(
            [
                (twins, "quality.row_repeated"),
                (second, "quality.two_sources"),
                (others, "quality.several_kampung_kb"),
            ]
        ),
    )


def _highest(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the Kampung KB that stands for each village and snapshot, with their number, and the others."""
    keys = [*VILLAGE, "snapshot_date"]
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
        return Assembled(
            table=empty_table("stunting"), dropped=count_dropped([(targets, "quality.target_without_measurement")])
        )
    stamps = {part.key: part.extract.date for part in parts}
    stamp = [stamps[key] for key in zip(rows["source_file"], rows["source_sheet"], strict=True)]
    rows = rows.assign(_stamp=pd.to_datetime(pd.Series(stamp, index=rows.index)))
    ranked = rows.sort_values("_stamp", ascending=False, kind="stable")
    older = ranked.duplicated(subset=[*VILLAGE, "period"])
    rows, superseded = ranked[~older], ranked[older]
    rows, unused = _with_targets(rows, targets)
    issues = [
        *check_stunting(rows),
        *issues_at(
            superseded, every_row(superseded), code="quality.superseded", severity="note", found="children_stunted"
        ),
    ]
    return Assembled(
        table=shaped(rows.assign(source=str(Registry.EPPGBM)), "stunting", order=["period"]),
        issues=issues,
        dropped=count_dropped([(superseded, "quality.superseded"), (unused, "quality.target_without_measurement")]),
    )


def _with_targets(rows: pd.DataFrame, targets: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill missing targets; return the rows, and the targets of which no row made use."""
    if targets.empty:
        return rows, targets
    dated = targets[targets["period"].notna()].drop_duplicates([*VILLAGE, "period"])
    undated = targets[targets["period"].isna()].drop_duplicates(VILLAGE)
    by_period = dated.set_index([*VILLAGE, "period"])["children_target"]
    always = undated.set_index(VILLAGE)["children_target"]
    keys = pd.MultiIndex.from_frame(rows[[*VILLAGE, "period"]])
    villages = pd.MultiIndex.from_frame(rows[VILLAGE])
    found = pd.Series(by_period.reindex(keys).array, index=rows.index).fillna(
        pd.Series(always.reindex(villages).array, index=rows.index)
    )
    filled = rows.assign(children_target=rows["children_target"].fillna(found))
    used = set(villages)
    unused = targets[[pair not in used for pair in zip(*(targets[name] for name in VILLAGE), strict=True)]]
    return filled, unused


def assemble_families(parts: list[Part]) -> Assembled:
    """One row a village and semester; of two files the first by name."""
    rows = rows_of(parts, "verval_krs")
    if rows.empty:
        return Assembled(table=empty_table("families"))
    rows, second = first_source(rows, [*VILLAGE, "semester"])
    return Assembled(
        table=shaped(rows, "families", order=["semester"]),
        issues=[
            *check_families(rows),
            *issues_at(second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"),
        ],
        dropped=count_dropped([(second, "quality.two_sources")]),
    )


def assemble_village_index(parts: list[Part]) -> Assembled:
    """One row a village and year; of two rows the first."""
    rows = rows_of(parts, "idm", "idm_recommendation")
    if rows.empty:
        return Assembled(table=empty_table("village_index"))
    again = rows.duplicated(subset=[*VILLAGE, "year"])
    second = rows[again]
    return Assembled(
        table=shaped(rows[~again], "village_index", order=["year"]),
        issues=issues_at(second, every_row(second), code="quality.row_repeated", severity="warning"),
        dropped=count_dropped([(second, "quality.row_repeated")]),
    )


def assemble_surveys(parts: list[Part]) -> Assembled:
    """Every figure of every survey, contradictions included."""
    rows = rows_of(parts, "surveys")
    if rows.empty:
        return Assembled(table=empty_table("surveys"))
    table = rows[list(TABLES["surveys"].names)].sort_values(
        [PARTITION, "year", "survey", *_SHEET, "source_row"], kind="stable", ignore_index=True
    )
    return Assembled(table=table, issues=check_surveys(rows))
