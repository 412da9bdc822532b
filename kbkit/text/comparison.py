"""Sentences of the comparison of tiers: what moved it, how far it depends on choices, what would overturn it.

What is said follows from the findings by rules. None of the words says that the tier brings a difference about.
"""

from __future__ import annotations

from typing import Final, Literal

from kbkit.results import Undefined
from kbkit.results.association import (
    Association,
    HiddenConfounding,
    Model,
    Overturning,
    Permutation,
    Resemblance,
    Robustness,
    Sensitivity,
    Shift,
    Weighting,
    side_of_zero,
)
from kbkit.results.findings import Findings
from kbkit.results.stunting import TierProfile
from kbkit.text.numbers import MISSING
from kbkit.text.voice import Voice

WORTH_NAMING: Final = 0.005
"""Points of proportion per step from which a covariate's own shift is named: what a reader sees in one decimal."""

ALIKE: Final = 0.8
"""Share of the largest shift from which another covariate is named beside the one that has it."""

BALANCE_DOUBT: Final = 0.25
"""Standardised difference after weighting from which balance is doubted, by custom."""

BY_CHANCE: Final = 0.05
"""p-value from which resemblance of neighbours is put down to chance."""

NaiveReading = Literal["hidden", "vanishes", "reverses", "agrees", "unclear"]


def naive_reading(crude: Model, adjusted: Model) -> NaiveReading | None:
    """Return how the unadjusted comparison stands to the adjusted one; ``None`` where either is undefined."""
    sides = side_of_zero(crude.slope), side_of_zero(adjusted.slope)
    if "undefined" in sides:
        return None
    if sides[0] == sides[1]:
        return "unclear" if sides[0] == "unclear" else "agrees"
    return "hidden" if sides[0] == "unclear" else "vanishes" if sides[1] == "unclear" else "reverses"


def naive_sentences(findings: Findings, crude: Model, adjusted: Model, *, voice: Voice) -> tuple[str, ...]:
    """Why the raw comparison is not enough, and what moved it."""
    reading = naive_reading(crude, adjusted)
    if reading is None:
        return ()
    first = voice.say(
        f"association.naive_{reading}",
        crude=voice.difference(crude.slope),
        crude_interval=voice.difference_interval(crude.slope),
        adjusted=voice.difference(adjusted.slope),
        adjusted_interval=voice.difference_interval(adjusted.slope),
    )
    return first, *_moved(findings, crude, voice)


def _moved(findings: Findings, crude: Model, voice: Voice) -> tuple[str, ...]:
    if isinstance(crude.slope, Undefined):
        return ()
    raw = crude.slope.estimate
    largest = max(findings.association.shifts, key=lambda shift: abs(_alone(shift, raw) - raw), default=None)
    if largest is None or abs(_alone(largest, raw) - raw) < WORTH_NAMING:
        return (voice.say("association.naive_still"),)
    least = ALIKE * abs(_alone(largest, raw) - raw)
    alike = [shift.term for shift in findings.association.shifts if abs(_alone(shift, raw) - raw) >= least]
    moved = voice.say(
        "association.naive_moved",
        terms=voice.terms(tuple(alike)),
        crude=voice.style.points(raw),
        alone=voice.style.points(_alone(largest, raw)),
    )
    return moved, *_profile(largest.term, findings.profiles, voice)


def _alone(shift: Shift, raw: float) -> float:
    return raw if isinstance(shift.alone, Undefined) else shift.alone


def _profile(term: str, profiles: tuple[TierProfile, ...], voice: Voice) -> tuple[str, ...]:
    """What lowest and highest tier have of a covariate that is a share of families."""
    if not profiles or term not in ("water_unimproved", "toilet_unimproved"):
        return ()
    ends = profiles[0], profiles[-1]
    lowest, highest = (getattr(end, term) for end in ends)
    if not isinstance(lowest, float) or not isinstance(highest, float):
        return ()
    return (
        voice.say(
            "association.naive_profile",
            lowest_tier=voice.tier(ends[0].tier),
            highest_tier=voice.tier(ends[1].tier),
            lowest=voice.style.percent(lowest),
            highest=voice.style.percent(highest),
            term=voice.terms((term,)),
        ),
    )


def steps_sentence(adjusted: Model, *, voice: Voice) -> str:
    """Every tier against the one below it, adjusted; empty where none could be estimated."""
    names = [tier.tier for tier in adjusted.tiers]
    items = [
        voice.say(
            "association.step",
            upper=voice.tier(upper),
            lower=voice.tier(lower),
            difference=voice.difference(step),
            interval=voice.difference_interval(step),
        )
        for lower, upper, step in zip(names, names[1:], adjusted.steps, strict=False)
        if not isinstance(step, Undefined)
    ]
    return voice.say("association.steps", items="; ".join(items)) if items else ""


def trend_sentence(findings: Findings, crude: Model, adjusted: Model, *, voice: Voice) -> str:
    """The trend over tiers, unadjusted and adjusted, with intervals and the bootstrap's p-value."""
    p_value = adjusted.bootstrap_p
    return voice.say(
        "report.association_slope",
        level=voice.level(findings.level),
        crude=voice.difference(crude.slope),
        crude_interval=voice.difference_interval(crude.slope),
        adjusted=voice.difference(adjusted.slope),
        adjusted_interval=voice.difference_interval(adjusted.slope),
        p=MISSING if isinstance(p_value, Undefined) else voice.style.p_value(p_value),
    )


def model_terms(association: Association, *, voice: Voice) -> str:
    """What the adjusted model adjusts for, in words."""
    model = association.adjusted
    if model is None:
        return MISSING
    return voice.terms(("period", *model.terms, *(("district",) if model.district_effects else ())))


def sensitivity_sentences(sensitivity: Sensitivity, *, voice: Voice) -> tuple[str, ...]:
    """How many specifications lie on which side of zero, and all that has no place on their axis."""
    sides = [side_of_zero(specification.difference) for specification in sensitivity.specifications]
    tally = {side: voice.count(sides.count(side)) for side in ("lower", "higher", "unclear", "undefined")}
    return (
        voice.say("report.sensitivity_count", total=voice.count(len(sides)), **tally),
        *_left_out(sensitivity, voice),
        *_permutation(sensitivity.permutation, voice),
        *_hidden_confounding(sensitivity.hidden_confounding, voice),
        *_robustness(sensitivity.robustness, voice),
        *_weighting(sensitivity.weighting, voice),
        voice.say("association.beta_binomial"),
        _resemblance(sensitivity.residual_moran, voice),
    )


def _resemblance(found: Resemblance | Undefined, voice: Voice) -> str:
    """How alike neighbouring villages are in what the adjusted model leaves over, or why nobody knows."""
    if isinstance(found, Undefined):
        return voice.reason(found)
    kind = "chance" if found.p_value >= BY_CHANCE else "alike" if found.estimate > found.expected else "unlike"
    return voice.say(
        f"neighbours.{kind}",
        index=voice.style.decimal(found.estimate),
        p=voice.style.p_value(found.p_value),
        villages=voice.count(found.villages),
    )


def _left_out(sensitivity: Sensitivity, voice: Voice) -> tuple[str, ...]:
    left_out = sensitivity.leave_one_out
    if left_out is None:
        return ()
    return (
        voice.say(
            "report.sensitivity_leave_one_out",
            lowest=voice.style.points(left_out.lowest),
            highest=voice.style.points(left_out.highest),
            without_lowest=left_out.without_lowest,
            without_highest=left_out.without_highest,
        ),
    )


def _permutation(test: Permutation | Undefined, voice: Voice) -> tuple[str, ...]:
    if isinstance(test, Undefined):
        return ()
    villages, districts = voice.count(test.villages), voice.count(test.districts)
    p_value = voice.style.p_value(test.p_value)
    return (voice.say("association.permutation", villages=villages, districts=districts, p=p_value),)


def _hidden_confounding(needed: HiddenConfounding | Undefined, voice: Voice) -> tuple[str, ...]:
    if isinstance(needed, Undefined):
        return ()
    if needed.limit == 1:
        return (voice.say("report.sensitivity_hidden_one"),)
    estimate, limit = voice.style.decimal(needed.estimate), voice.style.decimal(needed.limit)
    return (voice.say("report.sensitivity_hidden", estimate=estimate, limit=limit),)


def _robustness(value: Robustness | Undefined, voice: Voice) -> tuple[str, ...]:
    if isinstance(value, Undefined) or value.significance == 0:
        return ()
    estimate, significance = voice.style.percent(value.estimate), voice.style.percent(value.significance)
    return (voice.say("association.robustness_value", estimate=estimate, significance=significance),)


def _weighting(weighting: tuple[Weighting, ...], voice: Voice) -> tuple[str, ...]:
    sentences = [
        voice.say(
            "association.weighting",
            model=voice.say(f"association.weighting_{item.model}"),
            effective=voice.count(int(item.effective_rows)),
            largest=voice.style.percent(item.largest_share),
            lowest=voice.style.percent(item.lowest_probability),
            before=voice.style.decimal(item.before),
            after=voice.style.decimal(item.after),
        )
        for item in weighting
    ]
    if any(item.after > BALANCE_DOUBT for item in weighting):
        sentences.append(voice.say("association.weighting_doubt"))
    return tuple(sentences)


def changes(association: Association, *, voice: Voice) -> tuple[str, ...]:
    """What would change the conclusion: in the data, and in what is not in them."""
    sentences = [voice.say(f"report.change_{name}") for name in ("coverage", "snapshot", "confounders")]
    sensitivity = association.sensitivity
    if association.detection and isinstance(association.detection.overturning, Overturning):
        sentences.append(voice.say("association.change_unmeasured"))
    if sensitivity and isinstance(hidden := sensitivity.hidden_confounding, HiddenConfounding) and hidden.limit > 1:
        sentences.append(voice.say("association.change_hidden", estimate=voice.style.decimal(hidden.limit)))
    return (*sentences, voice.say("report.change_more_regencies"))
