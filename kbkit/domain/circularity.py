"""Where the rubric of the tier touches the relatives of stunting.

Prevalence of stunting itself is none of the twelve indicators of rubric ``kampungkb-2021``, so tier against prevalence
is not circular by definition. *Keluarga berisiko stunting* is: it counts families outside modern contraception, and
three of the four output indicators are contraception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Link = Literal["same", "mechanical", "causal", "selection"]


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """A rubric indicator that touches a quantity beside stunting.

    Attributes:
        score: the indicator.
        quantity: key of the quantity's name in the catalogues.
        links: ``same`` the same quantity on both sides; ``mechanical`` a shared component; ``causal`` a plausible
            determinant; ``selection`` targeting or reporting.
    """

    score: str
    quantity: str
    links: tuple[Link, ...]


OVERLAPS: Final = (
    Overlap(score="score_output_cpr", quantity="families_at_risk", links=("same", "mechanical")),
    Overlap(score="score_output_unmet_need", quantity="families_at_risk_unmet_need", links=("same",)),
    Overlap(score="score_output_long_acting", quantity="families_at_risk_spacing", links=("mechanical",)),
    Overlap(score="score_output_poktan", quantity="growth_monitoring", links=("mechanical", "causal")),
    Overlap(score="score_process_cross_sector", quantity="intervention_coverage", links=("selection",)),
    Overlap(score="score_process_data_use", quantity="measuring_coverage", links=("selection",)),
)

_BARRED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "families_at_risk": ("at_risk", "four_too", "mother_too", "births_too"),
        "unmet_need": ("unmet_need", "non_users"),
        "long_acting": ("users_iud", "users_implant", "users_tubectomy", "users_vasectomy", "long_acting", "mkjp"),
        "modern_contraception": ("contracept", "users_", "cpr"),
        "bkb": ("bkb",),
    }
)
"""Quantity -> pieces of the names of columns and indicators that count it."""


def barred_quantity(name: str) -> str | None:
    """Return the quantity shared with the tier that a column or indicator counts; ``None`` where there is none.

    What it counts may stand neither as outcome nor as covariate beside the tier. ``a/b`` names two columns.
    """
    lowered = name.lower()
    return next(
        (quantity for quantity, pieces in _BARRED.items() if any(piece in lowered for piece in pieces)),
        None,
    )
