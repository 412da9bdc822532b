"""The guards of the comparison in the findings: what else than the tier could be behind a difference.

The tier's own parts, who is measured, who reports, what the covariates move, and what must show nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.estimates import Contrasted, Estimated, Undefined
from kbkit.results.stunting import ChildCoverage


@dataclass(frozen=True, kw_only=True)
class PurgedTier:
    """Villages of one tier in the latest period, by their place on the purged ladders.

    ``without_contraception`` counts them by tier, lowest first; ``without_output`` by how many of input and process are
    good (0, 1, 2). Villages without all twelve scores are in ``villages`` only.
    """

    tier: str
    villages: int
    without_contraception: tuple[int, ...]
    without_output: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Circularity:
    """The guard against comparing the tier with its own parts.

    Attributes:
        refused: outcomes and covariates of the plan that share components with the tier, kept out.
        purged: tiers against the purged ladders.
        changed_without_contraception: villages whose tier is another without the contraception indicators.
        changed_fewest_agencies: villages whose tier could at most be another, were the family-planning office and BKKBN
            not counted among the agencies of other sectors.
    """

    refused: tuple[Undefined, ...]
    purged: tuple[PurgedTier, ...]
    changed_without_contraception: int
    changed_fewest_agencies: int


@dataclass(frozen=True, kw_only=True)
class TierMeasuring:
    """Measuring coverage (D/S) of a tier, as counted and standardised to the covariates of the primary model."""

    tier: str
    counted: float | None
    adjusted: Estimated


@dataclass(frozen=True, kw_only=True)
class Overturning:
    """What the unmeasured of the highest tier would have to be like for the difference to be none.

    Attributes:
        coverage: measured share of the highest tier, standardised.
        prevalence: standardised prevalence of the highest tier among the measured.
        needed: excess prevalence of its unmeasured children over its measured ones that brings the difference over the
            whole ladder to 0, the other tiers being as measured; negative where they would have to have less.
        to_limit: the excess that brings the interval to 0; 0 where it holds 0 already.
    """

    coverage: float
    prevalence: float
    needed: float
    to_limit: float

    @property
    def possible(self) -> bool:
        """Whether the needed prevalence of the unmeasured lies between 0 and 1."""
        return 0 <= self.prevalence + self.needed <= 1


@dataclass(frozen=True, kw_only=True)
class Detection:
    """The guard against detection: who is measured, and what the unmeasured would have to be like."""

    tiers: tuple[TierMeasuring, ...]
    overturning: Overturning | Undefined


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """The guard against silence: tier Dasar of the latest period, villages that entered nothing apart."""

    nothing_entered: ChildCoverage
    entered: ChildCoverage


@dataclass(frozen=True, kw_only=True)
class Shift:
    """What one covariate moves: the difference per step with it alone, and with all others but it."""

    term: str
    alone: float | Undefined
    without: float | Undefined


@dataclass(frozen=True, kw_only=True)
class NegativeControl:
    """A comparison that must show nothing, declared in the plan.

    ``outcome``: the tier against another share of the village, highest against lowest. ``exposure``: another quantity
    of the village against stunting, per standard deviation.
    """

    role: Literal["outcome", "exposure"]
    indicator: str
    villages: int
    difference: Contrasted
