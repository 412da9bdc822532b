"""The list of interventions: who plans and does what in which village, with its money and its attainment.

One row a village, year (or part of it), intervention, agency and source of money. An intervention that the default
list knows brings its programme group, kind and target group along where the row leaves them blank; where the row says
otherwise the row holds, and a fault shows both.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from kbkit.domain.agencies import DEFAULT_AGENCIES, agency_key
from kbkit.domain.funding import FUNDING_SOURCES, source_key
from kbkit.domain.interventions import (
    DEFAULT_INTERVENTIONS,
    INTERVENTIONS,
    KIND_NAMES,
    TARGET_GROUPS,
    intervention_key,
    kind_key,
    target_key,
)
from kbkit.domain.programmes import PROGRAMME_GROUPS
from kbkit.domain.spelling import plain_words
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.headings import Field, Recognition, find_headings
from kbkit.ingest.office_list import (
    PLACE_COLUMNS,
    Vocabulary,
    read_list,
    read_name,
    read_period_of_year,
    read_place,
    read_rupiah,
    read_word,
    read_year,
)
from kbkit.ingest.sheet import RawSheet

NAME: Final = "interventions"

COLUMNS: Final = (
    *PLACE_COLUMNS,
    Field(name="period", headings=("PERIODE", "TRIWULAN", "WAKTU"), required=False),
    Field(name="programme_group", headings=("KELOMPOK PROGRAM", "PROGRAM"), required=False),
    Field(name="intervention", headings=("INTERVENSI", "KEGIATAN")),
    Field(name="kind", headings=("JENIS", "JENIS INTERVENSI"), required=False),
    Field(name="target_group", headings=("KELOMPOK SASARAN", "SASARAN"), required=False),
    Field(name="lead_agency", headings=("OPD PENANGGUNG JAWAB", "PENANGGUNG JAWAB", "OPD")),
    Field(name="supporting_agencies", headings=("OPD PENDUKUNG", "PENDUKUNG"), required=False),
    Field(name="funding_source", headings=("SUMBER DANA",), required=False),
    Field(name="volume", headings=("VOLUME",), required=False),
    Field(name="unit", headings=("SATUAN",), required=False),
    Field(name="target", headings=("TARGET", "TARGET SASARAN"), required=False),
    Field(name="attained", headings=("CAPAIAN", "REALISASI"), required=False),
    Field(name="budget", headings=("ANGGARAN RP", "ANGGARAN"), required=False),
    Field(name="spent", headings=("REALISASI ANGGARAN RP", "REALISASI ANGGARAN"), required=False),
)
"""Columns of the layout in the order of the template."""

_TYPES: Final = {
    "year": "Int64",
    "period": "object",
    "intervention": "object",
    "intervention_key": "object",
    "programme_group": "Int64",
    "kind": "object",
    "target_group": "object",
    "lead_agency": "object",
    "lead_agency_key": "object",
    "supporting_agencies": "object",
    "funding_source": "object",
    "volume": "Float64",
    "unit": "object",
    "target": "Int64",
    "attained": "Int64",
    "budget": "Int64",
    "spent": "Int64",
}
_CLASSES: Final = {"programme_group": "group", "kind": "kind", "target_group": "target"}
"""Columns that a known intervention fills, and the attribute that fills them."""
_LEADING_NUMBER: Final = re.compile(r"([1-8])(?!\d)")
_GROUP_NAMES: Final = {plain_words(group.name): number for number, group in PROGRAMME_GROUPS.items()}


def _group_number(text: str) -> int | None:
    """Return the number of a programme group: ``4``, ``4. Pendampingan …`` or its name alone."""
    found = _LEADING_NUMBER.match(text)
    return int(found[1]) if found else _GROUP_NAMES.get(plain_words(text))


_GROUPS: Final = Vocabulary(key_of=_group_number, words=tuple(str(number) for number in PROGRAMME_GROUPS))
_KINDS: Final = Vocabulary(key_of=kind_key, words=tuple(KIND_NAMES.values()))
_TARGETS: Final = Vocabulary(key_of=target_key, words=tuple(TARGET_GROUPS.values()))
_SOURCES: Final = Vocabulary(key_of=source_key, words=tuple(source.name for source in FUNDING_SOURCES))
_AGENCIES: Final = Vocabulary(key_of=agency_key, words=tuple(agency.name for agency in DEFAULT_AGENCIES))
_INTERVENTIONS: Final = Vocabulary(
    key_of=intervention_key, words=tuple(intervention.name for intervention in DEFAULT_INTERVENTIONS)
)


def _recognise(sheet: RawSheet) -> Recognition:
    return find_headings(sheet, layout=NAME, fields=COLUMNS)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    return read_list(CellReader(sheet, fit), layout=NAME, types=_TYPES, read_row=_record)


def _record(cells: CellReader, row: int) -> dict[str, Any] | None:
    """Return a row, ``None`` where it does not say what it is about."""
    year = read_year(cells, row)
    period = read_period_of_year(cells, row, year) if year else None
    intervention, key = read_name(cells, row, "intervention", _INTERVENTIONS)
    if intervention is None:
        cells.fault("lists.no_intervention", row=row, name="intervention")
    if period is None or intervention is None:
        return None
    agency, agency_of = read_name(cells, row, "lead_agency", _AGENCIES)
    return (
        read_place(cells, row)
        | {"year": year, "period": period, "intervention": intervention, "intervention_key": key}
        | _classes(cells, row, key)
        | {"lead_agency": agency, "lead_agency_key": agency_of, "supporting_agencies": _supporting(cells, row)}
        | {"funding_source": read_word(cells, row, "funding_source", _SOURCES), "unit": cells.text(row, "unit")}
        | {"volume": cells.real(row, "volume", lower=0)}
        | {name: cells.count(row, name) for name in ("target", "attained")}
        | {name: read_rupiah(cells, row, name) for name in ("budget", "spent")}
    )


def _classes(cells: CellReader, row: int, key: str | None) -> dict[str, Any]:
    """Return group, kind and target group: as the row says, else as the known intervention has them."""
    said = {
        "programme_group": read_word(cells, row, "programme_group", _GROUPS),
        "kind": read_word(cells, row, "kind", _KINDS),
        "target_group": read_word(cells, row, "target_group", _TARGETS),
    }
    item = INTERVENTIONS[key] if key else None
    known = {name: getattr(item, attribute, None) for name, attribute in _CLASSES.items()}
    for name in ("programme_group", "kind"):
        if item is not None and said[name] is not None and said[name] != known[name]:
            usual = KIND_NAMES[item.kind] if name == "kind" else str(item.group)
            cells.fault("lists.unusual_class", row=row, name=name, allowed=usual, severity="note")
    return {name: said[name] if said[name] is not None else known[name] for name in said}


def _supporting(cells: CellReader, row: int) -> str | None:
    """Return the names of the supporting agencies, parted by ``; `` however the cell parts them."""
    text = cells.text(row, "supporting_agencies")
    return "; ".join(part for piece in re.split(r"[;\n]", text) if (part := piece.strip())) or None if text else None


INTERVENTION_LIST: Final = Layout(name=NAME, recognise=_recognise, read=_read)
