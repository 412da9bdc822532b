"""What separates a Kampung KB from a higher tier by the rule: points of score, block by block.

The rule (see :mod:`kbkit.domain.tiers`) asks of each block that the mean of its scores reaches 3.00, so that a block
is short of it by a whole number of points: input of 15, process of 9, output of 12. The ladder is not monotone and a
village may have two higher tiers within reach; the nearest is the one that takes the fewest points, and of two
equally near ones the lower. A point is a step of a self-reported score. It says nothing about effort or about
children, and a tier is no aim in itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from typing import Final, Literal

from kbkit.domain.tiers import (
    HIGHEST_SCORE,
    INPUT_SCORES,
    OUTPUT_SCORES,
    PROCESS_SCORES,
    THRESHOLD,
    Tier,
    classify,
)

Block = Literal["input", "process", "output"]
BLOCKS: Final[Mapping[Block, tuple[str, ...]]] = {
    "input": INPUT_SCORES,
    "process": PROCESS_SCORES,
    "output": OUTPUT_SCORES,
}
LOWEST_SCORE: Final = 1


@dataclass(frozen=True, kw_only=True)
class NextTier:
    """The nearest higher tier of a village.

    Attributes:
        tier: that tier.
        points: block -> points that it lacks; blocks that lack none are not named.
        open_scores: scores of these blocks that are furthest below their highest, largest gap first.
    """

    tier: Tier
    points: Mapping[Block, int]
    open_scores: tuple[str, ...]

    @property
    def total(self) -> int:
        """Points over all blocks."""
        return sum(self.points.values())


def missing_points(scores: Mapping[str, int]) -> dict[Block, int]:
    """Return the points that each block lacks to reach its threshold; 0 where it is reached.

    Args:
        scores: the twelve integer scores, keyed by the names in :data:`~kbkit.domain.tiers.SCORES`.
    """
    return {
        block: max(0, int(THRESHOLD) * len(names) - sum(scores[name] for name in names))
        for block, names in BLOCKS.items()
    }


def nearest_higher_tier(scores: Mapping[str, int]) -> NextTier | None:
    """Return the nearest higher tier of twelve scores; ``None`` at the top of the ladder.

    Blocks that are good stay good: the ways considered raise one or more of the others.

    Raises:
        KeyError: a score is missing.
    """
    missing = missing_points(scores)
    lacking = tuple(block for block in BLOCKS if missing[block])
    ways = _ways_up(lacking)
    if not ways:
        return None
    way, tier = min(ways, key=lambda found: (sum(missing[block] for block in found[0]), found[1].score))
    return NextTier(tier=tier, points={block: missing[block] for block in way}, open_scores=_gaps(scores, way))


@cache
def _ways_up(lacking: tuple[Block, ...]) -> tuple[tuple[tuple[Block, ...], Tier], ...]:
    """Return the sets of lacking blocks whose rise leads to a higher tier, each with that tier."""
    ways = chain.from_iterable(combinations(lacking, size) for size in range(1, len(lacking) + 1))
    reached = ((way, tier_without(tuple(block for block in lacking if block not in way))) for way in ways)
    return tuple((way, tier) for way, tier in reached if tier.score > tier_without(lacking).score)


@cache
def tier_without(lacking: tuple[Block, ...]) -> Tier:
    """Return the tier of a village whose blocks are good but for those that are lacking."""
    index = {block: THRESHOLD - 1 if block in lacking else THRESHOLD for block in BLOCKS}
    return classify(index_input=index["input"], index_process=index["process"], index_output=index["output"])


def _gaps(scores: Mapping[str, int], way: tuple[Block, ...]) -> tuple[str, ...]:
    """Scores of a way by gap to their highest, largest first; ties in the order of the export."""
    names = [name for block in way for name in BLOCKS[block] if scores[name] < HIGHEST_SCORE[name]]
    return tuple(sorted(names, key=lambda name: scores[name] - HIGHEST_SCORE[name]))
