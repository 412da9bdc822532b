"""The programme of a regency as the data describe it. A description: nothing here is compared with stunting."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kbkit.analysis.activities import describe_activities
from kbkit.analysis.funding import describe_funding
from kbkit.analysis.organisation import describe_memberships, describe_pokja, describe_presences, newest_profile
from kbkit.analysis.village_registers import newest_state
from kbkit.dataset import TABLES, RegencyData
from kbkit.domain.data_types import PLACEHOLDER
from kbkit.quality import measure_completeness
from kbkit.results.programme import DataTypeHeld, DataTypesHeld, Launch, Launches, Programme

LAUNCH_YEARS: Final = ("2016", "2017", "2018", "2019", "after_2019")
"""Classes of the register K/0."""


def describe_programme(data: RegencyData) -> Programme:
    """Describe the programme; every part by itself, absent where its data are."""
    profile = newest_profile(data.profiles)
    return Programme(
        launches=describe_launches(data.village_indicators),
        presences=describe_presences(data, profile=profile),
        pokja=describe_pokja(profile),
        memberships=describe_memberships(data.village_indicators, profile=profile),
        data_types=describe_data_types(data),
        funding=describe_funding(data),
        activities=describe_activities(data),
    )


def describe_launches(indicators: pd.DataFrame) -> Launches | None:
    """Count Kampung KB by year of launch; ``None`` where the register K/0 names no village.

    A village with more launches than Kampung KB contradicts itself and is left out.
    """
    columns = [f"kampung_kb_launched_{year}" for year in LAUNCH_YEARS]
    state = newest_state(indicators, ("kampung_kb", *columns))
    if state is None:
        return None
    told = state.values.dropna(subset=["kampung_kb"])
    launched = told[columns].sum(axis=1)
    sound = told[launched <= told["kampung_kb"]]
    counts = sound[columns].sum().astype(np.int64)
    total = int(sound["kampung_kb"].sum())
    return Launches(
        period=state.period,
        villages=len(told),
        villages_with=int((sound["kampung_kb"] > 0).sum()),
        kampung_kb=total,
        years=tuple(
            Launch(year=year, kampung_kb=int(counts[column]))
            for year, column in zip(LAUNCH_YEARS, columns, strict=True)
        ),
        without_year=total - int(counts.sum()),
        excluded=len(told) - len(sound),
    )


def describe_data_types(data: RegencyData) -> DataTypesHeld | None:
    """Describe for how many villages each type of data of a Rumah Data is there.

    With the placeholder list the types are counted here; of an office's own list the dataset keeps the mean alone.
    """
    house = data.metadata.data_house
    if house is None:
        return None
    if house.list_source == "placeholder":
        own = measure_completeness({name: getattr(data, name) for name in TABLES}, PLACEHOLDER)
        types = own.types if own else ()
        means = own.regencies if own else ()
    else:
        types, means = (), tuple(regency for regency in house.regencies if regency.code == data.code)
    if not means:
        return None
    return DataTypesHeld(
        list_source=house.list_source,
        villages=means[0].villages,
        mean_types=means[0].mean_types,
        types=tuple(DataTypeHeld(name=item.name, villages=item.villages) for item in types),
        listed=len(house.types),
    )
