"""Other ladders from the same twelve scores: purged of what the tier shares with stunting, and as it was meant.

Three of the four output indicators are contraception, which is also in the count of families at risk. A conclusion
that rests on these alone is not one about the village's programme. Two purged ladders are compared beside the tier:
without contraception (the output index is its activity groups alone) and without output (how many of input and process
are good, 0-2).

The score of other sectors has two variants. The application's query excludes the numbers of the family-planning office
and of BKKBN in a column that holds no agencies, and so counts both among the other sectors, which was not meant. An
export holds the score and not the agencies, so the variant as meant is known up to a bound only: without two agencies a
score above the lowest falls by one at most (1-3, 4-6 and more than 6 agencies score 2, 3 and 4). ``fewest_agencies`` is
the ladder where every such score has fallen.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.domain.next_tier import LOWEST_SCORE
from kbkit.domain.tiers import INPUT_SCORES, OUTPUT_SCORES, PROCESS_SCORES, SCORES, THRESHOLD, classify

PURGED_LADDERS = ("without_contraception", "without_output")
"""Names of the purged ladders; ``without_output`` has three levels, the other four."""

LADDERS = (*PURGED_LADDERS, "fewest_agencies")
"""Names of all ladders, also columns of the panel."""

_CROSS_SECTOR = "score_process_cross_sector"

_GOOD, _WEAK = THRESHOLD, THRESHOLD - 1


def add_ladders(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return tiers with the columns :data:`LADDERS` (``NaN`` without all scores) and ``nothing_entered``."""
    scores = score_matrix(tiers)
    by_name = dict(zip(SCORES, scores.T, strict=True))
    good_input = _is_good(by_name, INPUT_SCORES)
    good_process = _is_good(by_name, PROCESS_SCORES)
    good_groups = _is_good(by_name, ("score_output_poktan",))
    good_output = _is_good(by_name, OUTPUT_SCORES)
    fewest = by_name | {_CROSS_SECTOR: np.maximum(by_name[_CROSS_SECTOR] - 1, 1)}
    known = np.isfinite(scores).all(axis=1)
    return tiers.assign(
        without_contraception=np.where(known, _ladder(good_input, good_process, good_groups), np.nan),
        without_output=np.where(known, good_input.astype(float) + good_process, np.nan),
        fewest_agencies=np.where(known, _ladder(good_input, _is_good(fewest, PROCESS_SCORES), good_output), np.nan),
        nothing_entered=nothing_entered(scores),
    )


def score_matrix(tiers: pd.DataFrame) -> NDArray[np.float64]:
    """Return the twelve scores (columns) of rows of the table ``tiers``, ``NaN`` where blank."""
    scores: NDArray[np.float64] = tiers[list(SCORES)].to_numpy(dtype=np.float64, na_value=np.nan)
    return scores


def nothing_entered(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the rows (villages) all of whose twelve scores (columns) are the lowest. Of a blank one nobody knows."""
    lowest: NDArray[np.bool_] = (scores == LOWEST_SCORE).all(axis=1)
    return lowest


def _is_good(scores: dict[str, NDArray[np.float64]], names: tuple[str, ...]) -> NDArray[np.bool_]:
    total = np.sum([scores[name] for name in names], axis=0)
    good: NDArray[np.bool_] = total >= float(THRESHOLD) * len(names)
    return good


def _ladder(*good: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the positions that the rule gives when each index (input, process, output) is either good or not."""
    places: NDArray[np.float64] = _PLACES[tuple(each.astype(np.intp) for each in good)]
    return places


def _place(*good: int) -> int:
    index_input, index_process, index_output = (_GOOD if each else _WEAK for each in good)
    return classify(index_input=index_input, index_process=index_process, index_output=index_output).score


_PLACES = np.array([_place(*good) for good in np.ndindex(2, 2, 2)], dtype=np.float64).reshape(2, 2, 2)
