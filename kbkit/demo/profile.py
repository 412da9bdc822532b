"""The portal's export "Rekap Kampung" (*profil rinci*): counts that give back the scores of the same day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import pandas as pd

from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.mark import MARK
from kbkit.demo.places_written import choose_special, write_places
from kbkit.demo.population import Population
from kbkit.demo.portal import FOLDER
from kbkit.demo.profile_counts import Counts, draw_counts
from kbkit.demo.streams import Streams
from kbkit.demo.workbook import open_workbook
from kbkit.domain.tiers import SCORES

PLACES: Final = ("No", "Kampung KB", "Provinsi", "Kabupaten", "Kecamatan", "Desa")
COUNTS: Final = (
    *("Jumlah Sumber Dana", "Pokja Pengurusan", "Pokja SK", "Pokja Pelatihan", "Pokja Jumlah", "Pokja Jumlah Terlatih"),
    *("PLKB Pendamping", "Regulasi", "Regulasi Jumlah", "RKM", "Penggunaan Data", "Jumlah Mekanisme Operasional"),
    *("Pus", "Penduduk", "Keluarga", "Remaja", "Memiliki Balita", "Memiliki Remaja", "Memiliki Lansia"),
    *("BKB", "BKR", "BKL", "UPPKA", "PIKR", "IUD", "MOW", "MOP", "Kondom", "Implan", "Suntik", "Pil"),
    *("Hamil", "Anak Segera", "Anak Kemudian", "Tidak Ingin Anak"),
)

_IMPOSSIBLE: Final = (("Penduduk", 8_800_000_000), ("BKB", -12), ("Penduduk", 3))
"""Counts like those that real profiles hold: more people than the world, fewer than none, fewer than families."""
_FEWEST_COUPLES: Final = 60
"""Of fewer, under 30 % users are too few for a share of long-acting methods of 23-24 %: bands of two of the scores."""


def write_profile_export(
    folder: Path, *, population: Population, snapshot: dt.date, streams: Streams
) -> tuple[PlantedFault, ...]:
    """Write the export of one day, all regencies in one file, and return the faults planted in it."""
    file = f"{FOLDER}/kkb_profil_rinci_{snapshot.isoformat()}.xlsx"
    kinds, places = write_places(population, streams)
    tiers = population.tiers[population.tiers["snapshot_date"] == snapshot]
    families = population.families[["village_code", "families", "couples_reproductive_age"]]
    rows = places.merge(tiers, on="village_code", validate="one_to_one").merge(families, on="village_code")
    random = streams.generator("profile")
    counts = [
        draw_counts(
            {name: int(row[name]) for name in SCORES},
            families=max(row["families"], _FEWEST_COUPLES),
            couples=max(row["couples_reproductive_age"], _FEWEST_COUPLES),
            random=random,
        )
        for row in rows.to_dict("records")
    ]
    planted = _plant(rows["village_code"].tolist(), counts, file, population, streams)
    _write_workbook(folder / file, rows, counts)
    names = dict(zip(rows["village_code"], rows["Desa"], strict=True))
    misnamed = (
        PlantedFault(kind=kind, file=file, village_code=code, written=names[code])
        for code, kind in kinds.items()
        if code in names
    )
    return (*misnamed, *planted)


def _plant(
    codes: list[str], counts: list[Counts], file: str, population: Population, streams: Streams
) -> list[PlantedFault]:
    """Put the impossible counts into profiles of villages that stand in the export once; return what was planted."""
    doubled, second = choose_special(population, streams)
    filled = [
        index
        for index, (code, row) in enumerate(zip(codes, counts, strict=True))
        if row.get("BKB") and code not in {*doubled, second}
    ]
    wanted = _IMPOSSIBLE[: len(filled)]
    chosen = streams.generator("profile", "impossible").choice(filled, len(wanted), replace=False)
    faults = []
    for index, (heading, value) in zip(chosen.tolist(), wanted, strict=True):
        counts[index] = {**counts[index], heading: value}
        faults.append(
            PlantedFault(kind=FaultKind.IMPOSSIBLE_COUNT, file=file, village_code=codes[index], written=str(value))
        )
    return faults


def _write_workbook(path: Path, places: pd.DataFrame, counts: list[Counts]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet(MARK)
        sheet.write_row(0, 0, (*PLACES, *COUNTS))
        for number, (place, row) in enumerate(zip(places.to_dict("records"), counts, strict=True), start=1):
            values = (*(place[name] for name in PLACES), *(row.get(name) for name in COUNTS))
            for column, value in enumerate(values):
                _write_cell(sheet, number, column, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
