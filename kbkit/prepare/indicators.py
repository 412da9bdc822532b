"""The tidy table ``village_indicators``: one row a village, indicator and period, from every register of villages."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from kbkit.domain.indicators import INDICATORS
from kbkit.ingest import REGISTER_NAMES
from kbkit.prepare.assembled import VILLAGE, Assembled, count_dropped, empty_table, every_row, first_source, shaped
from kbkit.prepare.part import Part, rows_of
from kbkit.quality import Issue
from kbkit.quality.issue import issues_at

_TABLE: Final = "village_indicators"
_ORIGIN: Final = ["source_file", "source_sheet", "source_row"]
_KEYS: Final = [*VILLAGE, "period"]
_COUNTED: Final = "posyandu"
"""The register whose rows are the things it counts."""


def assemble_indicators(parts: list[Part]) -> Assembled:
    """Every printed value once; of two files that print one indicator of a village and period the first by name.

    Months stand beside each other and are never added; a value that is not printed has no row.
    """
    kinds = _kinds(parts)
    done = [_assemble_register(parts, name, kinds) for name in REGISTER_NAMES]
    tables = [item.table for item in done if len(item.table)]
    if not tables:
        return Assembled(table=empty_table(_TABLE), dropped=_merged(done))
    return Assembled(
        table=shaped(pd.concat(tables, ignore_index=True), _TABLE, order=["indicator", "period"]),
        issues=[issue for item in done for issue in item.issues],
        dropped=_merged(done),
    )


def _kinds(parts: list[Part]) -> dict[str, pd.CategoricalDtype]:
    """Return a type for each column of few different texts, which stand in millions of rows of a nation."""
    keys = {part.key for part in parts if part.extract.layout in REGISTER_NAMES}
    texts = {
        "indicator": set(INDICATORS),
        "layout": set(REGISTER_NAMES),
        "source_column": {item.headings[0] for item in INDICATORS.values()},
        "source_file": {file for file, _ in keys},
        "source_sheet": {sheet for _, sheet in keys if sheet is not None},
    }
    return {name: pd.CategoricalDtype(sorted(found)) for name, found in texts.items()}


def _assemble_register(parts: list[Part], register: str, kinds: dict[str, pd.CategoricalDtype]) -> Assembled:
    """Assemble one register, each set of its columns by itself: the pyramids of the two sexes are one register."""
    own = [part for part in parts if part.extract.layout == register and len(part.matched.rows)]
    sets = {_printed(part) for part in own}
    tables: list[pd.DataFrame] = []
    issues: list[Issue] = []
    dropped: list[tuple[pd.DataFrame, str]] = []
    for names in sorted(sets):
        members = [part for part in own if _printed(part) == names]
        rows, second = first_source(rows_of(members, register), _KEYS)
        dropped.append((second, "quality.two_sources"))
        issues += issues_at(
            second, every_row(second), code="quality.two_sources", severity="warning", found="source_file"
        )
        counted = _counted(rows) if register == _COUNTED else rows
        tables.append(_tidy(counted, names, kinds).assign(layout=register).astype({"layout": kinds["layout"]}))
    table = pd.concat(tables, ignore_index=True) if tables else empty_table(_TABLE)
    return Assembled(table=table, issues=issues, dropped=count_dropped(dropped))


def _printed(part: Part) -> tuple[str, ...]:
    """Return the indicators that a source prints."""
    return tuple(str(name) for name in part.matched.rows if name in INDICATORS)


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a village with the number of its rows; it stands where the first of them stands."""
    sizes = rows.groupby(_KEYS, dropna=False)[_COUNTED].transform("sum")
    return rows.assign(**{_COUNTED: sizes}).drop_duplicates(_KEYS)


def _tidy(rows: pd.DataFrame, names: tuple[str, ...], kinds: dict[str, pd.CategoricalDtype]) -> pd.DataFrame:
    parts = []
    keys = rows[[*_KEYS, *_ORIGIN]].astype({name: kinds[name] for name in _ORIGIN if name in kinds})
    for name in names:
        own = keys.assign(value=rows[name])[rows[name].notna()]
        texts = {"indicator": name, "source_column": INDICATORS[name].headings[0]}
        parts.append(own.assign(**texts).astype({column: kinds[column] for column in texts}))
    return pd.concat(parts, ignore_index=True)


def _merged(done: list[Assembled]) -> dict[tuple[str, str | None], Counter[str]]:
    merged: dict[tuple[str, str | None], Counter[str]] = {}
    for item in done:
        for key, counts in item.dropped.items():
            merged.setdefault(key, Counter()).update(counts)
    return merged
