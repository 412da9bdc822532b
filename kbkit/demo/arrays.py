"""Types of the arrays that the model passes around."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO_TIER: Final = -1
"""Tier score of a village without Kampung KB."""
