"""From raw quantities to scores: the bands of the four output indicators and of the counted ones.

Percentages are rounded to whole numbers before banding (unmet need too); without the rounding the bands have holes
(20.5, 12.05) and the application gives no score at all. A missing contraception record scores 1 on every output
indicator; a record filled with zeros scores **4 on unmet need**, because 0 % reads as best. That artefact is the
application's, kept here because the tier printed in its exports has it.
"""

from __future__ import annotations

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
