"""Families of a village as the verification of families at risk of stunting (Verval KRS) counts them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.arrays import NO_TIER, Counts, Reals
from kbkit.demo.streams import Streams
from kbkit.demo.truth import RegencyTruth, Truth

_SIZE_SPREAD: Final = 0.42
_TARGET_SHARE: Final = 0.64
"""Target families among all families; this and the shares below rounded from the 648 villages of Sulawesi Barat."""
_COUPLE_SHARE: Final = 0.97
_FOUR_TOO: Final = {
    "mother_too_young": 0.014,
    "mother_too_old": 0.23,
    "births_too_close": 0.013,
    "births_too_many": 0.30,
}
_NOT_MODERN: Final = (0.36, 0.34, 0.31, 0.28)
"""Outside modern contraception by tier score: the link that makes families at risk circular beside the tier."""
_WELFARE: Final = (0.155, 0.125, 0.11, 0.085, 0.525)
_UNDER_TWO, _UNDER_FIVE, _PREGNANT = 0.10, 0.24, 0.016

_FLAGS: Final = ("water_unimproved", "toilet_unimproved", "not_modern_contraception", *_FOUR_TOO)


def draw_families(
    *, tiers: Counts, disadvantage: Reals, regency: RegencyTruth, truth: Truth, streams: Streams
) -> pd.DataFrame:
    """Draw the counts of each village; families carry their risks independently given the village.

    A family is at risk if its water or its toilet is unimproved, or if the couple is one of the four *too* and not in
    modern contraception.

    Args:
        tiers: tier score or ``NO_TIER`` at the semester, shape (villages,).
        disadvantage: shape (villages,).
        regency: size of the villages.
        truth: parameters.
        streams: branch of the regency.

    Returns:
        One row a village in the given order; families, target families, couples, risks and welfare groups as counts.
    """
    random = streams.generator("families")
    villages = len(disadvantage)
    families = np.rint(regency.families * np.exp(_SIZE_SPREAD * random.standard_normal(villages))).astype(np.int64)
    target = random.binomial(families, _TARGET_SHARE)
    couples = random.binomial(target, _COUPLE_SHARE)
    counts = _draw_risks(couples, target, _risk_probabilities(tiers, disadvantage, truth), random)
    welfare = random.multinomial(counts["families_at_risk"], _WELFARE)
    counts |= {
        "families": families,
        "families_target": target,
        "families_not_at_risk": target - counts["families_at_risk"],
        "welfare_1": welfare[:, 0],
        "welfare_2": welfare[:, 1],
        "welfare_3": welfare[:, 2],
        "welfare_4": welfare[:, 3],
        "welfare_above_4": welfare[:, 4],
        "families_with_under_two": random.binomial(target, _UNDER_TWO),
        "families_with_under_five": random.binomial(target, _UNDER_FIVE),
        "couples_reproductive_age": couples,
        "couples_pregnant": random.binomial(couples, _PREGNANT),
    }
    return pd.DataFrame(counts)


def _risk_probabilities(tiers: Counts, disadvantage: Reals, truth: Truth) -> Reals:
    """Return the probability of each of ``_FLAGS`` in each village, shape (villages, flags)."""
    columns = {
        "water_unimproved": truth.water_mean + truth.water_slope * disadvantage,
        "toilet_unimproved": truth.toilet_mean + truth.toilet_slope * disadvantage,
        "not_modern_contraception": np.asarray(_NOT_MODERN)[np.where(tiers == NO_TIER, 0, tiers)],
    } | {name: np.full(len(disadvantage), share) for name, share in _FOUR_TOO.items()}
    risks: Reals = np.clip(np.column_stack([columns[name] for name in _FLAGS]), 0.005, 0.995)
    return risks


def _draw_risks(couples: Counts, target: Counts, risks: Reals, random: np.random.Generator) -> dict[str, Counts]:
    """Draw how many families carry each combination of risks, and count over the combinations."""
    combinations = (np.arange(2 ** len(_FLAGS))[:, None] >> np.arange(len(_FLAGS))) & 1
    carries = {name: combinations[:, column] == 1 for column, name in enumerate(_FLAGS)}
    four_too = np.any([carries[name] for name in _FOUR_TOO], axis=0)
    home = carries["water_unimproved"] | carries["toilet_unimproved"]
    of_couples = home | (four_too & carries["not_modern_contraception"])
    likely = np.prod(np.where(combinations, risks[:, None, :], 1 - risks[:, None, :]), axis=2)
    with_couple, without = random.multinomial(couples, likely), random.multinomial(target - couples, likely)
    everyone = with_couple + without
    counts: dict[str, Counts] = {name: with_couple @ carries[name] for name in (*_FOUR_TOO, "not_modern_contraception")}
    return counts | {
        "water_unimproved": everyone @ carries["water_unimproved"],
        "toilet_unimproved": everyone @ carries["toilet_unimproved"],
        "four_too": with_couple @ four_too,
        "families_at_risk": with_couple @ of_couples + without @ home,
    }
