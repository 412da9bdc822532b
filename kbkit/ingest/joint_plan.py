"""The joint plan of a coordination meeting, as its workbook comes back: a line a village, problem and intervention.

The workbook ``rakor.xlsx`` goes out with a draft in it. The meeting changes, strikes out and adds lines, and in the
months after it somebody writes down what became of each. The date of the meeting may stand in the first line only: a
blank one is that of the line above. A line of the draft carries a key and, in a hidden column, a mark of what the
draft said, so that a changed line is known as one; a line without a key is the meeting's own.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

import pandas as pd

from kbkit.domain.agencies import DEFAULT_AGENCIES, agency_key
from kbkit.domain.funding import FUNDING_SOURCES, source_key
from kbkit.domain.interventions import DEFAULT_INTERVENTIONS, intervention_key
from kbkit.domain.plans import STATUS_NAMES, STATUSES, draft_mark, status_key
from kbkit.domain.problems import PROBLEMS, problem_key
from kbkit.ingest.cells import CellReader
from kbkit.ingest.dates import only_date_in
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.office_list import PLACE_COLUMNS, Vocabulary, read_list, read_name, read_place, read_word
from kbkit.ingest.sheet import RawSheet

NAME: Final = "plan"

_PLACES: Final = tuple(column for column in PLACE_COLUMNS if column.name != "year")

COLUMNS: Final = (
    *_PLACES,
    Field(name="meeting_date", headings=("TANGGAL RAPAT",)),
    Field(name="problem", headings=("MASALAH",)),
    Field(name="intervention", headings=("INTERVENSI", "KEGIATAN")),
    Field(name="lead_agency", headings=("OPD PENANGGUNG JAWAB", "PENANGGUNG JAWAB", "OPD")),
    Field(name="supporting_agencies", headings=("OPD PENDUKUNG", "PENDUKUNG"), required=False),
    Field(name="funding_source", headings=("SUMBER DANA",), required=False),
    Field(name="volume", headings=("VOLUME",), required=False),
    Field(name="due", headings=("TENGGAT", "WAKTU"), required=False),
    Field(name="indicator", headings=("INDIKATOR",), required=False),
    Field(name="target", headings=("TARGET",), required=False),
    Field(name="status", headings=("STATUS",), required=False),
    Field(name="attained", headings=("CAPAIAN", "REALISASI"), required=False),
    Field(name="item", headings=("KODE BUTIR",), required=False),
    Field(name="mark", headings=("RANCANGAN",), required=False),
)
"""Columns of the layout in the order of the workbook."""

_TYPES: Final = {
    "meeting_date": "object",
    "problem": "object",
    "intervention": "object",
    "lead_agency": "object",
    "supporting_agencies": "object",
    "funding_source": "object",
    "volume": "Float64",
    "due": "object",
    "indicator": "object",
    "target": "object",
    "status": "object",
    "attained": "Float64",
    "item": "object",
    "changed": "Int64",
}
_PROBLEMS: Final = Vocabulary(key_of=problem_key, words=tuple(problem.name for problem in PROBLEMS.values()))
_INTERVENTIONS: Final = Vocabulary(
    key_of=intervention_key, words=tuple(intervention.name for intervention in DEFAULT_INTERVENTIONS)
)
_AGENCIES: Final = Vocabulary(key_of=agency_key, words=tuple(agency.name for agency in DEFAULT_AGENCIES))
_SOURCES: Final = Vocabulary(key_of=source_key, words=tuple(source.name for source in FUNDING_SOURCES))
_STATUSES: Final = Vocabulary(key_of=status_key, words=tuple(STATUS_NAMES.values()))
_DAY: Final = "26 September 2024, 2024-09-26, 26/09/2024"


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=COLUMNS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    meeting = given

    def read_row(cells: CellReader, row: int) -> dict[str, Any] | None:
        nonlocal meeting
        meeting = _date(cells, row, "meeting_date") or meeting
        return _record(cells, row, meeting)

    return read_list(CellReader(sheet, fit), layout=NAME, types=_TYPES, read_row=read_row)


def _record(cells: CellReader, row: int, meeting: dt.date | None) -> dict[str, Any] | None:
    """Return a line, ``None`` where it does not say of which meeting, for which problem, or who is to do it."""
    if meeting is None:
        cells.fault("lists.no_meeting", row=row, name="meeting_date", allowed=_DAY)
    problem = _named(cells, row, "problem", _PROBLEMS)
    agency = _named(cells, row, "lead_agency", _AGENCIES)
    for name, value in (("problem", problem), ("lead_agency", agency)):
        if value is None:
            cells.fault("lists.not_filled", row=row, name=name)
    if meeting is None or problem is None or agency is None:
        return None
    intervention = _named(cells, row, "intervention", _INTERVENTIONS)
    volume = cells.real(row, "volume", lower=0)
    mark = cells.text(row, "mark")
    return (
        read_place(cells, row)
        | {"meeting_date": meeting, "problem": problem, "intervention": intervention, "lead_agency": agency}
        | {"supporting_agencies": _parted(cells.text(row, "supporting_agencies"))}
        | {"funding_source": read_word(cells, row, "funding_source", _SOURCES), "volume": volume}
        | {"due": _date(cells, row, "due"), "status": read_word(cells, row, "status", _STATUSES)}
        | {name: cells.text(row, name) for name in ("indicator", "target", "item")}
        | {"attained": cells.real(row, "attained", lower=0)}
        | {"changed": int(mark != draft_mark(intervention, agency, volume)) if mark else None}
    )


def _named(cells: CellReader, row: int, name: str, vocabulary: Vocabulary) -> str | None:
    """Return the key of a known name, else the words as they stand."""
    text, key = read_name(cells, row, name, vocabulary)
    return key or text


def _date(cells: CellReader, row: int, name: str) -> dt.date | None:
    """Return a day; a text that is none is missing, and told."""
    text = cells.text(row, name)
    if text is None:
        return None
    date = only_date_in(text)
    if date is None:
        cells.fault("lists.not_a_date", row=row, name=name, allowed=_DAY, severity="warning")
    return date


def _parted(text: str | None) -> str | None:
    return "; ".join(part for piece in re.split(r"[;\n]", text) if (part := piece.strip())) or None if text else None


JOINT_PLAN: Final = Layout(name=NAME, recognise=_recognise, read=_read)


def count_plan(table: pd.DataFrame) -> dict[str, int]:
    """Count the lines of a plan: all, by status, changed against the draft, added by the meeting."""
    statuses = table["status"].fillna("")
    return {
        "lines": len(table),
        **{status: int((statuses == status).sum()) for status in STATUSES},
        "not_reported": int((statuses == "").sum()),
        "changed": int((table["changed"] == 1).sum()),
        "added": int(table["item"].isna().sum()),
    }
