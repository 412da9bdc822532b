"""The tidy table ``area_indicators``: counts of regencies, kecamatan and puskesmas, each under its regency."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Final

import pandas as pd

from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.domain.indicators import INDICATORS, indicators_of
from kbkit.ingest import AREAS, Extract
from kbkit.matching import Matched
from kbkit.matching.tables import NO_REGENCY_FOUND, audit, regency_codes
from kbkit.matching.villages import Decision
from kbkit.prepare.assembled import Assembled, count_dropped, empty_table, every_row, first_source
from kbkit.prepare.part import Part, rows_of
from kbkit.quality.issue import issues_at

_TABLE: Final = "area_indicators"
_KEYS: Final = [PARTITION, "level", "area_found", "period"]
_ORIGIN: Final = ["source_file", "source_sheet", "source_row"]


def place_areas(extract: Extract, regencies: Set[str]) -> tuple[Extract, Matched]:
    """Return the rows of a source of areas that are the dataset's business, and each with its regency.

    Args:
        extract: what was read.
        regencies: codes of the dataset's regencies; rows of others, and of whole provinces, are outside. Empty for
            every regency.
    """
    codes = regency_codes(extract)
    provinces = (extract.table["level"] == "province").tolist()
    inside = [
        not province and (code is None or not regencies or code in regencies)
        for code, province in zip(codes, provinces, strict=True)
    ]
    within = replace(extract, table=extract.table.loc[inside].reset_index(drop=True))
    kept = [code for code, is_inside in zip(codes, inside, strict=True) if is_inside]
    # The regency's own code stands where a village's would: the row is about no village.
    decisions = [Decision(code=code, method="code") if code else NO_REGENCY_FOUND for code in kept]
    return within, audit(within, regencies=kept, decisions=decisions, by_name=False)


def assemble_areas(parts: list[Part]) -> Assembled:
    """Every printed count once; of two files that print one area and period the first by name."""
    tables: list[pd.DataFrame] = []
    second_rows: list[pd.DataFrame] = []
    for layout in AREAS:
        rows = rows_of(parts, layout.name)
        if rows.empty:
            continue
        rows, second = first_source(rows, _KEYS)
        second_rows.append(second)
        names = [item.name for item in indicators_of(layout.name) if item.name in rows]
        tables.append(
            rows.melt([*_KEYS, *_ORIGIN], names, var_name="indicator", value_name="value")
            .dropna(subset=["value"])
            .assign(layout=layout.name)
        )
    if not tables:
        return Assembled(table=empty_table(_TABLE))
    table = pd.concat(tables, ignore_index=True)
    table["source_column"] = table["indicator"].map(lambda name: INDICATORS[name].headings[0])
    table = table[list(TABLES[_TABLE].names)].sort_values([*_KEYS, "indicator"], kind="stable", ignore_index=True)
    return Assembled(
        table=table.astype({"value": "Float64"}),
        issues=[
            issue
            for second in second_rows
            for issue in issues_at(
                second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"
            )
        ],
        dropped=count_dropped([(second, "quality.two_sources") for second in second_rows]),
    )
