"""The twelve scores of a Kampung KB, drawn so that the rule gives its tier.

Each block (input, process, output) of a tier is drawn good or weak as the decision table asks, from the score
combinations that are good or weak under the rule itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from kbkit.demo.arrays import NO_TIER, Counts, Reals
from kbkit.demo.streams import Streams
from kbkit.domain.tiers import (
    HIGHEST_SCORE,
    INPUT_SCORES,
    OUTPUT_SCORES,
    PROCESS_SCORES,
    SCORES,
    THRESHOLD,
    compute_index,
)

Block = tuple[str, ...]
_BLOCKS: Final[tuple[Block, ...]] = (INPUT_SCORES, PROCESS_SCORES, OUTPUT_SCORES)

_GOOD_BLOCKS: Final[Mapping[int, Sequence[tuple[float, tuple[bool, bool, bool]]]]] = {
    0: (
        (0.60, (False, False, False)),
        (0.17, (True, False, False)),
        (0.14, (False, True, False)),
        (0.09, (False, False, True)),
    ),
    1: ((1.0, (True, True, False)),),
    2: ((0.58, (True, False, True)), (0.42, (False, True, True))),
    3: ((1.0, (True, True, True)),),
}
"""Tier score -> how often which blocks are good. Shares rounded from the national export of June 2022."""

_LEANING: Final = 1.6
"""How much likelier each further point of a score is in a good block, and less likely in a weak one."""


def draw_scores(*, tiers: Counts, nothing_entered: float, streams: Streams) -> Counts:
    """Draw the scores of each village and snapshot.

    A village keeps its scores while its tier stays. One that has entered nothing scores 1 on everything as long as it
    is in the lowest tier.

    Args:
        tiers: tier score or ``NO_TIER``, shape (villages, snapshots).
        nothing_entered: share of villages that enter nothing while in the lowest tier.
        streams: branch of the regency.

    Returns:
        Scores 1-4, 0 without Kampung KB, shape (villages, snapshots, 12), in the order of ``SCORES``.
    """
    random = streams.generator("scores")
    silent = streams.generator("scores", "nothing entered").random(len(tiers)) < nothing_entered
    scores = np.zeros((*tiers.shape, len(SCORES)), dtype=np.int64)
    for village, path in enumerate(tiers):
        for snapshot, tier in enumerate(path):
            if tier == NO_TIER:
                continue
            if snapshot and path[snapshot - 1] == tier:
                scores[village, snapshot] = scores[village, snapshot - 1]
            elif tier == 0 and silent[village]:
                scores[village, snapshot] = 1
            else:
                scores[village, snapshot] = _draw_village_scores(int(tier), random)
    return scores


def _draw_village_scores(tier: int, random: np.random.Generator) -> list[int]:
    shares, patterns = zip(*_GOOD_BLOCKS[tier], strict=True)
    pattern = patterns[random.choice(len(patterns), p=shares)]
    drawn: list[int] = []
    for block, good in zip(_BLOCKS, pattern, strict=True):
        combinations, weights = _combinations(block, good)
        drawn += combinations[random.choice(len(combinations), p=weights)]
    return drawn


@cache
def _combinations(block: Block, good: bool) -> tuple[list[tuple[int, ...]], Reals]:
    """Return the score combinations of a block that are good (or weak) and their probabilities."""
    every = itertools.product(*(range(1, HIGHEST_SCORE[name] + 1) for name in block))
    fitting = [scores for scores in every if (compute_index(scores) >= THRESHOLD) is good]
    weights = _LEANING ** np.array([sum(scores) if good else -sum(scores) for scores in fitting], dtype=np.float64)
    return fitting, weights / weights.sum()
