"""The portal's export "Klasifikasi": rows with their faults, and the workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pandas as pd

from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.mark import MARK
from kbkit.demo.places_written import choose_special, write_places
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams
from kbkit.demo.workbook import open_workbook
from kbkit.domain.tiers import SCORES, Tier, classify_scores

FOLDER: Final = "kampung_kb"

HEADINGS: Final = (
    "No",
    "Kampung KB",
    "Provinsi",
    "Kabupaten",
    "Kecamatan",
    "Desa",
    "Input Pokja",
    "Input Sumber Dana",
    "Input Poktan",
    "Input Sarana",
    "Input PKB/PLKB",
    "Proses Penggunaan Data",
    "Proses Operasional",
    "Proses Lintas Sektor",
    "Output Poktan",
    "Output CPR",
    "Output MKJP",
    "Output Unmet Need",
    "Index Input",
    "Index Proses",
    "Index Output",
    "Klasifikasi",
)

_SCORE_HEADINGS: Final = HEADINGS[6:18]
_INDEX_HEADINGS: Final = HEADINGS[18:21]


def write_portal_export(
    folder: Path, *, population: Population, snapshot: dt.date, streams: Streams
) -> tuple[PlantedFault, ...]:
    """Write the export of one snapshot, all regencies in one file, and return the faults planted in it."""
    file = f"{FOLDER}/kkb_klasifikasi_{snapshot.isoformat()}.xlsx"
    kinds, rows = _rows_of_snapshot(population, snapshot, streams)
    doubled, second = choose_special(population, streams)
    written = pd.concat([rows, rows[rows["village_code"].isin(doubled)], _second_row(rows, second)], ignore_index=True)
    _write_workbook(folder / file, written)
    names = dict(zip(rows["village_code"], rows["Desa"], strict=True))
    return (
        *(
            PlantedFault(kind=kind, file=file, village_code=code, written=names[code])
            for code, kind in kinds.items()
            if code in names
        ),
        *(PlantedFault(kind=FaultKind.DUPLICATE_ROW, file=file, village_code=code) for code in doubled),
        PlantedFault(kind=FaultKind.SECOND_KAMPUNG_KB, file=file, village_code=second),
    )


def _rows_of_snapshot(
    population: Population, snapshot: dt.date, streams: Streams
) -> tuple[dict[str, FaultKind], pd.DataFrame]:
    """Return the name faults by village and one row a Kampung KB, columns village_code and ``HEADINGS``."""
    kinds, places = write_places(population, streams)
    tiers = population.tiers[population.tiers["snapshot_date"] == snapshot]
    return kinds, _as_written(places.merge(tiers, on="village_code", validate="one_to_one"))


def _as_written(table: pd.DataFrame) -> pd.DataFrame:
    scores = table[list(SCORES)].to_numpy().tolist()
    judged = [classify_scores(dict(zip(SCORES, row, strict=True))) for row in scores]
    indices = {name: [float(row[place]) for row in judged] for place, name in enumerate(_INDEX_HEADINGS)}
    return table.assign(
        Klasifikasi=[row[3].value.capitalize() for row in judged],
        **dict(zip(_SCORE_HEADINGS, (table[name] for name in SCORES), strict=True)),
        **indices,
    )[["village_code", *HEADINGS]]


def _second_row(rows: pd.DataFrame, village_code: str) -> pd.DataFrame:
    """Return the row of the second Kampung KB of a village: nothing entered, lowest tier."""
    row = rows[rows["village_code"] == village_code].copy()
    row[list(_SCORE_HEADINGS)] = 1
    row[list(_INDEX_HEADINGS)] = 1.0
    return row.assign(Klasifikasi=Tier.DASAR.value.capitalize(), **{"Kampung KB": row["Kampung KB"] + " II"})


def _write_workbook(path: Path, rows: pd.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet(MARK)
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows[list(HEADINGS)].itertuples(index=False), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write_number(number, column, value)
