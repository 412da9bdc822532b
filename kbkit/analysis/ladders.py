"""Other ladders from the same twelve scores: the tier purged of what it shares with relatives of stunting.

Three of the four output indicators are contraception, which is also in the count of families at risk. A conclusion
that rests on these alone is not one about the village's programme. Two purged ladders are compared beside the tier:
without contraception (the output index is its activity groups alone) and without output (how many of input and process
are good, 0-2).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.domain.tiers import INPUT_SCORES, PROCESS_SCORES, SCORES, THRESHOLD, classify

PURGED_LADDERS = ("without_contraception", "without_output")
"""Names of the purged ladders, also columns of the panel; ``without_output`` has three levels, the other four."""

_GOOD, _WEAK = THRESHOLD, THRESHOLD - 1


def add_ladders(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return tiers with the columns :data:`PURGED_LADDERS` (``NaN`` without all scores) and ``nothing_entered``."""
    scores = tiers[list(SCORES)].to_numpy(dtype=np.float64, na_value=np.nan)
    by_name = dict(zip(SCORES, scores.T, strict=True))
    good_input = _is_good(by_name, INPUT_SCORES)
    good_process = _is_good(by_name, PROCESS_SCORES)
    good_groups = _is_good(by_name, ("score_output_poktan",))
    known = np.isfinite(scores).all(axis=1)
    ladder = _ladders()[good_input.astype(np.int64), good_process.astype(np.int64), good_groups.astype(np.int64)]
    return tiers.assign(
        without_contraception=np.where(known, ladder, np.nan),
        without_output=np.where(known, good_input.astype(float) + good_process, np.nan),
        nothing_entered=(scores == 1).all(axis=1),
    )


def _is_good(scores: dict[str, NDArray[np.float64]], names: tuple[str, ...]) -> NDArray[np.bool_]:
    total = np.sum([scores[name] for name in names], axis=0)
    good: NDArray[np.bool_] = total >= float(THRESHOLD) * len(names)
    return good


def _ladders() -> NDArray[np.float64]:
    """Return the position for every input, process and output index that is good (1) or not (0), shape (2, 2, 2)."""
    sides = (False, True)
    positions = [[[_ladder(first, second, third) for third in sides] for second in sides] for first in sides]
    return np.array(positions, dtype=np.float64)


def _ladder(good_input: bool, good_process: bool, good_output: bool) -> int:
    """Return the position that the rule gives when each index is either good or not."""
    index_input, index_process, index_output = (
        _GOOD if good else _WEAK for good in (good_input, good_process, good_output)
    )
    return classify(index_input=index_input, index_process=index_process, index_output=index_output).score
