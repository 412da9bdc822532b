"""From raw quantities to scores: the bands of the eight indicators that the portal's profile lets one recompute.

The rule is that of the Kampung KB web application, schema of 2021. Four of the twelve need what the profile does not
print: which activity groups exist, secretariat and data house, the number of data sources, the agencies.

Percentages are rounded to whole numbers before banding (unmet need too); without the rounding the bands have holes
(20.5, 12.05) and the application gives no score at all. A missing contraception record scores 1 on every output
indicator; a record filled with zeros scores **4 on unmet need**, because 0 % reads as best. That artefact is the
application's, kept here because the tier printed in its exports has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def _rounded(percent: float | Decimal, digits: str = "1") -> Decimal:
    return Decimal(str(percent)).quantize(Decimal(digits), rounding=ROUND_HALF_UP)


def _ascending(value: Decimal, cuts: tuple[str, str, str]) -> int:
    """Score 1-4 of a value where more is better; a value at a cut belongs to the band above."""
    return 1 + sum(value >= Decimal(cut) for cut in cuts)


def score_output_poktan(percent: float | None) -> int:
    """Mean share of target families that are members of the five activity groups: <10, 10-20, 21-30, >30."""
    return 1 if percent is None else _ascending(_rounded(percent), ("10", "21", "31"))


def score_output_cpr(percent: float | None) -> int:
    """Modern contraceptive prevalence: <30, 30-40, 41-50, >50."""
    return 1 if percent is None else _ascending(_rounded(percent), ("30", "41", "51"))


def score_output_long_acting(percent: float | None) -> int:
    """Share of long-acting methods among modern users: <20, 20-22, 23-24, >24."""
    return 1 if percent is None else _ascending(_rounded(percent), ("20", "23", "25"))


def score_output_unmet_need(percent: float | None) -> int:
    """Unmet need, less is better: >12.1, 9.1-12, 6.1-9, <6.1. Rounded to a whole percent first."""
    if percent is None:
        return 1
    value = _rounded(percent)
    return 4 - sum(value > Decimal(cut) for cut in ("6", "9", "12"))


def rounded_percent(part: int, whole: int) -> int:
    """Return a share as whole percent, half up; 0 where the whole is zero, as the application has it.

    Args:
        part: of the whole, zero or more.
        whole: zero or more. Zero couples make 0 % unmet need, which is the best score.
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def poktan_percent(shares: Sequence[int]) -> Decimal:
    """Return the mean of the five groups' rounded percentages; a group without a target counts as 0, never as absent.

    Args:
        shares: members as whole percent of the target: BKB of families with under-fives, BKR of families with
            adolescents, BKL of families with elderly, UPPKA of all families, PIK-R of adolescents.
    """
    return Decimal(sum(shares)) / 5


def score_input_pokja(*, formed: bool, members: int, trained: bool) -> int:
    """No Pokja; a Pokja; a Pokja with members or with training; with both."""
    return 1 + (1 + (members > 0) + trained if formed else 0)


def score_input_funding(sources: int) -> int:
    """Number of sources of money: 0, 1, 2-4, more."""
    return _ascending(Decimal(sources), ("1", "2", "5"))


def score_input_field_workers(*, field_worker: bool, regulation: bool) -> int:
    """Neither a field worker nor a regulation, one of them, both; never 4."""
    return 1 + field_worker + regulation


def score_process_operations(mechanisms: int) -> int:
    """Mechanisms that run, of five: 0, 1-2, 3-4, 5."""
    return _ascending(Decimal(mechanisms), ("1", "3", "5"))
