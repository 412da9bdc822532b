"""The open cases of a dataset: names whose village nobody has told yet, each once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kbkit.dataset import read_metadata
from kbkit.dataset.schema import NO_REGENCY, PARTITION, TABLES
from kbkit.matching.candidates import nearest_villages
from kbkit.matching.decisions import Case, is_open, row_case
from kbkit.matching.similarity import Candidate


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A case with what helps to decide it.

    Attributes:
        case: what a decision would be about.
        regency_code: regency of the names; ``None`` where it could not be told.
        district_found: kecamatan as first written; ``None`` where the source names none.
        village_found: village as first written; ``None`` where the cell is empty.
        layouts: kinds of export that name it.
        files: files that name it.
        sheet: sheet of the first row.
        row: first row, as a spreadsheet counts it.
        rows: rows that name it.
        reason: code of the sentence that says why there is no village.
        nearest: villages with the most similar names, best first.
        children_measured: children measured in all its rows; ``None`` where none were.
    """

    case: Case
    regency_code: str | None
    district_found: str | None
    village_found: str | None
    layouts: tuple[str, ...]
    files: tuple[str, ...]
    sheet: str | None
    row: int
    rows: int
    reason: str
    nearest: tuple[Candidate, ...]
    children_measured: int | None


def open_cases(dataset: Path) -> tuple[OpenCase, ...]:
    """Return the open cases of a dataset by regency, kecamatan and name; cases without a regency first.

    Raises:
        DatasetError: no dataset there.
    """
    read_metadata(dataset)
    unmatched = pd.read_parquet(dataset / "unmatched").reindex(columns=list(TABLES["unmatched"].names))
    # A partition key comes back as a category, and whole numbers beside missing ones as floats.
    unmatched = unmatched.astype({PARTITION: "object"}).astype({PARTITION: "string"})
    grouped: dict[Case, list[dict[Any, Any]]] = {}
    for row in unmatched.astype("object").where(unmatched.notna(), None).to_dict("records"):
        if is_open(row):
            grouped.setdefault(row_case(row), []).append(row)
    return tuple(_open_case(case, grouped[case]) for case in sorted(grouped))


def _open_case(case: Case, rows: list[dict[Any, Any]]) -> OpenCase:
    first = rows[0]
    regency = None if case.regency == NO_REGENCY else case.regency
    village = first["village_found"]
    measured = [int(row["children_measured"]) for row in rows if row["children_measured"] is not None]
    return OpenCase(
        case=case,
        regency_code=regency,
        district_found=first["district_found"],
        village_found=village,
        layouts=tuple(sorted({row["layout"] for row in rows})),
        files=tuple(sorted({row["source_file"] for row in rows})),
        sheet=first["source_sheet"],
        row=int(first["source_row"]),
        rows=len(rows),
        reason=first["reason"],
        nearest=tuple(nearest_villages(village, district=first["district_found"], regency=regency))
        if regency and village
        else (),
        children_measured=sum(measured) if measured else None,
    )
