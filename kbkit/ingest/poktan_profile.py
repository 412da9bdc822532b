"""Which activity groups a village has ("Ada", "Tidak ada"), with the coordinates of the village.

Its column ``PUS`` holds 1 in every row and no number of couples: it is not read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from kbkit.domain.indicators import indicators_of
from kbkit.ingest.cells import CellReader
from kbkit.ingest.coordinates import without_destroyed_coordinates
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.headings import Recognition
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.village_table import VillageTable, split_rows

NAME: Final = "poktan_profile"

_TABLE: Final = VillageTable(
    name=NAME,
    indicators=indicators_of(NAME),
    essential=frozenset({"has_kampung_kb", "has_data_house", "has_bkb", "has_bkr", "has_bkl"}),
)


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    rows, _ = split_rows(CellReader(sheet, fit))
    sound, faults = without_destroyed_coordinates(sheet, fit, rows=rows)
    extract = _TABLE.read(sheet, sound, given)
    return replace(extract, faults=(*faults, *extract.faults))


POKTAN_PROFILE: Final = Layout(name=NAME, recognise=_TABLE.recognise, read=_read)
