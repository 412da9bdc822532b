"""What weakens a reading of tier and stunting even where the numbers suffice: coverage, age of the tier, reporting."""

from __future__ import annotations

from typing import Final

from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.results import Undefined
from kbkit.results.classification import Classification
from kbkit.results.provenance import Timing
from kbkit.results.stunting import Stunting, TierProfile

COVERAGE_GAP: Final = 0.10
"""Difference in measuring coverage between tiers from which detection alone may explain a difference in prevalence."""

TIER_AGE_MONTHS: Final = 6
"""Age of a tier from which it may no longer be the village's: tiers are recomputed at every view and move in months."""

SHARE_WITH_TIER: Final = 0.5
"""Share of the measured villages that must have a tier for a comparison of tiers to be about most of them."""

NOTHING_ENTERED_SHARE: Final = 0.10
"""Share of Kampung KB without any entry from which tier Dasar mostly means "did not report"."""


def find_cautions(
    *,
    timing: Timing,
    classification: Classification | None,
    stunting: Stunting | None,
    profiles: tuple[TierProfile, ...],
) -> tuple[Undefined, ...]:
    """Return the cautions that apply, gravest first."""
    return (
        *_few_with_tier(stunting),
        *_low_coverage(stunting),
        *_coverage_gap(profiles),
        *_old_tier(timing),
        *_doubtful_tiers(classification),
    )


def _few_with_tier(stunting: Stunting | None) -> tuple[Undefined, ...]:
    """Warn where most measured villages have no tier: what tiers show is then about the smaller part."""
    measured = {group.tier: group.children.villages_measured for group in stunting.tiers} if stunting else {}
    with_tier = sum(villages for tier, villages in measured.items() if tier is not None)
    total = sum(measured.values())
    if with_tier >= SHARE_WITH_TIER * total:
        return ()
    return (Undefined(reason="few_with_tier", details={"with_tier": with_tier, "total": total}),)


def _low_coverage(stunting: Stunting | None) -> tuple[Undefined, ...]:
    coverage = stunting.latest.coverage if stunting else None
    if coverage is None or coverage >= COVERAGE_LOW:
        return ()
    return (Undefined(reason="coverage_low", details={"coverage_share": coverage}),)


def _coverage_gap(profiles: tuple[TierProfile, ...]) -> tuple[Undefined, ...]:
    known = [(profile.coverage, profile.tier) for profile in profiles if profile.coverage is not None]
    if len(known) < 2:
        return ()
    (lowest, lowest_tier), (highest, highest_tier) = min(known), max(known)
    if highest - lowest < COVERAGE_GAP:
        return ()
    details: dict[str, float | str] = {
        "lowest_share": lowest,
        "lowest_tier": lowest_tier,
        "highest_share": highest,
        "highest_tier": highest_tier,
    }
    return (Undefined(reason="coverage_gap", details=details),)


def _old_tier(timing: Timing) -> tuple[Undefined, ...]:
    months = timing.tier_age_months
    return (Undefined(reason="tier_old", details={"months": months}),) if months and months > TIER_AGE_MONTHS else ()


def _doubtful_tiers(classification: Classification | None) -> tuple[Undefined, ...]:
    if classification is None:
        return ()
    doubts = []
    if classification.recomputed_different:
        details = {"villages": classification.recomputed_different}
        doubts.append(Undefined(reason="rubric_unknown", details=details))
    classified = classification.recomputed_equal + classification.recomputed_different
    if classification.nothing_entered > NOTHING_ENTERED_SHARE * classified:
        doubts.append(Undefined(reason="nothing_entered", details={"villages": classification.nothing_entered}))
    return tuple(doubts)
