"""Indeks Desa Membangun of the desa: a decreasing linear function of disadvantage."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.arrays import Reals
from kbkit.demo.streams import Streams
from kbkit.demo.truth import Truth

_STATUS_FLOORS: Final = (0.4907, 0.5989, 0.7072, 0.8155)
"""Upper limits of sangat tertinggal, tertinggal, berkembang and maju (Permendesa 2/2016)."""


def draw_village_index(*, disadvantage: Reals, truth: Truth, streams: Streams) -> pd.DataFrame:
    """Draw the index of each village; its caller leaves kelurahan out.

    ``idm`` is exact (4 decimals); the three parts are drawn around it and have it as their mean.

    Returns:
        One row a village: idm, iks, ike, ikl (0-1), status (1 mandiri .. 5 sangat tertinggal).
    """
    noise = streams.generator("idm").normal(scale=0.03, size=(len(disadvantage), 2))
    idm = np.round(truth.idm_mean - truth.idm_slope * disadvantage, 4)
    iks = np.round(np.minimum(idm + 0.06 + noise[:, 0], 1), 4)
    ike = np.round(idm - 0.09 + noise[:, 1], 4)
    status = 5 - np.searchsorted(_STATUS_FLOORS, idm, side="left")
    return pd.DataFrame({"idm": idm, "iks": iks, "ike": ike, "ikl": np.round(3 * idm - iks - ike, 4), "status": status})
