"""The analysis plan: what is estimated, how, and from how much data. Fixed before the data are seen.

The plan is one frozen value. Its hash stands in every report, so that a reader can tell whether two reports, or a
report and a protocol, followed the same plan.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Final

from kbkit.results import Undefined

VILLAGES_PER_TIER_MINIMUM: Final = 8
"""Measured villages that every tier must have before tiers are compared. With fewer, one village moves the tier's
prevalence by more than the differences that are looked for."""

DISTRICTS_MINIMUM: Final = 8
"""Districts (clusters) below which no test is made: too few for a cluster-robust reference distribution
(MacKinnon, Nielsen & Webb 2023, Journal of Econometrics 232:272)."""

DF_MINIMUM: Final = 4.0
"""Satterthwaite degrees of freedom below which an interval is shown but nothing is concluded from it
(Tipton 2015, Psychological Methods 20:375; Pustejovsky & Tipton 2018)."""

POWER: Final = 0.80
"""Power of the smallest detectable difference that is printed beside an unclear result."""

BOOTSTRAP_DRAWS: Final = 9_999
"""Draws where the sign vectors are too many to enumerate; (draws + 1) times 5 % is whole."""


OUTCOME: Final = "children_stunted/children_measured"

CONFOUNDERS: Final = ("kelurahan", "idm", "water_unimproved", "toilet_unimproved", "coverage")
"""Columns of the panel that a plan may name as confounders."""


@dataclass(frozen=True, kw_only=True)
class AnalysisPlan:
    """The pre-specified comparison of stunting between tiers.

    Attributes:
        outcome: stunted out of measured children, one row a village and period. Another is refused, see
            :mod:`kbkit.domain.circularity`.
        exposure: tier as a score 0-3 (one degree of freedom) for the verdict, as a category for description.
        tier_joined: which snapshot belongs to a period.
        confounders: columns that enter beside the tier, chosen for disadvantage that drives both selection and
            stunting. Families at risk, contraception and unmet need are barred: they share components with the tier.
        district_effects: when districts enter as fixed effects.
        covariance: cluster-robust covariance, clustered on the district, and its reference distribution.
        level: coverage of intervals.
        sensitivity: the specifications of the sensitivity set, all of which are printed.
        seed: of random sign vectors and deals, where they are too many to enumerate.
        negative_control_outcome: ``"cases/total"``, two indicators of ``village_indicators`` whose share the tier must
            have nothing to do with; empty for none.
        negative_control_exposure: an indicator of ``village_indicators`` that must have nothing to do with stunting;
            empty for none.
        multiplicity: how p-values of several regencies are adjusted, by family.
    """

    outcome: str = OUTCOME
    exposure: str = "tier score 0-3"
    tier_joined: str = "latest snapshot on or before the last day of the period"
    confounders: tuple[str, ...] = ("kelurahan", "idm", "water_unimproved", "toilet_unimproved")
    district_effects: str = "when at least half of the districts hold two tiers or more"
    covariance: str = "CR2, Satterthwaite t"
    level: float = 0.95
    seed: int = 20240104
    sensitivity: tuple[str, ...] = (
        "primary",
        "crude",
        "without_district_effects",
        "district_means",
        "with_coverage",
        "mixed",
        "beta_binomial",
        "linear_probability",
        "augmented_ordinal",
        "augmented_multinomial",
        "equal_weights",
        "latest_period",
        "high_coverage",
        "without_nothing_entered",
        "without_zero_cases",
        "desa_only",
        "unmeasured_none",
        "unmeasured_twice",
        "without_contraception",
        "without_output",
        "fewest_agencies",
    )
    negative_control_outcome: str = ""
    negative_control_exposure: str = ""
    multiplicity: str = "Holm over the slopes of the regencies tested; Benjamini-Hochberg over their tier contrasts"
    villages_per_tier_minimum: int = VILLAGES_PER_TIER_MINIMUM
    districts_minimum: int = DISTRICTS_MINIMUM
    df_minimum: float = DF_MINIMUM

    @property
    def hash(self) -> str:
        """First sixteen hexadecimal digits of the SHA-256 of the plan's canonical JSON."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]

    def deviations(self) -> tuple[Undefined, ...]:
        """Return where this plan differs from the pre-specified one, a line a field."""
        default = AnalysisPlan()
        names = [field.name for field in fields(self) if getattr(self, field.name) != getattr(default, field.name)]
        return tuple(
            Undefined(
                reason="plan_changed",
                details={
                    "field": name,
                    "found": _written(getattr(self, name)),
                    "planned": _written(getattr(default, name)),
                },
            )
            for name in names
        )


def _written(value: object) -> str:
    """Return a field's value as a plan file would write it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if value != "" else "-"
