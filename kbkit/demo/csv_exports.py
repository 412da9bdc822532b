"""The CSV exports: Verval KRS, Indeks Desa Membangun, survey values."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from kbkit.demo.mark import MARK
from kbkit.demo.population import Population

FOLDER: Final = "pendukung"

_SEMESTER: Final = "Sem 2 2023"
_KRS_HEADINGS: Final = {
    "families": "JUMLAH KELUARGA",
    "families_target": "JUMLAH KELUARGA SASARAN",
    "welfare_1": "KESEJAHTERAAN 1",
    "welfare_2": "KESEJAHTERAAN 2",
    "welfare_3": "KESEJAHTERAAN 3",
    "welfare_4": "KESEJAHTERAAN 4",
    "welfare_above_4": "KESEJAHTERAAN > 4",
    "families_at_risk": "JUMLAH KRS",
    "families_not_at_risk": "JUMLAH TIDAK BERESIKO",
    "families_with_under_two": "PUNYA BADUTA",
    "families_with_under_five": "PUNYA BALITA",
    "couples_reproductive_age": "PUS",
    "couples_pregnant": "PUS HAMIL",
    "water_unimproved": "SUMBER AIR MINUM TIDAK LAYAK",
    "toilet_unimproved": "JAMBAN TIDAK LAYAK",
    "mother_too_young": "TERLALU MUDA",
    "mother_too_old": "TERLALU TUA",
    "births_too_close": "TERLALU DEKAT",
    "births_too_many": "TERLALU BANYAK",
    "four_too": "PUS 4T",
    "not_modern_contraception": "BUKAN PESERTA KB MODERN",
}
"""Counts of Verval KRS in the order of the file."""


def write_csv_exports(folder: Path, *, population: Population) -> None:
    """Write the three files below ``folder``."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    write_csv(_families(population), folder / FOLDER / "data_verval_krs_2023_sem2.csv", separator=";")
    write_csv(_village_index(population), folder / FOLDER / "idm2023_desa.csv")
    write_csv(_surveys(population), folder / FOLDER / "survei_stunting_kabkota.csv")


def _families(population: Population) -> pd.DataFrame:
    """Return Verval KRS: an unnamed column of row numbers, and the last four digits of the village's code."""
    table = population.villages.merge(population.families, on="village_code", validate="one_to_one")
    counts = table[list(_KRS_HEADINGS)].rename(columns=_KRS_HEADINGS)
    places = pd.DataFrame(
        {
            "": range(len(table)),
            "PROVINSI": table["province_name"].str.upper(),
            "KABUPATEN": table["regency_name"].str.removeprefix("Kabupaten ").str.upper(),
            "KECAMATAN": table["district_name"].str.upper(),
            "KODE": table["village_code"].str.rsplit(".", n=1).str[1],
            "KELURAHAN": table["village_name"].str.upper(),
        }
    )
    return pd.concat([places, counts], axis=1).assign(PERIODE=_SEMESTER, CATATAN=MARK)


def _village_index(population: Population) -> pd.DataFrame:
    return population.village_index.rename(columns={"village_code": "kode"}).assign(catatan=MARK)[
        ["kode", "idm", "iks", "ike", "ikl", "status", "catatan"]
    ]


def _surveys(population: Population) -> pd.DataFrame:
    names = population.villages.drop_duplicates("regency_code").set_index("regency_code")["regency_name"]
    table = population.surveys
    percent = {
        heading: [f"{value * 100:.1f}" for value in table[name]]
        for heading, name in (
            ("prevalensi_persen", "prevalence"),
            ("batas_bawah_persen", "lower"),
            ("batas_atas_persen", "upper"),
        )
    }
    return pd.DataFrame(
        {
            "kode_kemendagri": table["regency_code"],
            "wilayah": table["regency_code"].map(names).str.removeprefix("Kabupaten "),
            "tahun": table["year"],
            "survei": table["survey"],
            **percent,
            "sumber": "nilai simulasi",
            "catatan": MARK,
        }
    )


def write_csv(table: pd.DataFrame, path: Path, *, separator: str = ",") -> None:
    """Write a table as a CSV file, the same bytes on every system."""
    table.to_csv(path, sep=separator, index=False, lineterminator="\n", encoding="utf-8")
