"""When each Kampung KB was launched: the disadvantaged villages first, as the criteria of 2016 to 2021 asked."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.population import Population
from kbkit.demo.streams import Streams

_YEARS: Final = (2016, 2017, 2018, 2019, 2020, 2021, 2022)
_SHARES: Final = (0.03, 0.30, 0.30, 0.12, 0.07, 0.08, 0.10)
"""Of the Kampung KB that were there at the first snapshot; rounded from the launches reported for 2016 to 2022."""
_WEIGHT: Final = 0.8
"""Weight of disadvantage in the order of launch; the rest is chance."""


def draw_launch_years(population: Population, *, regency_code: str, streams: Streams) -> pd.Series:
    """Draw the year of launch of each Kampung KB of a regency, by village code.

    Those of the first snapshot are spread over 2016 to 2022 by disadvantage; a later one was launched in the half-year
    before the snapshot at which it first appears.
    """
    villages = population.villages[population.villages["regency_code"] == regency_code]
    tiers = population.tiers[population.tiers["village_code"].isin(villages["village_code"])]
    first = tiers.groupby("village_code")["snapshot_date"].min()
    years = pd.Series([(date - pd.Timedelta(days=90)).year for date in first], index=first.index, name="launch_year")
    early = first.index[first == population.tiers["snapshot_date"].min()]
    disadvantage = villages.set_index("village_code")["disadvantage"].loc[early].to_numpy()
    noise = streams.generator("launch").standard_normal(len(early))
    order = np.argsort(-(_WEIGHT * disadvantage + np.sqrt(1 - _WEIGHT**2) * noise), kind="stable")
    ends = np.maximum(np.round(np.cumsum(_SHARES) * len(early)), 1).astype(int)
    years.loc[early[order]] = np.asarray(_YEARS)[np.searchsorted(ends, np.arange(len(early)), side="right")]
    return years
