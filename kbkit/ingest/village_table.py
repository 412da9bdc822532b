"""Registers that are a list of villages: names of the place, then a column for each indicator.

BKKBN's exports of SIGA and of the family data (PK) have this form, ``;`` or ``,`` between the fields, one row a
village or a village and month. ``KODE`` holds only the last four digits of the Kemendagri code, which repeat in every
kecamatan: the names tell the village, the digits can only confirm it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kbkit.domain.indicators import Indicator, Kind
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import CODE, ROW, Extract, Layout, canonical_table
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.periods import FilePeriod, is_undated, period_of_file, read_period
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import regency_hints
from kbkit.ingest.totals import is_sum_row

PERIOD: Final = "period"

_MONTH: Final = "month"
_YEAR: Final = "year"
_TAIL: Final = 4
PLACES: Final = (
    Field(name="province_found", headings=("PROVINSI", "NAMA PROVINSI"), required=False),
    Field(
        name="regency_found",
        headings=("KABUPATEN", "KABUPATEN KOTA", "KAB KOTA", "NAMA KABUPATEN", "NAMA KABUPATEN KOTA"),
        required=False,
    ),
    Field(name="district_found", headings=("KECAMATAN", "NAMA KECAMATAN")),
    Field(name="health_centre_found", headings=("PUSKESMAS", "NAMA PUSKESMAS"), required=False),
    Field(name=CODE, headings=("KODE",), required=False),
    Field(
        name="village_found",
        headings=(
            *("KELURAHAN", "DESA", "DESA KELURAHAN", "KELURAHAN DESA", "DESA KEL"),
            *("NAMA DESA", "NAMA KELURAHAN", "NAMA DESA KELURAHAN"),
        ),
    ),
)
"""Where a row of a register says its place. Files of one regency leave the regency out."""
NAMES: Final = tuple(place.name for place in PLACES)


@dataclass(frozen=True, kw_only=True)
class VillageTable:
    """The layout of one register.

    Attributes:
        name: of the layout.
        indicators: what its columns say.
        essential: names of the indicators without which a sheet is not this register.
        monthly: whether each row says its month.
    """

    name: str
    indicators: tuple[Indicator, ...]
    essential: frozenset[str]
    monthly: bool = False

    def as_layout(self) -> Layout:
        """Return the layout that recognises and reads the register."""
        return Layout(name=self.name, recognise=self.recognise, read=self.read)

    def recognise(self, sheet: RawSheet) -> Recognition:
        """Return how well a sheet fits."""
        return find_headings(sheet, layout=self.name, fields=tuple(self.fields()))

    def fields(self) -> Iterable[Field]:
        """Yield the columns of the register."""
        yield from PLACES
        for indicator in self.indicators:
            yield Field(name=indicator.name, headings=indicator.headings, required=indicator.name in self.essential)
        if self.monthly:
            yield Field(name=_MONTH, headings=("BULAN", "PERIODE"))
        yield Field(name=_YEAR, headings=("TAHUN",), required=False)

    def read(self, sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
        """Read a recognised sheet."""
        cells = CellReader(sheet, fit)
        dating = period_of_file(sheet, given)
        rows, sums = split_rows(cells)
        readers = {item.name: VALUE_READERS[item.kind] for item in self.indicators if cells.has(item.name)}
        records = []
        for row in rows:
            period = self._period_of(cells, row, dating)
            if period is not None or not self.monthly:
                records.append(_record(cells, row, readers) | {PERIOD: period})
        if any(is_undated(record[PERIOD]) for record in records):
            cells.faults.append(Fault(code="ingest.undated", severity="warning", file=sheet.file, sheet=sheet.sheet))
        return Extract(
            sheet=sheet,
            layout=self.name,
            table=canonical_table(records, dict.fromkeys(readers, "Float64") | {PERIOD: "object"}),
            faults=tuple(cells.faults),
            rows_read=len(rows),
            total=self._total(cells, sums),
            regency_hints=regency_hints(cells, None),
            dated_by="content" if self.monthly or cells.has(_YEAR) else dating.dated_by,
        )

    def _period_of(self, cells: CellReader, row: int, dating: FilePeriod) -> str | None:
        """Return the period of a row: its own, else the file's.

        A month that cannot be read leaves ``None`` and a fault: the row then belongs nowhere.
        """
        year = cells.count(row, _YEAR)
        if not self.monthly:
            return str(year) if year else dating.period
        period = read_period(cells.text(row, _MONTH) or "", year=year or dating.year)
        if period is None:
            cells.fault("ingest.not_a_month", row=row, name=_MONTH, allowed="AGUSTUS, AGUSTUS 2024")
        return period

    def _total(self, cells: CellReader, sums: Sequence[int]) -> dict[str, int | None]:
        """Return the counts of the only row of sums; subtotals beside it leave open which rows it adds up."""
        if len(sums) != 1:
            return {}
        counts = (item.name for item in self.indicators if item.kind == "count" and cells.has(item.name))
        return {name: cells.count(sums[0], name) for name in counts}


VALUE_READERS: Final[Mapping[Kind, Callable[[CellReader, int, str], float | None]]] = {
    "count": CellReader.count,
    "presence": CellReader.presence,
    "measure": CellReader.real,
}
"""How a cell is read, by the kind of its indicator."""


def split_rows(cells: CellReader) -> tuple[list[int], list[int]]:
    """Return the indices of the rows of villages and of the rows of sums, blank rows left out."""
    rows: list[int] = []
    sums: list[int] = []
    for row in range(cells.fit.first_data_row, len(cells.sheet.rows)):
        if not cells.blank(row):
            named_sum = is_sum_row(cells.text(row, name) for name in NAMES)
            (sums if named_sum else rows).append(row)
    cells.sums.update(sums)
    return rows, sums


def code_tail(code: str | None) -> str | None:
    """Return the last four digits of a code, whole or not: they confirm a name, whatever stands before them."""
    return code[-_TAIL:] if code else None


def _record(
    cells: CellReader, row: int, readers: Mapping[str, Callable[[CellReader, int, str], float | None]]
) -> dict[str, Any]:
    return (
        {ROW: row + 1}
        | {name: cells.text(row, name) for name in NAMES}
        | {CODE: code_tail(cells.text(row, CODE))}
        | {name: read(cells, row, name) for name, read in readers.items()}
    )
