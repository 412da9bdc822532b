"""The tier of a Kampung KB and the rule that makes it.

The rule is that of the Kampung KB web application, schema of 2021 ("Klasifikasi Kampung KB"): twelve indicators scored
1-4, three unweighted means rounded to two decimals, a threshold of 3.00 on each mean, and a decision table. The
verbal definitions of the four tiers stand in Peraturan BKKBN 20/2023. Other rubrics exist; a row whose printed tier
does not follow from its scores by this rule has an unknown rubric.

The ladder is not monotone: *mandiri* needs a good output with exactly one of input and process good, *berkembang*
needs both of these and a weak output. A village can lose its process score and still rise from berkembang to mandiri.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

RUBRIC_VERSION: Final = "kampungkb-2021"
RUBRIC_UNKNOWN: Final = "unknown"

THRESHOLD: Final = Decimal("3.00")
"""An index is good from here on: input sum >= 15 of 18, process sum >= 9 of 12, output sum >= 12 of 16."""


class Tier(StrEnum):
    """The four tiers, lowest first. The value is the official word in lower case."""

    DASAR = "dasar"
    BERKEMBANG = "berkembang"
    MANDIRI = "mandiri"
    BERKELANJUTAN = "berkelanjutan"

    @property
    def score(self) -> int:
        """Position on the ladder, 0-3: the score of a linear trend."""
        return TIERS.index(self)


TIERS: Final[tuple[Tier, ...]] = tuple(Tier)
REFERENCE_TIER: Final = Tier.DASAR

INPUT_SCORES: Final = (
    "score_input_pokja",
    "score_input_funding",
    "score_input_poktan",
    "score_input_facilities",
    "score_input_field_workers",
)
PROCESS_SCORES: Final = ("score_process_data_use", "score_process_operations", "score_process_cross_sector")
OUTPUT_SCORES: Final = (
    "score_output_poktan",
    "score_output_cpr",
    "score_output_long_acting",
    "score_output_unmet_need",
)
SCORES: Final = INPUT_SCORES + PROCESS_SCORES + OUTPUT_SCORES
"""The twelve indicators in the order of the export."""

HIGHEST_SCORE: Final[Mapping[str, int]] = dict.fromkeys(SCORES, 4) | {
    "score_input_facilities": 3,
    "score_input_field_workers": 3,
}
"""Two input indicators stop at 3, so that the input index never passes 3.60."""

_DECISIONS: Final[Mapping[tuple[bool, bool, bool], Tier]] = {
    (False, False, False): Tier.DASAR,
    (True, False, False): Tier.DASAR,
    (False, True, False): Tier.DASAR,
    (False, False, True): Tier.DASAR,
    (True, True, False): Tier.BERKEMBANG,
    (True, False, True): Tier.MANDIRI,
    (False, True, True): Tier.MANDIRI,
    (True, True, True): Tier.BERKELANJUTAN,
}
"""(input good, process good, output good) -> tier."""


def compute_index(scores: Sequence[int]) -> Decimal:
    """Return the unweighted mean of integer scores, rounded half up to two decimals as the application's SQL does.

    Raises:
        ValueError: no scores.
    """
    if not scores:
        raise ValueError("an index needs at least one score")
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def classify(*, index_input: Decimal, index_process: Decimal, index_output: Decimal) -> Tier:
    """Return the tier of three indices, each 1.00-4.00."""
    return _DECISIONS[index_input >= THRESHOLD, index_process >= THRESHOLD, index_output >= THRESHOLD]


def classify_scores(scores: Mapping[str, int]) -> tuple[Decimal, Decimal, Decimal, Tier]:
    """Return the three indices and the tier of the twelve scores.

    Args:
        scores: the twelve integer scores, keyed by the names in :data:`SCORES`.

    Raises:
        KeyError: a score is missing.
    """
    index_input, index_process, index_output = (
        compute_index([scores[name] for name in names]) for names in (INPUT_SCORES, PROCESS_SCORES, OUTPUT_SCORES)
    )
    tier = classify(index_input=index_input, index_process=index_process, index_output=index_output)
    return index_input, index_process, index_output, tier
