"""What people decided about names that no step could place, applied to the rows of one source.

A decision is about a *case*: mostly a name in its regency and kecamatan, wherever it stands; one row of one file where
a name alone does not tell rows apart. It never moves a row that a step has placed, and never gives one village to two
rows of a part: where it would, the row stays unmatched and a fault says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from kbkit.dataset.schema import NO_REGENCY, PARTITION, TABLES
from kbkit.domain.regions import RegionCode
from kbkit.errors import Fault
from kbkit.ingest.extract import ROW, Extract
from kbkit.matching.tables import VILLAGE, Matched

METHOD: Final = "decision"
IGNORED: Final = "matching.ignored"

_CLAIMED: Final = "matching.claimed_twice"
_BY_ROW: Final = frozenset({_CLAIMED, "matching.no_village_name"})
"""Reasons that rows of one name have each for itself."""
_WITHOUT_DISTRICT: Final = "matching.name_twice"
"""The same where no kecamatan is written."""
_SETTLED: Final = frozenset({"matching.row_repeated", IGNORED})
"""Reasons that leave nothing to decide."""


@dataclass(frozen=True, order=True, kw_only=True)
class Case:
    """What one decision is about. Names in capitals, white space collapsed; file, sheet and row only by row."""

    regency: str
    district: str
    village: str
    file: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was decided about a case, and where that is written.

    Attributes:
        code: village code; ``None`` where the name is to be ignored.
        file: file that holds the decision.
        sheet: its sheet.
        row: its row.
        remembered: whether it is an earlier one that came with the dataset.
    """

    code: str | None
    file: str
    sheet: str | None = None
    row: int | None = None
    remembered: bool = False


Decisions = Mapping[Case, Verdict]


@dataclass(frozen=True, kw_only=True)
class Applied:
    """A source after its decisions.

    Attributes:
        matched: rows with codes, and the audit.
        met: cases that occur in the source.
        faults: decisions that could not be followed.
    """

    matched: Matched
    met: frozenset[Case] = frozenset()
    faults: tuple[Fault, ...] = ()


def name_case(regency: str | None, district: Any, village: Any) -> Case:
    """Return the case of a name."""
    return Case(regency=regency or NO_REGENCY, district=_folded(district), village=_folded(village))


def row_case(row: Mapping[Any, Any]) -> Case:
    """Return the case of a row of the table ``unmatched``: its name, or the row where the name does not do."""
    by_row, by_name = _cases(row)
    alone = row["reason"] in _BY_ROW or (row["reason"] == _WITHOUT_DISTRICT and not by_name.district)
    return by_row if alone else by_name


def _cases(row: Mapping[Any, Any]) -> tuple[Case, Case]:
    """Return the two cases under which a row may have been decided: itself, and its name."""
    case = name_case(row[PARTITION], row["district_found"], row["village_found"])
    sheet = row["source_sheet"] if isinstance(row["source_sheet"], str) else ""
    return replace(case, file=row["source_file"], sheet=sheet, row=int(row["source_row"])), case


def is_open(row: Mapping[Any, Any]) -> bool:
    """Whether a person can say which village a row of the table ``unmatched`` is about.

    A code that the register does not know, without a name beside it, says nothing to a person either.
    """
    return row["reason"] not in _SETTLED and not _is_code(row["village_found"])


def apply_decisions(extract: Extract, matched: Matched, decisions: Decisions, *, several_allowed: bool) -> Applied:
    """Follow the decisions about the rows of one source.

    Args:
        extract: what a layout's reader returned.
        matched: what the steps made of it.
        decisions: decision of each case.
        several_allowed: whether more than one row of a part may be about one village, as with Kampung KB.
    """
    # A decision about the row itself goes before one about its name.
    cases = {
        index: [case for case in _cases(row) if case in decisions]
        for index, row in enumerate(matched.unmatched.to_dict("records"))
        if is_open(row)
    }
    found = {index: known[0] for index, known in cases.items() if known}
    placed = _names_placed(matched, decisions)
    overtaken = tuple(
        _fault("matching.decision_overtaken", decisions[case], found=code, allowed=decisions[case].code)
        for case, code in placed.items()
        if decisions[case].code != code
    )
    met = frozenset(case for known in cases.values() for case in known) | placed.keys()
    if not found:
        return Applied(matched=matched, met=met, faults=overtaken)
    codes = {index: code for index, case in found.items() if (code := decisions[case].code)}
    refused = set() if several_allowed else _claimed(extract, matched, codes)
    taken = {index: code for index, code in codes.items() if index not in refused}
    return Applied(
        matched=_moved(
            extract,
            matched,
            taken,
            left=dict.fromkeys(found.keys() - codes.keys(), IGNORED) | dict.fromkeys(refused, _CLAIMED),
        ),
        met=met,
        faults=(
            *overtaken,
            *(
                _fault("matching.decision_claimed", decisions[found[index]], found=found[index].village)
                for index in sorted(refused)
            ),
        ),
    )


def _names_placed(matched: Matched, decisions: Decisions) -> dict[Case, str]:
    """Return the cases that a step has placed meanwhile, each with its village."""
    columns = (matched.matches[name] for name in (PARTITION, "district_found", "village_found", VILLAGE))
    named = {
        name_case(regency, district, village): code for regency, district, village, code in zip(*columns, strict=True)
    }
    return {case: code for case, code in named.items() if case in decisions}


def _claimed(extract: Extract, matched: Matched, codes: Mapping[int, str]) -> set[int]:
    """Return the rows whose village another row of the same part has, or was decided to have."""
    parts = dict(zip(extract.table[ROW], _parts(extract.table), strict=True))
    rows = matched.unmatched["source_row"].tolist()
    held = Counter((parts[row], code) for row, code in zip(matched.rows[ROW], matched.rows[VILLAGE], strict=True))
    held.update((parts[rows[index]], code) for index, code in codes.items())
    return {index for index, code in codes.items() if held[parts[rows[index]], code] > 1}


def _parts(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield what divides a source into parts with each village once: the time of each row, where rows have one."""
    times = [table[name].astype("object") for name in ("period", "semester", "year", "month") if name in table]
    return zip(*times, strict=True) if times else iter([()] * len(table))


def _moved(extract: Extract, matched: Matched, taken: Mapping[int, str], *, left: Mapping[int, str]) -> Matched:
    """Return the source with the decided rows among the matched ones, and the reasons of those that were left."""
    unmatched = matched.unmatched.reset_index(drop=True)
    decided = unmatched.loc[list(taken)].assign(
        **{VILLAGE: list(taken.values()), PARTITION: [code[:5] for code in taken.values()], "method": METHOD}
    )
    rows = extract.table[extract.table[ROW].isin(decided["source_row"])].assign(
        source_file=extract.sheet.file, source_sheet=extract.sheet.sheet
    )
    by_row = decided.set_index("source_row")
    rows = rows.assign(**{PARTITION: rows[ROW].map(by_row[PARTITION]), VILLAGE: rows[ROW].map(by_row[VILLAGE])})
    others = unmatched.drop(index=list(taken))
    reasons = zip(others.index.tolist(), others["reason"].tolist(), strict=True)
    others["reason"] = [left.get(index, reason) for index, reason in reasons]
    return Matched(
        rows=_joined(matched.rows, rows[list(matched.rows.columns)]),
        matches=_joined(matched.matches, decided.reindex(columns=list(TABLES["matches"].names))),
        unmatched=others.reset_index(drop=True),
    )


def _joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Join two tables; an empty one has no say about types."""
    filled = [frame for frame in (first, second) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else first


def _fault(code: str, verdict: Verdict, *, found: str, allowed: str | None = None) -> Fault:
    return Fault(
        code=code,
        severity="warning",
        file=verdict.file,
        sheet=verdict.sheet,
        row=verdict.row,
        found=found,
        allowed=allowed,
    )


def _folded(text: Any) -> str:
    return " ".join(text.upper().split()) if isinstance(text, str) else ""


def _is_code(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(RegionCode(text))
    except ValueError:
        return False
