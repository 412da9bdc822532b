"""The Kampung KB as the portal names them, wrong names included: the same in each of its exports."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.demo.faults import FaultKind, write_names
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams

_OWN_NAMES: Final = (
    "Melati",
    "Mekar Jaya",
    "Sejahtera",
    "Harapan Bunda",
    "Flamboyan",
    "Makmur Bersama",
    "Tunas Bangsa",
)
_DUPLICATES: Final = 2


def write_places(population: Population, streams: Streams) -> tuple[dict[str, FaultKind], pd.DataFrame]:
    """Return the name faults by village, and every village with the columns of its place as the portal writes them.

    One stream for all exports: the portal keeps a name that was once typed wrongly.
    """
    kinds: dict[str, FaultKind] = {}
    parts = []
    for code, villages in population.villages.groupby("regency_code", sort=False):
        written, faults = write_names(villages=villages, streams=streams.branch("portal", str(code)))
        own = _draw_kampung_names(villages, streams.branch("portal", str(code)))
        kinds |= faults
        parts.append(villages.assign(Desa=written, **{"Kampung KB": own}))
    places = pd.concat(parts)
    return kinds, places.assign(
        No=None,
        Provinsi=places["province_name"].str.upper(),
        Kabupaten=places["regency_name"].str.removeprefix("Kabupaten ").str.upper(),
        Kecamatan=places["district_name"].str.upper(),
    )


def _draw_kampung_names(villages: pd.DataFrame, streams: Streams) -> list[str]:
    """Name each Kampung KB after its village, with or without the prefix, or give it a name of its own."""
    random = streams.generator("kampung names")
    styles, own = random.integers(0, 4, len(villages)), random.choice(_OWN_NAMES, len(villages))
    return [
        (f"KAMPUNG KB {village.upper()}", f"Kampung KB {village}", village.upper(), f"Kampung KB {name}")[style]
        for village, style, name in zip(villages["village_name"], styles, own, strict=True)
    ]


def choose_special(population: Population, streams: Streams) -> tuple[list[str], str]:
    """Choose the villages that stand twice, and the one with two Kampung KB: the same at every snapshot.

    The second Kampung KB is in the lowest tier, so it belongs to a village in a high one.
    """
    paths = population.tiers.groupby("village_code")["tier_score"].agg(["size", "mean"])
    always = paths[paths["size"] == paths["size"].max()].sort_index()
    second = str(always["mean"].idxmax())
    others = always.index.drop(second).to_numpy(dtype=str)
    doubled = streams.generator("portal", "duplicates").choice(others, _DUPLICATES, replace=False)
    return sorted(doubled.tolist()), second
