"""Survey prevalences of stunting by regency (SSGI, SKI, Riskesdas), a table of ours with Kemendagri codes.

Labels are kept as printed: an "SSGI 2023", which is SKI 2023 mislabelled, is reported and not rewritten. A figure
from a register (e-PPGBM) is no survey figure and is refused: the two are never one series.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import CODE, ROW, Extract, Layout, canonical_table
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.sheet import RawSheet

NAME: Final = "surveys"

_FIELDS: Final = (
    Field(name=CODE, headings=("KODE KEMENDAGRI",)),
    Field(name="regency_found", headings=("WILAYAH", "KABUPATEN KOTA"), required=False),
    Field(name="year", headings=("TAHUN",)),
    Field(name="survey", headings=("SURVEI", "SURVEY")),
    Field(name="prevalence", headings=("PREVALENSI PERSEN", "PREVALENSI %")),
    Field(name="lower", headings=("BATAS BAWAH PERSEN",), required=False),
    Field(name="upper", headings=("BATAS ATAS PERSEN",), required=False),
    Field(name="publisher", headings=("SUMBER",), required=False),
    Field(name="remark", headings=("CATATAN",), required=False),
)
_COLUMNS: Final = {
    "survey": "object",
    "year": "Int64",
    "prevalence": "Float64",
    "lower": "Float64",
    "upper": "Float64",
    "publisher": "object",
    "remark": "object",
}
_SURVEY: Final = re.compile(r"(?:riskesdas|ssgi|ssgbi|ski|psg)\b", re.IGNORECASE)
_YEARS: Final = range(2007, 2046)
"""From the first Riskesdas to the last year of the current long-term plan."""


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=_FIELDS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    del given  # every row carries its year
    cells = CellReader(sheet, fit)
    rows = cells.filled_rows()
    records = [record for row in rows if (record := _record(cells, row))]
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table(records, _COLUMNS),
        faults=tuple(cells.faults),
        rows_read=len(rows),
        dated_by="content",
    )


def _record(cells: CellReader, row: int) -> dict[str, Any] | None:
    """Return a row; ``None`` where its survey, year or prevalence cannot be read."""
    survey = cells.text(row, "survey")
    year = cells.count(row, "year")
    percents = {
        name: cells.real(row, name, lower=0, upper=100, percent=True) for name in ("prevalence", "lower", "upper")
    }
    if survey is None or not _SURVEY.match(survey):
        cells.fault("ingest.not_a_survey", row=row, name="survey", allowed="SSGI, SKI, Riskesdas")
        return None
    if year not in _YEARS:
        cells.fault("ingest.not_a_year", row=row, name="year", allowed=f"{_YEARS[0]}–{_YEARS[-1]}")
        return None
    if percents["prevalence"] is None:
        cells.fault("ingest.no_prevalence", row=row, name="prevalence", allowed="0–100")
        return None
    return (
        {ROW: row + 1, "survey": survey, "year": year}
        | {name: None if value is None else round(value / 100, 6) for name, value in percents.items()}
        | {name: cells.text(row, name) for name in (CODE, "regency_found", "publisher", "remark")}
    )


SURVEYS: Final = Layout(name=NAME, recognise=_recognise, read=_read)
