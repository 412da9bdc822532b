"""Nutrition classes of the measured children, as e-PPGBM counts them (Permenkes 2/2020)."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.streams import Streams

WEIGHT_CLASSES: Final = ("weight_very_low", "weight_low", "weight_normal", "weight_high")
HEIGHT_CLASSES: Final = ("height_very_short", "height_short", "height_normal", "height_tall")
THINNESS_CLASSES: Final = (
    "thinness_severe",
    "thinness_moderate",
    "thinness_normal",
    "thinness_high",
    "thinness_overweight",
    "thinness_obese",
)
WEIGHT_OUTLIER: Final = "weight_outlier"
HEIGHT_OUTLIER: Final = "height_outlier"

_WEIGHT_SHARES: Final = (0.035, 0.13, 0.78, 0.055)
_THINNESS_SHARES: Final = (0.01, 0.06, 0.86, 0.05, 0.013, 0.007)
_TALL_SHARE: Final = 0.004
_OUTLIER_SHARE: Final = 0.02
"""Of the children without a usable height: those whose height is beyond 6 standard deviations."""
_WEIGHED_ONLY_SHARE: Final = 0.06
_WEIGHT_OUTLIER_SHARE: Final = 0.4
"""Of the height outliers: those whose weight is implausible too."""


def draw_nutrition(*, stunting: pd.DataFrame, streams: Streams) -> pd.DataFrame:
    """Draw the classes of each village and period.

    Height classes without outliers add up to the measured children, the two short ones to the stunted; the classes of
    thinness add up to the measured; those of weight to the weighed, who are a few more.

    Args:
        stunting: the table of :class:`~kbkit.demo.population.Population` of one regency.
        streams: branch of the regency.

    Returns:
        One row a row of ``stunting``, in its order: village_code, period, the classes, the two outliers.
    """
    random = streams.generator("nutrition")
    measured, stunted = stunting["children_measured"].to_numpy(), stunting["children_stunted"].to_numpy()
    severe = stunting["children_severely_stunted"].to_numpy()
    unmeasured = stunting["children_target"].to_numpy() - measured
    height_outlier = random.binomial(unmeasured, _OUTLIER_SHARE)
    weighed = measured + random.binomial(unmeasured - height_outlier, _WEIGHED_ONLY_SHARE)
    tall = random.binomial(measured - stunted, _TALL_SHARE)
    heights = np.column_stack([severe, stunted - severe, measured - stunted - tall, tall])
    counts = np.column_stack(
        [
            random.multinomial(weighed, _WEIGHT_SHARES),
            random.binomial(height_outlier, _WEIGHT_OUTLIER_SHARE),
            heights,
            height_outlier,
            random.multinomial(measured, _THINNESS_SHARES),
        ]
    )
    names = [*WEIGHT_CLASSES, WEIGHT_OUTLIER, *HEIGHT_CLASSES, HEIGHT_OUTLIER, *THINNESS_CLASSES]
    keys = stunting[["village_code", "period"]].reset_index(drop=True)
    return pd.concat([keys, pd.DataFrame(counts, columns=names)], axis=1)
