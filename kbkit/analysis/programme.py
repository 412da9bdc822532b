"""The programme of a regency as the data describe it. A description: nothing here is compared with stunting."""

from __future__ import annotations

from typing import Final

import numpy as np

from kbkit.analysis.activities import describe_activities
from kbkit.analysis.funding import describe_funding
from kbkit.analysis.organisation import describe_memberships, describe_pokja, describe_presences, newest_profile
from kbkit.analysis.village_registers import Registers, newest_state, part_registers
from kbkit.dataset import TABLES, RegencyData
from kbkit.domain.data_types import PLACEHOLDER
from kbkit.quality import measure_completeness
from kbkit.results.programme import DataTypeHeld, DataTypesHeld, Launch, Launches, Programme

LAUNCH_YEARS: Final = ("2016", "2017", "2018", "2019", "after_2019")
"""Classes of the register K/0."""


def describe_programme(data: RegencyData) -> Programme:
    """Describe the programme; every part by itself, absent where its data are."""
    registers, profile = part_registers(data.village_indicators), newest_profile(data.profiles)
    return Programme(
        launches=describe_launches(registers),
        presences=describe_presences(
            data.villages["village_code"], registers=registers, profile=profile, interventions=data.interventions
        ),
        pokja=describe_pokja(profile),
        memberships=describe_memberships(registers, profile=profile),
        data_types=describe_data_types(data),
        funding=describe_funding(data),
        activities=describe_activities(data),
    )


def describe_launches(registers: Registers) -> Launches | None:
    """Count Kampung KB by year of launch; ``None`` where the register K/0 names no village.

    A village with more launches than Kampung KB contradicts itself and is left out.
    """
    columns = [f"kampung_kb_launched_{year}" for year in LAUNCH_YEARS]
    state = newest_state(registers, ("kampung_kb", *columns))
    if state is None:
        return None
    told = state.values["kampung_kb"]
    launched = np.nan_to_num([state.values[column] for column in columns])
    sound = launched.sum(axis=0) <= told
    counts, total = launched[:, sound].sum(axis=1).astype(np.int64), int(told[sound].sum())
    return Launches(
        period=state.period,
        villages=int((~np.isnan(told)).sum()),
        villages_with=int((told[sound] > 0).sum()),
        kampung_kb=total,
        years=tuple(
            Launch(year=year, kampung_kb=int(number)) for year, number in zip(LAUNCH_YEARS, counts, strict=True)
        ),
        without_year=total - int(counts.sum()),
        excluded=int((launched.sum(axis=0) > told).sum()),
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
