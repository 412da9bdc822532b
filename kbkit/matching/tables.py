"""Codes for the rows of a source: its canonical table with ``village_code``, and the audit of every decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from kbkit.dataset.schema import NO_REGENCY, PARTITION, TABLES
from kbkit.ingest.extract import CODE, ROW, Extract
from kbkit.matching.gazetteer import gazetteer_of
from kbkit.matching.regencies import find_regency, find_regency_in_words
from kbkit.matching.register import load_register
from kbkit.matching.villages import Decision, Name, match_names

VILLAGE: Final = "village_code"
NO_NAME: Final = Decision(reason="matching.no_village_name")
NO_REGENCY_FOUND: Final = Decision(reason="matching.regency_unknown")


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What became of the rows of one source.

    Attributes:
        rows: the rows with a code: the canonical table with ``regency_code``, ``village_code`` and the source's file
            and sheet.
        matches: the table ``matches`` of the dataset for these rows.
        unmatched: the table ``unmatched`` for the others.
    """

    rows: pd.DataFrame
    matches: pd.DataFrame
    unmatched: pd.DataFrame


def match_extract(extract: Extract, *, within: str | None, several_allowed: bool) -> Matched:
    """Find the village of every row of a source by its names.

    Args:
        extract: what a layout's reader returned.
        within: column that divides the source into parts of which each has a village once (its period, its semester);
            ``None`` where the source is one part.
        several_allowed: whether more than one row of a part may be about one village, as with Kampung KB.
    """
    table = extract.table.reset_index(drop=True)
    regencies = regency_codes(extract)
    parts = table[within].tolist() if within else [None] * len(table)
    names = _names(table)
    by_part: dict[tuple[str, Any], set[Name]] = {}
    for regency, part, name in zip(regencies, parts, names, strict=True):
        if regency and name:
            by_part.setdefault((regency, part), set()).add(name)
    decided = {key: match_names(members, gazetteer=gazetteer_of(key[0])) for key, members in by_part.items()}
    decisions = [
        NO_REGENCY_FOUND if not regency else NO_NAME if not name else decided[regency, part][name]
        for regency, part, name in zip(regencies, parts, names, strict=True)
    ]
    if not several_allowed:
        decisions = _refuse_double_claims(table, parts, decisions)
    return audit(extract, regencies=regencies, decisions=decisions, by_name=True)


def audit(
    extract: Extract, *, regencies: Sequence[str | None], decisions: Sequence[Decision], by_name: bool
) -> Matched:
    """Divide the rows of a source by their decisions.

    Args:
        extract: what a layout's reader returned.
        regencies: regency of each row, ``None`` where it cannot be told.
        decisions: decision of each row.
        by_name: whether a name became a code, which is worth a record; a code that is its own is not.
    """
    file, sheet = extract.sheet.file, extract.sheet.sheet
    rows_read = len(extract.table)
    table = extract.table.reset_index(drop=True).assign(
        source_file=_texts([file] * rows_read),
        source_sheet=_texts([sheet] * rows_read),
        **{
            PARTITION: _texts([code or NO_REGENCY for code in regencies]),
            VILLAGE: _texts([decision.code for decision in decisions]),
        },
    )
    found = [decision for decision in decisions if decision.code]
    left = [decision for decision in decisions if not decision.code]
    # Most sources are matched whole, and most tables are small: what need not be made is worth asking.
    with_code = table[VILLAGE].notna() if left else None
    rows = table if with_code is None else table.loc[with_code]
    others = {} if with_code is None else _named(table.loc[~with_code], extract.layout) | _refused(left)
    return Matched(
        rows=rows,
        matches=_frame("matches", _named(rows, extract.layout) | _accepted(found) if by_name else {}),
        unmatched=_frame("unmatched", others),
    )


_NAMES: Final = ("province_found", "regency_found", "district_found")
_ORIGIN: Final = (PARTITION, ROW, "source_file", "source_sheet")
_CHILDREN: Final = ("children_measured", "children_stunted")

_Columns = Mapping[str, Sequence[Any]]


def _named(rows: pd.DataFrame, layout: str) -> dict[str, Sequence[Any]]:
    """Return where rows stand and what they name."""
    kept = {name: rows[name].tolist() for name in (*_ORIGIN, *_NAMES, *_CHILDREN) if name in rows}
    names = zip(rows["village_found"].tolist(), rows[CODE].tolist(), strict=True)
    return kept | {"layout": [layout] * len(rows), "village_found": [village or code for village, code in names]}


def _accepted(decisions: Sequence[Decision]) -> dict[str, Sequence[Any]]:
    best, others = [item.best for item in decisions], [item.runner_up for item in decisions]
    return {
        VILLAGE: [item.code for item in decisions],
        "method": [item.method for item in decisions],
        "score": [item.score if item else None for item in best],
        "runner_up_code": [item.code if item else None for item in others],
        "runner_up_score": [item.score if item else None for item in others],
    }


def _refused(decisions: Sequence[Decision]) -> dict[str, Sequence[Any]]:
    villages = load_register().villages
    nearest = [villages.get(item.best.code) if item.best else None for item in decisions]
    scores = [item.best.score if item.best else None for item in decisions]
    return {
        "reason": [item.reason for item in decisions],
        "nearest_code": [village.code if village else None for village in nearest],
        "nearest_name": [village.name if village else None for village in nearest],
        "nearest_score": [score if village else None for score, village in zip(scores, nearest, strict=True)],
    }


def _frame(name: str, columns: _Columns) -> pd.DataFrame:
    """Return the columns of a table of the dataset; one that is not given is missing."""
    if not columns:
        return _empty(name)
    missing = [None] * len(next(iter(columns.values())))
    return pd.DataFrame({column: columns.get(column, missing) for column in TABLES[name].names}, dtype="object")


@cache
def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(TABLES[name].names), dtype="object")


def _texts(values: Sequence[str | None]) -> pd.Series:
    """Return texts as the objects they are: few different ones stand in many rows, and each is held once."""
    return pd.Series(values, dtype="object")


def _names(table: pd.DataFrame) -> list[Name | None]:
    columns = (table[name].tolist() for name in ("village_found", "district_found", "health_centre_found", CODE))
    return [
        Name(village=village, district=district, health_centre=centre, tail=tail) if village else None
        for village, district, centre, tail in zip(*columns, strict=True)
    ]


def regency_codes(extract: Extract) -> list[str | None]:
    """Return the regency of each row: by its own names, else by what the sheet says outside its rows."""
    hinted = hinted_regency(extract)
    pairs = list(zip(extract.table["regency_found"].tolist(), extract.table["province_found"].tolist(), strict=True))
    found = {
        (name, province): regency.code
        for name, province in set(pairs)
        if name and (regency := find_regency(name, province=province))
    }
    return [found.get(pair) if pair[0] else hinted for pair in pairs]


def hinted_regency(extract: Extract) -> str | None:
    """Return the code of the regency that a sheet names outside its rows, ``None`` where no text names one."""
    regencies = (find_regency_in_words(text) for _, text in extract.regency_hints)
    return next((regency.code for regency in regencies if regency), None)


def _refuse_double_claims(table: pd.DataFrame, parts: Sequence[Any], decisions: Sequence[Decision]) -> list[Decision]:
    """Take the code from every row of a village that two rows of one part claim.

    Which of the two is right is not for a program to say. Of rows that are equal in every cell the first keeps it.
    """
    claims: dict[tuple[Any, str], list[int]] = {}
    for index, (part, decision) in enumerate(zip(parts, decisions, strict=True)):
        if decision.code:
            claims.setdefault((part, decision.code), []).append(index)
    refused = list(decisions)
    for indices in claims.values():
        if len(indices) > 1:
            same = len(table.loc[indices].drop(columns=ROW).drop_duplicates()) == 1
            reason = "matching.row_repeated" if same else "matching.claimed_twice"
            for index in indices[1:] if same else indices:
                refused[index] = Decision(reason=reason, best=decisions[index].best)
    return refused
