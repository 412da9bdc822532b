"""The registers of SIGA: K/0 Kampung KB, K/0 Rumah DataKu, targets and members of the poktan, profile of the poktan."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.csv_exports import FOLDER, write_csv
from kbkit.demo.launches import draw_launch_years
from kbkit.demo.mark import MARK
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams
from kbkit.demo.truth import Truth

_GROUPS: Final = ("BKB", "BKR", "BKL", "UPPKA", "PIK-R")
_GROUPS_BY_SCORE: Final = {0: (0, 3), 1: (0, 0), 2: (1, 2), 3: (3, 4), 4: (5, 5)}
"""How many of the five groups a village has, by its score "Input Poktan"; 0 stands for a village without Kampung KB."""
_MONEY: Final = {"APBN": 0.10, "APBD": 0.35, "ADD": 0.30, "SWADAYA": 0.20, "SWASTA/CSR": 0.04, "LAINNYA": 0.12}
_TARGETS: Final = {"BKB": 0.27, "BKR": 0.36, "BKL": 0.26}
_TAKES_PART: Final = {0: 0.08, 1: 0.07, 2: 0.16, 3: 0.27, 4: 0.45}
"""Share of the target families that take part, by the score "Output Poktan"."""


def write_registers(folder: Path, *, population: Population, truth: Truth, streams: Streams) -> None:
    """Write the four files, all regencies in each, as of the last snapshot."""
    villages = _with_scores(population, truth)
    launches = pd.concat(
        [
            draw_launch_years(population, regency_code=regency.code, streams=streams.branch(regency.code))
            for regency in truth.regencies
        ]
    )
    day, year = truth.snapshots[-1].isoformat(), truth.snapshots[-1].year - 1
    register = streams.branch("register")
    for name, table in (
        (f"k0_kampung_kb_{day}", _kampung_kb(villages, launches)),
        (f"k0_rumah_dataku_{day}", _data_houses(villages, register.generator("data houses"))),
        (f"sasaran_poktan_{year}", _members(villages, register.generator("members"))),
        (f"profil_poktan_{day}", _groups(villages, register.generator("groups"))),
    ):
        write_csv(table.assign(CATATAN=MARK), folder / FOLDER / f"{name}.csv", separator=";")


def _with_scores(population: Population, truth: Truth) -> pd.DataFrame:
    """Return every village with its families and its scores at the last snapshot, 0 without Kampung KB."""
    last = population.tiers[population.tiers["snapshot_date"] == truth.snapshots[-1]]
    scores = last.drop(columns=["snapshot_date", "tier", "tier_score"])
    table = population.villages.merge(population.families[["village_code", "families"]], on="village_code")
    return table.merge(scores, on="village_code", how="left").fillna(
        dict.fromkeys(scores.columns.drop("village_code"), 0)
    )


def _places(villages: pd.DataFrame, *, code: bool = True) -> dict[str, pd.Series]:
    places = {
        "PROVINSI": villages["province_name"].str.upper(),
        "KABUPATEN": villages["regency_name"].str.removeprefix("Kabupaten ").str.upper(),
        "KECAMATAN": villages["district_name"].str.upper(),
        "KODE": villages["village_code"].str.rsplit(".", n=1).str[1],
        "KELURAHAN": villages["village_name"].str.upper(),
    }
    return places if code else {name: column for name, column in places.items() if name != "KODE"}


def _kampung_kb(villages: pd.DataFrame, launches: pd.Series) -> pd.DataFrame:
    year = villages["village_code"].map(launches)
    launched = {str(value): (year == value).astype(int) for value in range(2016, 2020)}
    return pd.DataFrame(
        _places(villages)
        | {"JUMLAH KELURAHAN/DESA": 1, "JUMLAH KAMPUNG KB": year.notna().astype(int)}
        | launched
        | {"> 2019": (year > 2019).astype(int), "KAMPUNG KB MANDIRI": 0}
        | {"KAMPUNG KB PERCONTOHAN": ((villages["score_process_operations"] == 4) & (year == 2016)).astype(int)}
    )


def _data_houses(villages: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Return a data house where the score "Input Sarana" asks for one: always at 3, in half of the villages at 2."""
    facilities = villages["score_input_facilities"]
    size = len(villages)
    exists = (facilities == 3) | ((facilities == 2) & (random.random(size) < 0.5))
    decree = exists & (random.random(size) < 0.8)
    complete = decree & (villages["score_process_data_use"] == 4)
    money = {name: (exists & (random.random(size) < share)).astype(int) for name, share in _MONEY.items()}
    counts = {"JUMLAH RUMAH DATAKU": exists, "SK ADA": decree, "SK TIDAK ADA": exists & ~decree}
    inside = {
        "JUMLAH RUMAH DATAKU PARIPURNA": complete,
        "RUMAH DATAKU DI KAMPUNG KB": exists,
        # Spelt as the register spells it.
        "RUMAH DATAKU PARPURNA DI KAMPUNG KB": complete,
    }
    return pd.DataFrame(
        _places(villages)
        | {name: flags.astype(int) for name, flags in counts.items()}
        | money
        | {name: flags.astype(int) for name, flags in inside.items()}
    )


def _members(villages: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    share = villages["score_output_poktan"].map(_TAKES_PART).to_numpy()
    counts: dict[str, np.ndarray] = {}
    for group, per_family in _TARGETS.items():
        target = random.binomial(villages["families"], per_family)
        counts[f"SASARAN {group}"] = target
        counts[f"KESERTAAN {group}"] = random.binomial(
            target, np.clip(share * random.uniform(0.7, 1.3, len(share)), 0, 1)
        )
    return pd.DataFrame(_places(villages, code=False) | counts | {"BULAN": "DESEMBER"})


def _groups(villages: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Return which groups are there. The register has coordinates; those of the demo are blank, for it invents none."""
    limits = villages["score_input_poktan"].map(_GROUPS_BY_SCORE)
    owned = [set(random.permutation(_GROUPS)[: random.integers(low, high + 1)].tolist()) for low, high in limits]
    words = {True: "Ada", False: "Tidak ada"}
    has_kampung_kb = villages["score_input_poktan"] > 0
    facilities = villages["score_input_facilities"]
    return pd.DataFrame(
        _places(villages, code=False)
        | {"LATITUDE": "", "LONGITUDE": "", "PUS": 1}
        | {"Kampung KB": has_kampung_kb.map(words), "Rumah DataKU": (facilities == 3).map(words)}
        | {group: [words[group in groups] for groups in owned] for group in _GROUPS}
    )
